//! Pictures of the screen for replays, written by a thread of their own.

use super::Plan;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Take a picture of the whole window under this name.
#[derive(Message, Clone, Debug)]
pub struct TakeShot(pub String);

/// Pictures asked for and not yet on disk.
#[derive(Resource, Clone, Debug, Default)]
pub struct Shots(Arc<AtomicUsize>);

impl Shots {
    pub fn are_taken(&self) -> bool {
        self.0.load(Ordering::Acquire) == 0
    }
}

#[derive(Component)]
struct Named(String);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shots>().add_message::<TakeShot>().add_systems(Last, take_shots);
}

fn take_shots(mut commands: Commands, mut asked: MessageReader<TakeShot>, shots: Res<Shots>) {
    for TakeShot(name) in asked.read() {
        shots.0.fetch_add(1, Ordering::AcqRel);
        commands.spawn((Screenshot::primary_window(), Named(name.clone()))).observe(on_captured);
    }
}

fn on_captured(captured: On<ScreenshotCaptured>, names: Query<&Named>, plan: Res<Plan>, shots: Res<Shots>) {
    let name = names.get(captured.entity).map_or("shot", |n| n.0.as_str());
    let folder = plan.shots.clone().unwrap_or_default();
    let path = folder.join(format!("{name}.png"));
    let image = captured.image.clone();
    let left = Arc::clone(&shots.0);
    let write = move || {
        let saved = std::fs::create_dir_all(&folder).map_err(|e| e.to_string()).and_then(|()| {
            let picture = image.try_into_dynamic().map_err(|e| e.to_string())?;
            picture.into_rgb8().save(&path).map_err(|e| e.to_string())
        });
        if let Err(error) = saved {
            error!("{}: {error}", path.display());
        }
        left.fetch_sub(1, Ordering::AcqRel);
    };
    if let Err(error) = std::thread::Builder::new().name("write picture".into()).spawn(write) {
        error!("no thread to write a picture: {error}");
        shots.0.fetch_sub(1, Ordering::AcqRel);
    }
}
