//! The voice of an item: captions, progress, pause and replay. Stops when the visitor leaves, goes on in the new
//! language at the same sentence.

mod band;

use crate::base::ids::Id;
use crate::kiosk::exhibit::Open;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route};
use crate::kiosk::session::Diary;
use crate::kiosk::sound::{Playback, Player};
use crate::pack::captions::{self, Cue};
use crate::pack::model::Track;
use crate::visits::Event;
use bevy::prelude::*;

/// The narration in the visitor's ear, if any.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
struct Telling {
    item: Option<Id>,
    language: String,
    finished: bool,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Telling>()
        .add_plugins(band::plugin)
        .add_systems(Update, (follow_asks, follow_place, notice_end).chain().in_set(KioskSystems::Logic));
}

fn track<'o>(open: &'o Open, item: &Id, language: &str) -> Option<&'o Track> {
    open.exhibit()?.items.get(item)?.narration.get(language)
}

fn follow_asks(
    mut asks: MessageReader<Ask>,
    route: Res<Route>,
    words: Res<Words>,
    open: Res<Open>,
    mut telling: ResMut<Telling>,
    mut player: ResMut<Player>,
    mut diary: ResMut<Diary>,
) {
    for ask in asks.read() {
        match ask {
            Ask::PlayOrPause => match player.playback() {
                Playback::Playing => player.pause(),
                Playback::Paused => player.resume(),
                Playback::Loading => {}
                _ => begin(&route, &words, &open, &mut telling, &mut player, &mut diary),
            },
            Ask::Replay => begin(&route, &words, &open, &mut telling, &mut player, &mut diary),
            Ask::CloseNarration => end(&mut telling, &mut player, &mut diary),
            _ => {}
        }
    }
}

fn begin(
    route: &Route,
    words: &Words,
    open: &Open,
    telling: &mut ResMut<Telling>,
    player: &mut ResMut<Player>,
    diary: &mut ResMut<Diary>,
) {
    let language = words.language().0.clone();
    let Some(item) = route.item().cloned() else { return };
    let Some(track) = track(open, &item, &language) else { return };
    player.play(track.audio.clone(), 0);
    diary.note(Event::NarrationStarted { item: item.clone(), language: language.clone() });
    **telling = Telling { item: Some(item), language, finished: false };
}

/// Stops the voice; an unfinished one is noted with how far it came.
fn end(telling: &mut ResMut<Telling>, player: &mut ResMut<Player>, diary: &mut ResMut<Diary>) {
    if let Some(item) = telling.item.take() {
        if !telling.finished {
            let language = telling.language.clone();
            diary.note(Event::NarrationStopped { item, language, at_millis: player.position_millis() });
        }
        telling.finished = false;
    }
    player.stop();
}

/// Leaving the item ends the voice, and so does another exhibit; another language takes over at the same place.
fn follow_place(
    route: Res<Route>,
    words: Res<Words>,
    open: Res<Open>,
    mut telling: ResMut<Telling>,
    mut player: ResMut<Player>,
    mut diary: ResMut<Diary>,
) {
    let Some(item) = telling.item.clone() else { return };
    // What was saved anew may say something else.
    if route.item() != Some(&item) || open.is_changed() {
        end(&mut telling, &mut player, &mut diary);
        return;
    }
    if words.language().0 == telling.language {
        return;
    }
    let language = words.language().0.clone();
    let before = track(&open, &item, &telling.language);
    let (Some(before), Some(next)) = (before, track(&open, &item, &language)) else {
        end(&mut telling, &mut player, &mut diary);
        return;
    };
    let from = same_place(&before.captions, &next.captions, player.position_millis());
    let was_playing = player.is_playing();
    let at_millis = player.position_millis();
    diary.note(Event::NarrationStopped { item: item.clone(), language: telling.language.clone(), at_millis });
    if was_playing {
        player.play(next.audio.clone(), from);
        diary.note(Event::NarrationStarted { item, language: language.clone() });
        telling.language = language;
    } else {
        telling.finished = true;
        end(&mut telling, &mut player, &mut diary);
    }
}

/// The start of the cue that lies as far into one narration as a moment lies in another.
fn same_place(before: &[Cue], next: &[Cue], millis: u64) -> u64 {
    let length = |cues: &[Cue]| cues.last().map_or(1, |c| c.end_millis).max(1);
    let wanted = millis.min(length(before)) * length(next) / length(before);
    next.iter().rev().find(|c| c.start_millis <= wanted).map_or(0, |c| c.start_millis)
}

fn notice_end(player: Res<Player>, mut telling: ResMut<Telling>, mut diary: ResMut<Diary>) {
    if player.playback() == Playback::Finished
        && !telling.finished
        && let Some(item) = telling.item.clone()
    {
        telling.finished = true;
        diary.note(Event::NarrationFinished { item, language: telling.language.clone() });
    }
}

/// The caption of a moment.
fn caption(cues: &[Cue], millis: u64) -> &str {
    captions::at(cues, millis).map_or("", |cue| &cue.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(lengths: &[u64]) -> Vec<Cue> {
        let mut start_millis = 0;
        lengths
            .iter()
            .map(|length| {
                let cue = Cue { start_millis, end_millis: start_millis + length, text: "x".into() };
                start_millis += length;
                cue
            })
            .collect()
    }

    #[test]
    fn the_other_language_goes_on_at_the_same_sentence() {
        let (vi, en) = (cues(&[1000, 1000, 1000]), cues(&[2000, 2000, 2000]));
        assert_eq!(same_place(&vi, &en, 1500), 2000);
        assert_eq!(same_place(&en, &vi, 5900), 2000);
        assert_eq!(same_place(&vi, &en, 99_999), 4000);
        assert_eq!(same_place(&vi, &[], 500), 0);
    }
}
