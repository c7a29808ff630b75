//! `haidang-pack check --watch`: checks again on every save and prints only what changed. Waiting is an argument.

use super::check::{counted, this_year};
use crate::base::clock::rest;
use crate::base::snapshot::snapshot;
use crate::diagnostics::{Problem, Tongue, plain_text};
use crate::organiser::Outcome;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::screen::Screen;
use crate::pack;
use std::path::Path;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(1);

/// Waits about a second; false ends the watch.
fn wait_a_second() -> bool {
    rest(EVERY);
    true
}

pub fn run(folder: &Path, screen: Screen) -> Done {
    watch(folder, screen.tongue(), wait_a_second, |said| screen.show(said))
}

/// Checks, waits, and checks again when something was saved, until waiting says to stop.
fn watch(folder: &Path, tongue: Tongue, mut wait: impl FnMut() -> bool, mut say: impl FnMut(&str)) -> Done {
    let mut seen = snapshot(folder);
    let opened = pack::check(folder, this_year());
    if !opened.readable {
        return Err(Failure::cannot_read(folder, "Không đọc được gói.", "The pack cannot be read."));
    }
    let mut problems = opened.findings.into_sorted();
    say(&format!("{}{}", plain_text::render_in(&problems, tongue), tongue.of(&counted(&problems))));
    while wait() {
        let now = snapshot(folder);
        if now == seen {
            continue;
        }
        seen = now;
        let fresh = pack::check(folder, this_year()).findings.into_sorted();
        if fresh != problems {
            say(&changes(&problems, &fresh, tongue));
            problems = fresh;
        }
    }
    Ok(Outcome::Clean)
}

fn changes(old: &[Problem], new: &[Problem], tongue: Tongue) -> String {
    let key = |p: &Problem| (p.code, p.place.file.clone(), p.place.key_path.clone(), p.message.vi.clone());
    let without = |from: &[Problem], other: &[Problem]| -> Vec<Problem> {
        from.iter().filter(|p| !other.iter().any(|o| key(o) == key(p))).cloned().collect()
    };
    let (mended, fresh) = (without(old, new), without(new, old));
    let word = tongue.say("đã sửa", "mended");
    let mended: String = mended.iter().map(|p| format!("{word}: {} [{}]\n", p.place, p.code)).collect();
    format!("{mended}{}{}", plain_text::render_in(&fresh, tongue), tongue.of(&counted(new)))
}
