// What lies beneath the interface: tiles of pictures, filled land, and lines and discs with smooth edges.

@group(0) @binding(0) var tiles: texture_2d_array<f32>;
@group(0) @binding(1) var smooth_sampler: sampler;

struct TileIn {
    // In clip space.
    @location(0) position: vec2<f32>,
    @location(1) uv: vec2<f32>,
    // Layer, opacity, share of grey wash.
    @location(2) rest: vec3<f32>,
}

struct TileOut {
    @builtin(position) clip: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) opacity_and_wash: vec2<f32>,
    @location(2) @interpolate(flat) layer: u32,
}

@vertex
fn tile_vertex(in: TileIn) -> TileOut {
    var out: TileOut;
    out.clip = vec4(in.position, 0.0, 1.0);
    out.uv = in.uv;
    out.opacity_and_wash = in.rest.yz;
    out.layer = u32(in.rest.x + 0.5);
    return out;
}

fn sampled(in: TileOut) -> vec3<f32> {
    let colour = textureSampleLevel(tiles, smooth_sampler, in.uv, in.layer, 0.0).rgb;
#ifdef DECODE_SRGB
    // A processor that draws by itself filters plain bytes quickly and the sRGB curve slowly: a polynomial within half
    // a step of 8 bits takes the curve's place, once a pixel instead of once a texel.
    return colour * (C1 + colour * (C2 + colour * (C3 + colour * (C4 + colour * C5))));
#else
    return colour;
#endif
}

const C1: f32 = 0.0664653;
const C2: f32 = 0.1946157;
const C3: f32 = 1.7717226;
const C4: f32 = -1.7831251;
const C5: f32 = 0.7543368;

@fragment
fn tile_fragment(in: TileOut) -> @location(0) vec4<f32> {
    return vec4(sampled(in), 1.0);
}

@fragment
fn faded_tile_fragment(in: TileOut) -> @location(0) vec4<f32> {
    let colour = sampled(in);
    let grey = vec3(dot(colour, vec3(0.2126, 0.7152, 0.0722))) * 0.6 + vec3(0.25);
    return vec4(mix(colour, grey, in.opacity_and_wash.y * 0.8), in.opacity_and_wash.x);
}

struct Frame {
    // From the shape's plane to clip space.
    scale: vec2<f32>,
    offset: vec2<f32>,
    // One screen pixel in clip space.
    pixel: vec2<f32>,
    half_width: f32,
    unused: f32,
    colour: vec4<f32>,
}

@group(1) @binding(0) var<uniform> frame: Frame;

@vertex
fn fill_vertex(@location(0) position: vec2<f32>) -> @builtin(position) vec4<f32> {
    return vec4(position * frame.scale + frame.offset, 0.0, 1.0);
}

@fragment
fn fill_fragment() -> @location(0) vec4<f32> {
    return frame.colour;
}

struct InkIn {
    @location(0) position: vec2<f32>,
    @location(1) normal: vec2<f32>,
    @location(2) edge: vec2<f32>,
    // Half the width or the radius in pixels; nought takes the frame's.
    @location(3) reach: f32,
    @location(4) tint: vec4<f32>,
}

struct InkOut {
    @builtin(position) clip: vec4<f32>,
    @location(0) edge: vec2<f32>,
    @location(1) @interpolate(flat) reach: f32,
    @location(2) tint: vec4<f32>,
}

@vertex
fn ink_vertex(in: InkIn) -> InkOut {
    let reach = select(frame.half_width, in.reach, in.reach > 0.0);
    // Half a pixel more on each side holds the smooth edge.
    let grown = reach + 0.5;
    var out: InkOut;
    out.clip = vec4(in.position * frame.scale + frame.offset + in.normal * grown * frame.pixel, 0.0, 1.0);
    out.edge = in.edge * grown;
    out.reach = reach;
    out.tint = in.tint * frame.colour;
    return out;
}

@fragment
fn ink_fragment(in: InkOut) -> @location(0) vec4<f32> {
    let cover = clamp(in.reach + 0.5 - length(in.edge), 0.0, 1.0);
    return vec4(in.tint.rgb, in.tint.a * cover);
}
