//! Everything about the screen in the hall. The only file that knows every feature: delete a feature's folder and its
//! line here, and the rest compiles.

mod attract;
mod canvas;
mod caretaker;
mod deep_zoom;
mod document;
mod evidence;
mod exhibit;
mod home;
mod input;
mod language;
mod narration;
mod overlay;
mod preview;
mod replay;
mod screens;
mod session;
pub mod settings;
mod sound;
mod staff;
mod still_there;
mod support;
mod theme;
mod touch;
mod trouble;
mod window;

use crate::base::clock::Clock;
use crate::diagnostics::plain_text;
use crate::visits::{Event, Journal};
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use clap::Parser;
use replay::{Exit, Metrics, Plan};
use session::{Diary, KioskClock};
use settings::{Args, Settings};
use std::process::ExitCode;
use std::time::Instant;

/// Where a stepped clock's wall time starts: 1 September 2026, 8:00 in Việt Nam.
const STEPPED_WALL_START: i64 = 1_788_224_400_000;

/// Reads the command line and shows the exhibit until the kiosk is closed. Exit codes: 0 good, 1 a replay failed,
/// 2 wrong usage, 4 no screen can be opened, 75 the people in charge asked for a restart, 76 for switching off.
pub fn run() -> ExitCode {
    let started = Instant::now();
    let args = Args::parse();
    let plan = match plan(&args) {
        Ok(plan) => plan,
        Err(problems) => {
            eprint!("{problems}");
            return ExitCode::from(2);
        }
    };
    let (settings, findings) = Settings::read(&args);
    let problems = findings.into_sorted();
    if !problems.is_empty() {
        // A kiosk with a slip in its settings still opens, with defaults in their place.
        eprint!("{}", plain_text::render(&problems));
    }
    // Without any graphics driver, not even a software one, Bevy panics: there is nothing to draw a calm screen with.
    match std::panic::catch_unwind(|| show(&args, plan, settings, started)) {
        Ok(AppExit::Success) => ExitCode::SUCCESS,
        Ok(AppExit::Error(code)) => ExitCode::from(code.get()),
        Err(_) => {
            eprintln!(
                "Không mở được màn hình: thiếu trình điều khiển đồ họa hoặc cửa sổ. Cài mesa-vulkan-drivers rồi thử lại."
            );
            eprintln!(
                "No screen can be opened: a graphics driver or display is missing. Install mesa-vulkan-drivers and try again."
            );
            ExitCode::from(4)
        }
    }
}

fn show(args: &Args, plan: Plan, settings: Settings, started: Instant) -> AppExit {
    let mut app = App::new();
    app.add_plugins(window_plugins(args));
    app.insert_resource(Metrics::since(started)).insert_resource(plan);
    let clock = if args.virtual_time { Clock::stepped(STEPPED_WALL_START) } else { Clock::machine() };
    build(&mut app, settings, clock, args);
    app.run()
}

/// Puts the kiosk into an app that has Bevy's own plugins already.
fn build(app: &mut App, settings: Settings, clock: Clock, args: &Args) {
    // Whoever prepares an exhibit is no visitor.
    let journal = (!settings.watch)
        .then(|| Journal::start(settings.data.join("visits.sqlite"), clock.clone(), |said| error!("{said}")));
    let mut diary = Diary::new(journal);
    diary.note(Event::KioskStarted { version: env!("CARGO_PKG_VERSION").to_owned() });
    app.insert_resource(KioskClock(clock)).insert_resource(diary).insert_resource(settings);
    app.insert_resource(window::Shape { fixed: args.windowed.is_some() });
    app.add_plugins((
        window::plugin,
        screens::plugin,
        language::plugin,
        session::plugin,
        caretaker::plugin,
        exhibit::plugin,
        canvas::plugin,
        touch::plugin,
        input::plugin,
        sound::plugin,
        trouble::plugin,
        theme::plugin,
        replay::plugin,
    ));
    app.add_plugins((
        attract::plugin,
        home::plugin,
        deep_zoom::plugin,
        overlay::plugin,
        document::plugin,
        narration::plugin,
        evidence::plugin,
        support::plugin,
        staff::plugin,
        still_there::plugin,
        preview::plugin,
    ));
    app.add_systems(Last, tell_failure);
}

fn window_plugins(args: &Args) -> bevy::app::PluginGroupBuilder {
    DefaultPlugins
        .set(window::window(args))
        .set(LogPlugin { filter: "info,wgpu=warn,naga=warn,bevy_render=warn,symphonia=warn".to_owned(), ..default() })
        .set(ImagePlugin::default_linear())
        // A frame shows the touches of its own beginning, not of the frame before.
        .disable::<PipelinedRenderingPlugin>()
}

fn plan(args: &Args) -> Result<Plan, String> {
    let steps = match &args.replay {
        None => Vec::new(),
        Some(file) => {
            let name = file.display().to_string();
            let text = std::fs::read_to_string(file).map_err(|error| format!("{name}: {error}\n"))?;
            replay::read(&name, &text).map_err(|findings| plain_text::render(&findings.into_sorted()))?
        }
    };
    Ok(Plan { steps, shots: args.shots.clone(), metrics: args.metrics.clone() })
}

fn tell_failure(mut exits: MessageReader<AppExit>, exit: Res<Exit>) {
    if exits.read().count() > 0
        && let Some(failure) = &exit.failure
    {
        error!("replay: {failure}");
    }
}
