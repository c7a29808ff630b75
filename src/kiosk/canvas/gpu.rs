//! What the canvas keeps on the GPU: the layers of tiles, the shapes, four pipelines and this frame's vertices.

use super::ink::Outline;
use super::streaming::Drawn;
use crate::pack::tiles::pyramid::TILE;
use bevy::mesh::VertexBufferLayout;
use bevy::prelude::*;
use bevy::render::render_resource::binding_types::{sampler, texture_2d_array, uniform_buffer_sized};
use bevy::render::render_resource::*;
use bevy::render::renderer::{RenderDevice, RenderQueue};
use std::num::NonZeroU64;

/// Bytes from one frame of a shape to the next: what every device accepts as an offset.
pub const FRAME_STRIDE: usize = 256;
/// Bytes of one frame.
const FRAME_BYTES: u64 = 48;

/// A shape's buffers: filled land, or lines.
pub struct Buffers {
    pub filled: bool,
    pub vertices: Buffer,
    pub indices: Buffer,
}

#[derive(Clone, Copy)]
pub struct Pipelines {
    pub tiles: CachedRenderPipelineId,
    pub faded_tiles: CachedRenderPipelineId,
    pub fill: CachedRenderPipelineId,
    pub ink: CachedRenderPipelineId,
}

#[derive(Resource)]
pub struct Gpu {
    shader: Handle<Shader>,
    /// The processor draws by itself: tiles are plain bytes, and the shader knows the sRGB curve.
    frugal: bool,
    tile_layout: BindGroupLayoutDescriptor,
    frame_layout: BindGroupLayoutDescriptor,
    layers: u32,
    tiles: Option<Texture>,
    pub tile_group: Option<BindGroup>,
    pub frame_group: Option<BindGroup>,
    pub pipelines: Option<(TextureFormat, Pipelines)>,
    pub shapes: Vec<Buffers>,
    pub tile_vertices: RawBufferVec<f32>,
    pub ink_vertices: RawBufferVec<f32>,
    frames: RawBufferVec<f32>,
    frames_bound: Option<BufferId>,
}

impl Gpu {
    pub fn new(shader: Handle<Shader>, frugal: bool) -> Self {
        let tile_entries =
            (texture_2d_array(TextureSampleType::Float { filterable: true }), sampler(SamplerBindingType::Filtering));
        let tile_layout = BindGroupLayoutDescriptor::new(
            "canvas tiles",
            &BindGroupLayoutEntries::sequential(ShaderStages::FRAGMENT, tile_entries),
        );
        let frame_layout = BindGroupLayoutDescriptor::new(
            "canvas frame",
            &BindGroupLayoutEntries::single(
                ShaderStages::VERTEX_FRAGMENT,
                uniform_buffer_sized(true, NonZeroU64::new(FRAME_BYTES)),
            ),
        );
        Self {
            shader,
            frugal,
            tile_layout,
            frame_layout,
            layers: 0,
            tiles: None,
            tile_group: None,
            frame_group: None,
            pipelines: None,
            shapes: Vec::new(),
            tile_vertices: RawBufferVec::new(BufferUsages::VERTEX),
            ink_vertices: RawBufferVec::new(BufferUsages::VERTEX),
            frames: RawBufferVec::new(BufferUsages::UNIFORM),
            frames_bound: None,
        }
    }

