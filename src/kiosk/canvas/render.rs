//! One pass that draws the canvas and the interface straight into the window's own texture. Bevy's usual way, an own
//! texture and a copy of it, costs a software rasteriser a third of each frame.

use super::gpu::{FRAME_STRIDE, Gpu, Pipelines};
use super::streaming::{Drawn, Run, layers_for};
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::theme::Look;
use bevy::core_pipeline::Core2d;
use bevy::ecs::schedule::{ScheduleBuildSettings, ScheduleLabel};
use bevy::prelude::*;
use bevy::render::camera::{CameraRenderGraph, ExtractedCamera};
use bevy::render::render_phase::{TrackedRenderPass, ViewSortedRenderPhases};
use bevy::render::render_resource::{IndexFormat, PipelineCache, RenderPassDescriptor, TextureFormat};
use bevy::render::renderer::{RenderAdapterInfo, RenderContext, RenderDevice, RenderQueue, ViewQuery};
use bevy::render::view::{ExtractedView, ExtractedWindows, ViewTarget, prepare_view_targets, prepare_windows};
use bevy::render::{ExtractSchedule, MainWorld, Render, RenderApp, RenderStartup, RenderSystems};
use bevy::ui_render::{TransparentUi, UiCameraView};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The schedule of a camera that shows the canvas.
#[derive(ScheduleLabel, Clone, Debug, Default, PartialEq, Eq, Hash)]
struct OnePass;

/// What the main world knows of the GPU.
#[derive(Resource, Clone, Debug, Default)]
pub struct GpuState(Arc<State>);

#[derive(Debug, Default)]
struct State {
    set_up: AtomicU64,
    ready: AtomicBool,
    textures_made: AtomicU64,
}

impl GpuState {
    /// How often the GPU has been set up: after the first time, everything on it was lost with the device before.
    pub fn generation(&self) -> u64 {
        self.0.set_up.load(Ordering::Acquire)
    }

    /// Tiles that are there are drawn: their pipelines have been compiled.
    pub fn is_ready(&self) -> bool {
        self.0.ready.load(Ordering::Acquire)
    }

    /// Texture arrays made for tiles since the start.
    pub fn textures_made(&self) -> u64 {
        self.0.textures_made.load(Ordering::Acquire)
    }
}

#[derive(Resource)]
struct CanvasShader(Handle<Shader>);

#[derive(Resource, Clone, Copy)]
struct Window(Vec2);

pub(super) fn plugin(app: &mut App) {
    let shader = Shader::from_wgsl(include_str!("canvas.wgsl"), "haidang/canvas.wgsl");
    let shader = app.world_mut().resource_mut::<Assets<Shader>>().add(shader);
    let state = GpuState::default();
    app.insert_resource(state.clone()).add_systems(Update, choose_pass.after(KioskSystems::Draw));
    let Some(render_app) = app.get_sub_app_mut(RenderApp) else { return };
    let mut schedule = Schedule::new(OnePass);
    schedule.set_build_settings(ScheduleBuildSettings { auto_insert_apply_deferred: false, ..default() });
    render_app
        .add_schedule(schedule)
        .insert_resource(CanvasShader(shader))
        .insert_resource(state)
        .insert_resource(Window(Vec2::ZERO))
        .init_resource::<Drawn>()
        .add_systems(RenderStartup, set_up)
        .add_systems(ExtractSchedule, extract)
        .add_systems(
            Render,
            match_window.in_set(RenderSystems::PrepareViews).after(prepare_windows).before(prepare_view_targets),
        )
        .add_systems(Render, prepare.in_set(RenderSystems::PrepareResources))
        .add_systems(OnePass, draw);
}

/// Bevy's own sprites and meshes need Bevy's own passes.
fn choose_pass(sprites: Query<(), Or<(With<Sprite>, With<Mesh2d>)>>, mut cameras: Query<&mut CameraRenderGraph>) {
    let next = if sprites.is_empty() { OnePass.intern() } else { Core2d.intern() };
    for mut graph in &mut cameras {
        if graph.0 != next {
            graph.0 = next;
        }
    }
}

