//! What tells one pack from another, in words: title, version and size; how far it was approved; its file or its code.

use super::scene::{Scene, note};
use crate::kiosk::caretaker::{Approval, Face as PackFace, Key, size};
use crate::kiosk::theme::{Face, Step, Ui, tokens};
use crate::pack::model::ApprovalStatus;
use bevy::prelude::*;

/// Title, version and size.
pub fn line(scene: &Scene, face: &PackFace) -> String {
    let values = [
        ("title", scene.told(&face.title)),
        ("version", face.version.clone()),
        ("size", scene.told(&size(face.bytes))),
    ];
    scene.say_with("staff-pack-line", &values)
}

/// What a screen reader calls it: no two packs alike.
pub fn name(scene: &Scene, face: &PackFace) -> String {
    let values = [("title", scene.told(&face.title)), ("version", face.version.clone()), ("code", code(&face.key))];
    scene.say_with("staff-pack-name", &values)
}

/// The beginning of what `haidang-pack inspect` calls the manifest: `3f2a 91bc`.
pub fn code(key: &Key) -> String {
    let (first, rest) = key.manifest.split_at_checked(4).unwrap_or((&key.manifest, ""));
    format!("{first} {}", rest.get(..4).unwrap_or(rest))
}

/// How far it was approved, and what else tells it from its like. Never by colour alone. What nobody signed whom this
/// kiosk trusts is told as the pack's own word.
pub fn approval(ui: &mut Ui, scene: &Scene, approval: &Approval, is_signed: bool, more: &str) {
    let brush = scene.brush;
    let (icon, ink) = match approval.status {
        _ if !is_signed => ("circle-question", tokens::TEXT_2),
        ApprovalStatus::Approved => ("tick-circle", tokens::JADE_300),
        ApprovalStatus::Submitted => ("clock", tokens::LAMP_300),
        ApprovalStatus::Sample => ("circle-i", tokens::LAMP_300),
    };
    let words = brush.words.approved(approval.status, approval.decision.as_deref(), approval.date.as_deref());
    let words = if is_signed { words } else { brush.words.say_with("staff-own-word", &[("words", words)]) };
    let row = Node {
        column_gap: brush.px(12.0),
        row_gap: brush.px(4.0),
        align_items: AlignItems::Center,
        flex_wrap: FlexWrap::Wrap,
        ..default()
    };
    ui.spawn(row).with_children(|ui| {
        // The icon stays beside its words where they take more than a line.
        let told = Node {
            column_gap: brush.px(12.0),
            align_items: AlignItems::Center,
            max_width: percent(100),
            flex_shrink: 1.0,
            ..default()
        };
        ui.spawn(told).with_children(|ui| {
            ui.spawn(brush.icon(icon, brush.look.space(30.0), ink));
            ui.spawn(Node { flex_shrink: 1.0, ..default() }).with_children(|ui| {
                ui.spawn(brush.text(Step::Label, Face::SansMedium, ink, words));
            });
        });
        note(ui, scene, more.to_owned());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_beginning_of_the_manifest() {
        let id = crate::base::ids::Id::new("a-pack").expect("an id");
        assert_eq!(code(&Key { id, manifest: "3f2a91bc".repeat(8) }), "3f2a 91bc");
    }
}
