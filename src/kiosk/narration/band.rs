//! The band above the dock: two lines of captions, the voice's name, progress, pause and replay.

use super::{Telling, caption, track};
use crate::kiosk::exhibit::Open;
use crate::kiosk::screens::{Ask, KioskSystems, Sheet};
use crate::kiosk::sound::{Playback, Player};
use crate::kiosk::theme::widgets::{Button, Style};
use crate::kiosk::theme::{Brush, Face, Look, Step, Ui, tokens};
use crate::kiosk::touch::Blocker;
use crate::pack::model::{Track, Voice};
use bevy::prelude::*;

#[derive(Component)]
struct Band;

#[derive(Component)]
struct Caption;

#[derive(Component)]
struct Progress;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, make_room.after(KioskSystems::Logic).before(KioskSystems::Build))
        .add_systems(Update, build.in_set(KioskSystems::Build))
        .add_systems(Update, follow_voice.in_set(KioskSystems::Present));
}

fn build(
    mut commands: Commands,
    telling: Res<Telling>,
    look: Res<Look>,
    open: Res<Open>,
    player: Res<Player>,
    sheet: Res<Sheet>,
    brush: Brush,
    old: Query<Entity, With<Band>>,
    mut shown: Local<Option<(Playback, bool)>>,
) {
    let now = (player.playback(), player.is_audible());
    if !telling.is_changed() && !look.is_changed() && !sheet.is_changed() && *shown == Some(now) {
        return;
    }
    *shown = Some(now);
    old.iter().for_each(|e| commands.entity(e).despawn());
    let track = telling.item.as_ref().and_then(|item| track(&open, item, &telling.language));
    let (Some(track), Sheet::None) = (track, &*sheet) else { return };
    let room = Node {
        position_type: PositionType::Absolute,
        left: px(0),
        right: px(0),
        bottom: px(look.dock_height()),
        height: px(look.captions),
        flex_direction: FlexDirection::Column,
        ..default()
    };
    commands.spawn((Band, room, BackgroundColor(tokens::SEA_950), Blocker, GlobalZIndex(20))).with_children(|ui| {
        progress(ui, &brush);
        let direction = if look.is_portrait() { FlexDirection::Column } else { FlexDirection::Row };
        let row = Node {
            flex_grow: 1.0,
            flex_direction: direction,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            column_gap: brush.px(28.0),
            row_gap: brush.px(16.0),
            padding: UiRect::axes(brush.px(36.0), brush.px(10.0)),
            ..default()
        };
        ui.spawn(row).with_children(|ui| {
            if look.is_portrait() {
                words(ui, &brush, &player, track);
                controls(ui, &brush, &player);
            } else {
                controls(ui, &brush, &player);
                words(ui, &brush, &player, track);
            }
        });
    });
}

/// Everything else on the screen ends above the band.
fn make_room(telling: Res<Telling>, mut look: ResMut<Look>) {
    let captions = if telling.item.is_some() { height(&look) } else { 0.0 };
    let next = Look { captions, ..*look };
    look.set_if_neq(next);
}

/// Room for two lines of caption and the voice's name, and for the buttons beneath on a portrait screen.
fn height(look: &Look) -> f32 {
    let said = look.text(Step::Caption) * 1.36 * 2.0 + look.text(Step::Smallest) * 1.42;
    let buttons = look.target();
    let spaces = look.space(44.0);
    if look.is_portrait() { said + buttons + spaces } else { said.max(buttons) + spaces }
}

fn words(ui: &mut Ui, brush: &Brush, player: &Player, track: &Track) {
    let column = Node {
        flex_grow: if brush.look.is_portrait() { 0.0 } else { 1.0 },
        flex_basis: if brush.look.is_portrait() { Val::Auto } else { px(0) },
        flex_direction: FlexDirection::Column,
        align_items: AlignItems::Center,
        ..default()
    };
    ui.spawn(column).with_children(|ui| {
        // Two lines of caption, whatever is said, so that nothing jumps.
        let height = brush.look.text(Step::Caption) * 1.36 * 2.0;
        let lines = Node { min_height: px(height), align_items: AlignItems::Center, ..default() };
        ui.spawn(lines).with_children(|ui| {
            let failed = player.playback() == Playback::Failed;
            let first = if failed { brush.say("no-sound") } else { String::new() };
            let mut line = ui.spawn(brush.text_tight(Step::Caption, Face::Serif, tokens::TEXT_1, first));
            line.insert(bevy::text::TextLayout::justify(Justify::Center));
            if !failed {
                line.insert(Caption);
            }
        });
        ui.spawn(brush.text(Step::Smallest, Face::Sans, tokens::TEXT_2, voice(brush, player, track)));
    });
}

/// Whose voice it is; and that there is none to hear, if so.
fn voice(brush: &Brush, player: &Player, track: &Track) -> String {
    let (key, name) = match &track.voice {
        Voice::Synthetic(name) => ("voice-synthetic", name),
        Voice::Recorded(name) => ("voice-recorded", name),
    };
    let voice = brush.words.say_with(key, &[("name", name.clone())]);
    if player.is_audible() { voice } else { format!("{voice}. {}", brush.say("no-sound")) }
}

fn progress(ui: &mut Ui, brush: &Brush) {
    let rail = Node { width: percent(100), height: brush.px(8.0), flex_shrink: 0.0, ..default() };
    ui.spawn((rail, BackgroundColor(tokens::SEA_600))).with_children(|ui| {
        let done = Node { width: percent(0), height: percent(100), ..default() };
        ui.spawn((Progress, done, BackgroundColor(tokens::LAMP_300)));
    });
}

fn controls(ui: &mut Ui, brush: &Brush, player: &Player) {
    let row = Node { column_gap: brush.px(16.0), align_items: AlignItems::Center, flex_shrink: 0.0, ..default() };
    ui.spawn(row).with_children(|ui| {
        let (icon, key) = match player.playback() {
            Playback::Playing | Playback::Loading => ("pause", "pause"),
            _ => ("play", "play"),
        };
        if !matches!(player.playback(), Playback::Finished | Playback::Failed) {
            brush.button(ui, Button::new(Style::Secondary, icon, "", Ask::PlayOrPause).labelled(&brush.say(key)));
        }
        for (icon, key, ask) in
            [("circular-arrow", "replay", Ask::Replay), ("cross", "close-narration", Ask::CloseNarration)]
        {
            brush.button(ui, Button::new(Style::Secondary, icon, "", ask).labelled(&brush.say(key)));
        }
    });
}

fn follow_voice(
    telling: Res<Telling>,
    open: Res<Open>,
    player: Res<Player>,
    mut captions: Query<&mut Text, With<Caption>>,
    mut rails: Query<&mut Node, With<Progress>>,
) {
    let Some(track) = telling.item.as_ref().and_then(|item| track(&open, item, &telling.language)) else { return };
    let said = caption(&track.captions, player.position_millis());
    for mut text in &mut captions {
        if text.0 != said {
            said.clone_into(&mut text.0);
        }
    }
    let length = player.length_millis().max(1);
    // Whole percents: a finer step is not seen and would lay the screen out anew each frame.
    let done = percent((player.position_millis() * 100 / length) as f32);
    for mut rail in &mut rails {
        if rail.width != done {
            rail.width = done;
        }
    }
}