fn set_up(mut commands: Commands, shader: Res<CanvasShader>, adapter: Res<RenderAdapterInfo>, state: Res<GpuState>) {
    let frugal = adapter.device_type == wgpu_types::DeviceType::Cpu;
    commands.insert_resource(Gpu::new(shader.0.clone(), frugal));
    state.0.ready.store(false, Ordering::Release);
    state.0.set_up.fetch_add(1, Ordering::Release);
}

/// Takes over what the frame shows; the vectors change places, so that none is allocated anew.
fn extract(mut main: ResMut<MainWorld>, mut drawn: ResMut<Drawn>, mut window: ResMut<Window>) {
    window.0 = main.resource::<Look>().size;
    let mut source = main.resource_mut::<Drawn>();
    let source = source.bypass_change_detection();
    let drawn = drawn.bypass_change_detection();
    (drawn.shown, drawn.ground) = (source.shown, source.ground);
    std::mem::swap(&mut drawn.runs, &mut source.runs);
    std::mem::swap(&mut drawn.tile_vertices, &mut source.tile_vertices);
    std::mem::swap(&mut drawn.ink_vertices, &mut source.ink_vertices);
    std::mem::swap(&mut drawn.frames, &mut source.frames);
    drawn.uploads.append(&mut source.uploads);
    drawn.new_shapes.append(&mut source.new_shapes);
}

fn format_of(windows: &ExtractedWindows) -> Option<TextureFormat> {
    windows.windows.get(&windows.primary?)?.swap_chain_texture_view_format
}

/// The interface is drawn in the window's own format when it goes straight to the window.
fn match_window(
    windows: Res<ExtractedWindows>,
    cameras: Query<&ExtractedCamera>,
    mut views: Query<&mut ExtractedView>,
) {
    let Some(format) = format_of(&windows) else { return };
    if cameras.iter().all(|camera| camera.schedule == OnePass.intern()) {
        for mut view in &mut views {
            view.target_format = format;
        }
    }
}

fn prepare(
    gpu: Option<ResMut<Gpu>>,
    mut drawn: ResMut<Drawn>,
    windows: Res<ExtractedWindows>,
    (device, queue, cache): (Res<RenderDevice>, Res<RenderQueue>, Res<PipelineCache>),
    window: Res<Window>,
    state: Res<GpuState>,
) {
    let (Some(mut gpu), Some(format)) = (gpu, format_of(&windows)) else { return };
    if gpu.ensure_layers(layers_for(window.0), &device, &cache) {
        state.0.textures_made.fetch_add(1, Ordering::Release);
    }
    // Compiled before the first map is opened, while the attract loop runs.
    gpu.ensure_pipelines(format, &cache);
    state.0.ready.store(gpu.is_ready(&cache), Ordering::Release);
    gpu.write(drawn.bypass_change_detection(), &device, &queue, &cache);
}

fn draw(
    world: &World,
    view: ViewQuery<(&ExtractedCamera, &ViewTarget, Option<&UiCameraView>)>,
    ui_views: Query<&ExtractedView>,
    phases: Res<ViewSortedRenderPhases<TransparentUi>>,
    (gpu, drawn, cache): (Option<Res<Gpu>>, Res<Drawn>, Res<PipelineCache>),
    mut ctx: RenderContext,
) {
    let (camera, target, ui_view) = view.into_inner();
    let Some(attachment) = target.out_texture_color_attachment(Some(drawn.ground)) else { return };
    let mut pass = ctx.begin_tracked_render_pass(RenderPassDescriptor {
        label: Some("canvas and interface"),
        color_attachments: &[Some(attachment)],
        depth_stencil_attachment: None,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    });
    let size = camera.physical_target_size.unwrap_or(UVec2::ONE);
    if let Some(gpu) = &gpu {
        draw_canvas(&mut pass, gpu, &drawn, &cache, size);
    }
    let ui = ui_view.and_then(|ui| Some((ui.0, phases.get(&ui_views.get(ui.0).ok()?.retained_view_entity)?)));
    if let Some((entity, phase)) = ui
        && let Err(error) = phase.render(&mut pass, world, entity)
    {
        error!("the interface cannot be drawn: {error:?}");
    }
}

