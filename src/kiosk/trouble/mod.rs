//! What goes wrong is told to the log and the journal, never to a visitor. The calm screen when nothing can be shown.

use crate::kiosk::screens::{KioskSystems, Route, Screen};
use crate::kiosk::session::Diary;
use crate::kiosk::theme::widgets::screen_node;
use crate::kiosk::theme::{Brush, Face, Look, Step, tokens};
use crate::visits::Event;
use bevy::prelude::*;
use bevy::render::error_handler::ErrorType;
use bevy::render::error_handler::{RenderErrorHandler, RenderErrorPolicy};

/// Something went wrong; the code is a fixed word for the journal. Whoever sends it has logged the details.
#[derive(Message, Clone, Copy, Debug)]
pub struct Trouble(pub &'static str);

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Trouble>()
        .insert_resource(RenderErrorHandler(on_render_error))
        .add_systems(Update, note_trouble.in_set(KioskSystems::Logic))
        .add_systems(Update, build.in_set(KioskSystems::Build));
    // An error from a system is logged; it must never end the program.
    app.set_error_handler(bevy::ecs::error::error);
}

/// A lost device or full GPU memory starts the renderer anew; anything else is logged and drawing goes on.
fn on_render_error(
    error: &bevy::render::error_handler::RenderError,
    main: &mut World,
    _render: &mut World,
) -> RenderErrorPolicy {
    error!("GPU: {}", error.description);
    let lost = matches!(error.ty, ErrorType::DeviceLost | ErrorType::OutOfMemory);
    main.write_message(Trouble(if lost { "gpu-lost" } else { "gpu-error" }));
    if lost { RenderErrorPolicy::Recover(default()) } else { RenderErrorPolicy::Ignore }
}

fn note_trouble(mut troubles: MessageReader<Trouble>, mut diary: ResMut<Diary>) {
    for Trouble(code) in troubles.read() {
        diary.note(Event::Trouble { code });
    }
}

#[derive(Component)]
struct TroubleScreen;

fn build(
    mut commands: Commands,
    route: Res<Route>,
    look: Res<Look>,
    brush: Brush,
    old: Query<Entity, With<TroubleScreen>>,
) {
    if !route.is_changed() && !look.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    if *route.current() != Screen::Trouble {
        return;
    }
    let node = Node {
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        row_gap: brush.px(36.0),
        ..screen_node()
    };
    commands.spawn((TroubleScreen, node)).with_children(|ui| {
        ui.spawn(brush.icon("seal", brush.look.space(160.0), tokens::UNTINTED));
        ui.spawn(brush.text(Step::Title, Face::SerifSemiBold, tokens::TEXT_1, brush.say("trouble-title")));
        let column = Node { max_width: brush.px(900.0), padding: UiRect::horizontal(brush.px(40.0)), ..default() };
        ui.spawn(column).with_children(|ui| {
            let text = brush.text(Step::Reading, Face::Sans, tokens::TEXT_2, brush.say("trouble-text"));
            ui.spawn(text).insert(bevy::text::TextLayout::justify(Justify::Center));
        });
    });
}
