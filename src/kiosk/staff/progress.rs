//! What moves in the area without it being drawn anew: dots of the pad, seconds, the bar of the work under way.

use super::desk::{Desk, Doing, Typed, Work};
use super::input::Touched;
use crate::kiosk::caretaker::{Said, Shown, size, span};
use crate::kiosk::language::Words;
use crate::kiosk::screens::{KioskSystems, Route, Screen};
use crate::kiosk::session::Beat;
use bevy::prelude::*;

/// When the area locks itself.
#[derive(Component)]
pub struct LocksIn;

/// One dot for each digit typed.
#[derive(Component)]
pub struct Dots;

/// How long the pad still rests.
#[derive(Component)]
pub struct RestsFor;

/// The filled part of the bar.
#[derive(Component)]
pub struct Bar;

#[derive(Component)]
pub struct Percent;

/// Bytes and time.
#[derive(Component)]
pub struct Amount;

/// Files copied.
#[derive(Component)]
pub struct Files;

/// What is left of a new pack's trial.
#[derive(Component)]
pub struct TrialLeft;

pub(super) fn plugin(app: &mut App) {
    let is_here = |route: Res<Route>| *route.current() == Screen::Staff;
    app.add_systems(
        Update,
        (count_down, show_typed, show_work, show_trial).run_if(is_here).in_set(KioskSystems::Present),
    );
}

fn set(text: &mut Mut<Text>, words: String) {
    // What is written again is laid out again.
    if text.0 != words {
        text.0 = words;
    }
}

fn clock_of(millis: u64) -> String {
    let seconds = millis.div_ceil(1000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn in_language(words: &Words, said: Said) -> String {
    if words.language().0 == "vi" { said.vi } else { said.en }
}

fn count_down(
    touched: Res<Touched>,
    desk: Res<Desk>,
    words: Res<Words>,
    beat: Res<Beat>,
    mut locks: Query<&mut Text, (With<LocksIn>, Without<RestsFor>)>,
    mut rests: Query<&mut Text, (With<RestsFor>, Without<LocksIn>)>,
) {
    let now = beat.moment.monotonic_millis;
    for mut text in &mut locks {
        let time = clock_of(touched.locks_in_millis(now));
        set(&mut text, words.say_with("staff-locks-in", &[("time", time)]));
    }
    for mut text in &mut rests {
        let left = desk.rests_until_millis.saturating_sub(now);
        let said = if left == 0 { String::new() } else { words.say_with("staff-rests", &[("time", clock_of(left))]) };
        set(&mut text, said);
    }
}

fn show_typed(typed: Res<Typed>, mut dots: Query<&mut Text, With<Dots>>) {
    for mut text in &mut dots {
        // A blank keeps the line's height.
        let shown =
            if typed.0.is_empty() { " ".to_owned() } else { "• ".repeat(typed.0.len()).trim_end().to_owned() };
        set(&mut text, shown);
    }
}

fn show_work(
    work: Res<Work>,
    desk: Res<Desk>,
    words: Res<Words>,
    mut bars: Query<&mut Node, With<Bar>>,
    mut percents: Query<&mut Text, (With<Percent>, Without<Amount>, Without<Files>)>,
    mut amounts: Query<&mut Text, (With<Amount>, Without<Percent>, Without<Files>)>,
    mut files: Query<&mut Text, (With<Files>, Without<Percent>, Without<Amount>)>,
) {
    let percent_done = percent_of(&work, desk.doing);
    for mut node in &mut bars {
        let width = percent(f32::from(percent_done));
        if node.width != width {
            node.width = width;
        }
    }
    for mut text in &mut percents {
        set(&mut text, format!("{percent_done} %"));
    }
    for mut text in &mut amounts {
        set(&mut text, amount(&work, desk.doing, &words));
    }
    for mut text in &mut files {
        let numbers = [("done", work.progress.files_done.to_string()), ("count", work.progress.files.to_string())];
        set(&mut text, words.say_with("staff-files", &numbers));
    }
}

fn percent_of(work: &Work, doing: Doing) -> u8 {
    let (done, total) = work.tested;
    match doing {
        Doing::Testing => {
            u8::try_from((done.saturating_mul(100)).checked_div(total).unwrap_or(0).min(100)).unwrap_or(100)
        }
        _ => work.progress.percent(),
    }
}

fn amount(work: &Work, doing: Doing, words: &Words) -> String {
    let (done, total) = match doing {
        Doing::Testing => work.tested,
        _ => (work.progress.done, work.progress.total),
    };
    let bytes = [("done", in_language(words, size(done))), ("total", in_language(words, size(total)))];
    let said = words.say_with("staff-bytes", &bytes);
    let left = match (doing, work.progress.checking, work.progress.left_millis) {
        (Doing::Installing, true, _) => words.say("staff-writing"),
        (Doing::Installing, false, Some(left)) => {
            words.say_with("staff-left", &[("time", in_language(words, span(left)))])
        }
        _ => String::new(),
    };
    let visitors = words.say("staff-visitors-go-on");
    [said, left, visitors].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn show_trial(shown: Res<Shown>, words: Res<Words>, beat: Res<Beat>, mut trials: Query<&mut Text, With<TrialLeft>>) {
    let left = shown.trial_left_millis(beat.moment.monotonic_millis);
    for mut text in &mut trials {
        let said = left.map_or_else(String::new, |left| words.say_with("staff-on-trial", &[("time", clock_of(left))]));
        set(&mut text, said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_written_as_on_a_clock() {
        assert_eq!([clock_of(0), clock_of(1), clock_of(292_000), clock_of(59_001)], ["0:00", "0:01", "4:52", "1:00"]);
    }

    #[test]
    fn a_test_has_its_own_bar() {
        let mut work = Work { tested: (1, 4), ..Work::default() };
        (work.progress.done, work.progress.total) = (3, 4);
        assert_eq!((percent_of(&work, Doing::Installing), percent_of(&work, Doing::Testing)), (75, 25));
        work.tested = (0, 0);
        assert_eq!(percent_of(&work, Doing::Testing), 0);
    }
}