fn draw_canvas<'a>(
    pass: &mut TrackedRenderPass<'a>,
    gpu: &'a Gpu,
    drawn: &Drawn,
    cache: &'a PipelineCache,
    size: UVec2,
) {
    let (true, Some((_, pipelines)), Some(tiles)) = (drawn.shown, gpu.pipelines, &gpu.tile_group) else { return };
    pass.set_bind_group(0, tiles, &[]);
    for run in &drawn.runs {
        // A pipeline is compiled in the background when it is first wanted; until then its part stays away.
        let _ = match run {
            Run::Tiles { first, count, faded, clip } => {
                scissor(pass, Some(*clip), size);
                draw_tiles(pass, gpu, cache, (pipelines, *faded), (*first, *count))
            }
            Run::Shape { shape, frame, clip, pieces } => {
                scissor(pass, *clip, size);
                draw_shape(pass, gpu, cache, pipelines, (shape.0, *frame, pieces))
            }
            Run::Ink { first, count, frame } => {
                scissor(pass, None, size);
                draw_ink(pass, gpu, cache, pipelines, (*first, *count, *frame))
            }
        };
    }
    scissor(pass, None, size);
}

fn scissor(pass: &mut TrackedRenderPass, clip: Option<Rect>, size: UVec2) {
    let all = Rect::from_corners(Vec2::ZERO, size.as_vec2());
    let clip = clip.map_or(all, |clip| clip.intersect(all));
    let (min, max) = (clip.min.round().as_uvec2(), clip.max.round().as_uvec2().min(size));
    pass.set_scissor_rect(min.x, min.y, max.x.saturating_sub(min.x), max.y.saturating_sub(min.y));
}

fn draw_tiles<'a>(
    pass: &mut TrackedRenderPass<'a>,
    gpu: &'a Gpu,
    cache: &'a PipelineCache,
    (pipelines, faded): (Pipelines, bool),
    (first, count): (u32, u32),
) -> Option<()> {
    let id = if faded { pipelines.faded_tiles } else { pipelines.tiles };
    pass.set_render_pipeline(cache.get_render_pipeline(id)?);
    pass.set_vertex_buffer(0, gpu.tile_vertices.buffer()?.slice(..));
    pass.draw(first..first + count, 0..1);
    Some(())
}

fn draw_shape<'a>(
    pass: &mut TrackedRenderPass<'a>,
    gpu: &'a Gpu,
    cache: &'a PipelineCache,
    pipelines: Pipelines,
    (shape, frame, pieces): (usize, u32, &[(u32, u32)]),
) -> Option<()> {
    let shape = gpu.shapes.get(shape)?;
    let id = if shape.filled { pipelines.fill } else { pipelines.ink };
    pass.set_render_pipeline(cache.get_render_pipeline(id)?);
    pass.set_bind_group(1, gpu.frame_group.as_ref()?, &[frame * FRAME_STRIDE as u32]);
    pass.set_vertex_buffer(0, shape.vertices.slice(..));
    pass.set_index_buffer(shape.indices.slice(..), IndexFormat::Uint32);
    for (first, count) in pieces {
        pass.draw_indexed(*first..first + count, 0, 0..1);
    }
    Some(())
}

fn draw_ink<'a>(
    pass: &mut TrackedRenderPass<'a>,
    gpu: &'a Gpu,
    cache: &'a PipelineCache,
    pipelines: Pipelines,
    (first, count, frame): (u32, u32, u32),
) -> Option<()> {
    pass.set_render_pipeline(cache.get_render_pipeline(pipelines.ink)?);
    pass.set_bind_group(1, gpu.frame_group.as_ref()?, &[frame * FRAME_STRIDE as u32]);
    pass.set_vertex_buffer(0, gpu.ink_vertices.buffer()?.slice(..));
    pass.draw(first..first + count, 0..1);
    Some(())
}
