//! The steps of a replay, as RON: a list of `Tap(0.5, 0.5)`, `Wait(500)`, `Shot("home")` and so on.

use crate::diagnostics::{Findings, Place, Said};
use crate::pack::source::parse;
use serde::Deserialize;

/// Points are fractions of the window (0 to 1) from its top left; times are milliseconds of the kiosk's clock.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub enum Step {
    Tap(f32, f32),
    TapOn(String),
    Down(u64, f32, f32),
    Move(u64, f32, f32, u64),
    Up(u64),
    Drag {
        from: (f32, f32),
        to: (f32, f32),
        over_ms: u64,
    },
    Flick {
        from: (f32, f32),
        to: (f32, f32),
    },
    Pinch {
        centre: (f32, f32),
        from: f32,
        to: f32,
        over_ms: u64,
    },
    Key(String),
    Pad(String),
    /// A fraction of the picture in the middle, at so many screen pixels for 100 of its own, at once.
    LookAt(f32, f32, f32),
    /// A place on earth in the middle, in degrees, at so many metres of Mercator a pixel, at once.
    LookAtEarth(f64, f64, f64),
    /// Seconds in which the view moves with every frame.
    Sway(f32),
    Wait(u64),
    /// Real seconds at rest, more or less.
    Idle(f32),
    /// Seconds that each later `WaitFor` may take.
    Patience(f32),
    WaitFor(Goal),
    Mark(String),
    Shot(String),
    Quit,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub enum Goal {
    /// Nothing moves and every picture of the screen is there.
    Settled,
    /// Every tile of the view is drawn at its full sharpness.
    Sharp,
    /// Every picture of the pack is cut.
    Prepared,
    Screen(String),
    /// Something to touch bears this label.
    Label(String),
    /// Under `--watch`: the pack as it was last saved has so many errors.
    Faults(usize),
}

/// Reads a script; every mistake is told with its place.
pub fn read(file: &str, text: &str) -> Result<Vec<Step>, Findings> {
    let mut findings = Findings::default();
    let parsed = parse::<Vec<Step>>(file, text, &mut findings);
    match parsed.value {
        Some(steps) if findings.is_empty() => Ok(steps),
        _ => {
            if findings.is_empty() {
                let said = Said::new("Không đọc được kịch bản.", "The script cannot be read.");
                findings.error("syntax", Place::file(file), said.clone(), said);
            }
            Err(findings)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_the_manual_is_read() {
        let text = r#"[
            Tap(0.5, 0.5), TapOn("Trang đầu"), Down(1, 0.1, 0.2), Move(1, 0.3, 0.4, 200), Up(1),
            Drag(from: (0.1, 0.1), to: (0.9, 0.9), over_ms: 300), Flick(from: (0.5, 0.5), to: (0.1, 0.5)),
            Pinch(centre: (0.5, 0.5), from: 0.1, to: 0.4, over_ms: 400), Key("Enter"), Pad("South"), Wait(10),
            WaitFor(Settled), WaitFor(Sharp), WaitFor(Screen("home")), WaitFor(Label("Nghe")), WaitFor(Faults(2)), Mark("a"), Shot("b"), Patience(900),
            WaitFor(Prepared), LookAt(0.2, 0.8, 100), LookAtEarth(112.0, 16.5, 800), Sway(2.5), Idle(10), Quit,
        ]"#;
        assert_eq!(read("a.ron", text).expect("reads").len(), 25);
    }

    #[test]
    fn a_wrong_step_is_told_with_its_place() {
        let findings = read("a.ron", "[\n  Tap(0.5, 0.5),\n  Tapp(1),\n]").expect_err("wrong");
        let problem = &findings.into_sorted()[0];
        assert_eq!((problem.place.to_string().as_str(), problem.code), ("a.ron:3:3 ([1])", "unknown-word"));
    }
}