    /// The texture array, made once for a window; true when it was made now.
    pub fn ensure_layers(&mut self, layers: u32, device: &RenderDevice, cache: &PipelineCache) -> bool {
        if self.layers == layers || layers == 0 {
            return false;
        }
        let format = if self.frugal { TextureFormat::Rgba8Unorm } else { TextureFormat::Rgba8UnormSrgb };
        let tiles = device.create_texture(&TextureDescriptor {
            label: Some("canvas tiles"),
            size: Extent3d { width: TILE, height: TILE, depth_or_array_layers: layers },
            mip_level_count: 1,
            sample_count: 1,
            dimension: TextureDimension::D2,
            format,
            usage: TextureUsages::TEXTURE_BINDING | TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view =
            tiles.create_view(&TextureViewDescriptor { dimension: Some(TextureViewDimension::D2Array), ..default() });
        let smooth = device.create_sampler(&SamplerDescriptor {
            mag_filter: FilterMode::Linear,
            min_filter: FilterMode::Linear,
            ..default()
        });
        self.tile_group = Some(device.create_bind_group(
            "canvas tiles",
            &cache.get_bind_group_layout(&self.tile_layout),
            &BindGroupEntries::sequential((&view, &smooth)),
        ));
        (self.layers, self.tiles) = (layers, Some(tiles));
        true
    }

    /// Every pipeline has been compiled.
    pub fn is_ready(&self, cache: &PipelineCache) -> bool {
        self.pipelines.is_some_and(|(_, p)| {
            [p.tiles, p.faded_tiles, p.fill, p.ink].into_iter().all(|id| cache.get_render_pipeline(id).is_some())
        })
    }

    /// Brings a frame's tiles, shapes and vertices to the GPU.
    pub fn write(&mut self, drawn: &mut Drawn, device: &RenderDevice, queue: &RenderQueue, cache: &PipelineCache) {
        for (layer, pixels) in drawn.uploads.drain(..) {
            self.write_tile(layer, &pixels, queue);
        }
        for (filled, outline) in drawn.new_shapes.drain(..) {
            self.shapes.push(buffers_of(filled, &outline, device));
        }
        fill(&mut self.tile_vertices, &drawn.tile_vertices, device, queue);
        fill(&mut self.ink_vertices, &drawn.ink_vertices, device, queue);
        let mut frames = vec![0.0; drawn.frames.len() * FRAME_STRIDE / 4];
        for (at, frame) in frames.chunks_exact_mut(FRAME_STRIDE / 4).zip(&drawn.frames) {
            at[..frame.len()].copy_from_slice(frame);
        }
        fill(&mut self.frames, &frames, device, queue);
        if let Some(buffer) = self.frames.buffer()
            && self.frames_bound != Some(buffer.id())
        {
            let binding = BufferBinding { buffer, offset: 0, size: NonZeroU64::new(FRAME_BYTES) };
            let layout = cache.get_bind_group_layout(&self.frame_layout);
            let entries = BindGroupEntries::single(BindingResource::Buffer(binding));
            self.frame_group = Some(device.create_bind_group("canvas frame", &layout, &entries));
            self.frames_bound = Some(buffer.id());
        }
    }

    fn write_tile(&self, layer: u32, pixels: &[u8], queue: &RenderQueue) {
        let (Some(tiles), true) = (&self.tiles, layer < self.layers && pixels.len() == (TILE * TILE * 4) as usize)
        else {
            return;
        };
        queue.write_texture(
            TexelCopyTextureInfo {
                texture: tiles,
                mip_level: 0,
                origin: Origin3d { x: 0, y: 0, z: layer },
                aspect: TextureAspect::All,
            },
            pixels,
            TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(TILE * 4), rows_per_image: Some(TILE) },
            Extent3d { width: TILE, height: TILE, depth_or_array_layers: 1 },
        );
    }

    /// The pipelines for windows of this format.
    pub fn ensure_pipelines(&mut self, format: TextureFormat, cache: &PipelineCache) {
        if self.pipelines.is_some_and(|(known, _)| known == format) {
            return;
        }
        let tile = [VertexFormat::Float32x2, VertexFormat::Float32x2, VertexFormat::Float32x3];
        let place = [VertexFormat::Float32x2];
        let ink = [
            VertexFormat::Float32x2,
            VertexFormat::Float32x2,
            VertexFormat::Float32x2,
            VertexFormat::Float32,
            VertexFormat::Float32x4,
        ];
        let tile_groups = vec![self.tile_layout.clone()];
        let frame_groups = vec![self.tile_layout.clone(), self.frame_layout.clone()];
        let blend = Some(BlendState::ALPHA_BLENDING);
        let queue = |entries: (&'static str, &'static str), vertex: &[VertexFormat], groups: &[_], blend| {
            cache.queue_render_pipeline(self.describe(entries, vertex, groups.to_vec(), (format, blend)))
        };
        let pipelines = Pipelines {
            tiles: queue(("tile_vertex", "tile_fragment"), &tile, &tile_groups, None),
            faded_tiles: queue(("tile_vertex", "faded_tile_fragment"), &tile, &tile_groups, blend),
            fill: queue(("fill_vertex", "fill_fragment"), &place, &frame_groups, None),
            ink: queue(("ink_vertex", "ink_fragment"), &ink, &frame_groups, blend),
        };
        self.pipelines = Some((format, pipelines));
    }

    fn describe(
        &self,
        (vertex, fragment): (&'static str, &'static str),
        formats: &[VertexFormat],
        layout: Vec<BindGroupLayoutDescriptor>,
        (format, blend): (TextureFormat, Option<BlendState>),
    ) -> RenderPipelineDescriptor {
        let shader_defs = if self.frugal { vec!["DECODE_SRGB".into()] } else { Vec::new() };
        RenderPipelineDescriptor {
            label: Some(fragment.into()),
            layout,
            vertex: VertexState {
                shader: self.shader.clone(),
                shader_defs: shader_defs.clone(),
                entry_point: Some(vertex.into()),
                buffers: vec![VertexBufferLayout::from_vertex_formats(VertexStepMode::Vertex, formats.iter().copied())],
            },
            fragment: Some(FragmentState {
                shader: self.shader.clone(),
                shader_defs,
                entry_point: Some(fragment.into()),
                targets: vec![Some(ColorTargetState { format, blend, write_mask: ColorWrites::ALL })],
            }),
            ..default()
        }
    }
}

fn fill(buffer: &mut RawBufferVec<f32>, values: &[f32], device: &RenderDevice, queue: &RenderQueue) {
    buffer.clear();
    buffer.values_mut().extend_from_slice(values);
    buffer.write_buffer(device, queue);
}

fn buffers_of(filled: bool, outline: &Outline, device: &RenderDevice) -> Buffers {
    let make = |contents: &[u8], usage| {
        device.create_buffer_with_data(&BufferInitDescriptor { label: Some("canvas shape"), contents, usage })
    };
    let vertices: Vec<u8> = outline.vertices.iter().flat_map(|f| f.to_le_bytes()).collect();
    let indices: Vec<u8> = outline.indices.iter().flat_map(|i| i.to_le_bytes()).collect();
    Buffers { filled, vertices: make(&vertices, BufferUsages::VERTEX), indices: make(&indices, BufferUsages::INDEX) }
}
