//! The window: full screen on a kiosk, fixed for tests, and the look that follows from its size. One camera draws it.

use crate::kiosk::screens::{Ask, KioskSystems};
use crate::kiosk::settings::Args;
use crate::kiosk::theme::{Look, tokens};
use bevy::camera::ClearColorConfig;
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::window::{CursorOptions, ExitCondition, PresentMode, PrimaryWindow, WindowMode, WindowResolution};
use std::num::NonZeroU32;

/// Whether the window has a size given on the command line.
#[derive(Resource, Clone, Copy, Debug)]
pub struct Shape {
    pub fixed: bool,
}

pub fn window(args: &Args) -> WindowPlugin {
    let (width, height) = args.windowed.unwrap_or((1920, 1080));
    WindowPlugin {
        primary_window: Some(Window {
            // A stepped clock waits for no screen.
            present_mode: if args.virtual_time { PresentMode::AutoNoVsync } else { PresentMode::AutoVsync },
            ..primary(width, height, args.windowed.is_none())
        }),
        primary_cursor_options: Some(CursorOptions { visible: args.windowed.is_some(), ..default() }),
        // A monitor that sleeps or is unplugged takes the window away for a while; the kiosk stays.
        exit_condition: ExitCondition::DontExit,
        close_when_requested: true,
    }
}

fn primary(width: u32, height: u32, full_screen: bool) -> Window {
    let mode =
        if full_screen { WindowMode::BorderlessFullscreen(MonitorSelection::Primary) } else { WindowMode::Windowed };
    Window {
        title: "Hải Đăng".to_owned(),
        resolution: WindowResolution::new(width, height).with_scale_factor_override(1.0),
        mode,
        present_mode: PresentMode::AutoVsync,
        desired_maximum_frame_latency: NonZeroU32::new(1),
        resizable: false,
        ..default()
    }
}

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(ClearColor(tokens::SEA_900))
        .add_systems(Startup, spawn_camera)
        .add_systems(Update, (keep_window, follow_window).chain().before(KioskSystems::Input))
        .add_systems(Update, choose_text_size.in_set(KioskSystems::Route));
}

fn spawn_camera(mut commands: Commands) {
    commands.spawn((
        Camera2d,
        Camera { clear_color: ClearColorConfig::Custom(tokens::SEA_900), ..default() },
        // Full-screen passes that a flat interface does not need.
        Msaa::Off,
        Tonemapping::None,
        DebandDither::Disabled,
    ));
}

/// Opens the window again after a monitor that went away took it along; a window closed by a person ends the kiosk.
fn keep_window(
    mut commands: Commands,
    windows: Query<(), With<PrimaryWindow>>,
    mut closed: MessageReader<bevy::window::WindowCloseRequested>,
    mut exits: MessageWriter<AppExit>,
    shape: Res<Shape>,
    look: Res<Look>,
) {
    if closed.read().count() > 0 {
        exits.write(AppExit::Success);
    } else if windows.is_empty() {
        warn!("the window is gone, perhaps with its monitor; it is opened again");
        let (width, height) = (look.size.x as u32, look.size.y as u32);
        commands.spawn((primary(width, height, !shape.fixed), PrimaryWindow));
    }
}

fn follow_window(
    windows: Query<&Window, With<PrimaryWindow>>,
    mut look: ResMut<Look>,
    adapter: Option<Res<RenderAdapterInfo>>,
) {
    let frugal = adapter.is_none_or(|a| a.device_type == wgpu_types::DeviceType::Cpu);
    if look.frugal != frugal {
        look.frugal = frugal;
    }
    if let Ok(window) = windows.single() {
        let size = window.size();
        if size.x >= 1.0 && size.y >= 1.0 {
            let next = look.changed(size, look.text_percent);
            look.set_if_neq(next);
        }
    }
}

fn choose_text_size(mut asks: MessageReader<Ask>, mut look: ResMut<Look>) {
    for ask in asks.read() {
        if let Ask::TextSize(percent) = ask {
            let next = look.changed(look.size, *percent);
            look.set_if_neq(next);
        }
    }
}
