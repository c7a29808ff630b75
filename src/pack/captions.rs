//! WebVTT captions: text into cues, and the cue of a moment. What a cue looks like on the screen is not told here.

use icu_normalizer::ComposingNormalizerBorrowed;

/// One caption and the time it stands, in milliseconds of the narration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    pub start_millis: u64,
    pub end_millis: u64,
    pub text: String,
}

/// What is wrong with a caption file, and in which line (from 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    NoHeader,
    BadTimes,
    EndsBeforeStart,
    Overlaps,
    NoText,
    TooManyLines,
    /// Accented letters are not in the form NFC.
    NotNfc,
    NoCues,
}

/// Lines of words that fit on the screen.
const MAX_LINES: usize = 2;

/// Reads a WebVTT text; returns the good cues and every fault with its line.
pub fn read(text: &str) -> (Vec<Cue>, Vec<(usize, Fault)>) {
    let mut cues: Vec<Cue> = Vec::new();
    let mut faults = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    if !text.starts_with("WEBVTT") {
        faults.push((1, Fault::NoHeader));
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 1;
    while at < lines.len() {
        let Some((from, to)) = times(lines[at]) else {
            at += 1;
            continue;
        };
        let line = at + 1;
        let said: Vec<&str> = lines[at + 1..].iter().take_while(|l| !l.trim().is_empty()).copied().collect();
        at += 1 + said.len();
        match cue(from, to, &said, cues.last()) {
            Ok(cue) => cues.push(cue),
            Err(fault) => faults.push((line, fault)),
        }
    }
    if cues.is_empty() && faults.is_empty() {
        faults.push((1, Fault::NoCues));
    }
    (cues, faults)
}

/// Both sides of a line of times. A line with a short arrow, `->`, is meant as one, so its times are wrong.
fn times(line: &str) -> Option<(&str, &str)> {
    let short = line.contains("->") && line.contains(':') && line.starts_with(|c: char| c.is_ascii_digit());
    line.split_once("-->").or(short.then_some((line, "")))
}

fn cue(from: &str, to: &str, said: &[&str], previous: Option<&Cue>) -> Result<Cue, Fault> {
    let end = to.split_whitespace().next().unwrap_or_default();
    let start_millis = millis(from.trim()).ok_or(Fault::BadTimes)?;
    let end_millis = millis(end).ok_or(Fault::BadTimes)?;
    if end_millis <= start_millis {
        return Err(Fault::EndsBeforeStart);
    }
    if previous.is_some_and(|p| p.end_millis > start_millis) {
        return Err(Fault::Overlaps);
    }
    let text = said.iter().map(|l| l.trim()).collect::<Vec<_>>().join("\n");
    if text.is_empty() {
        return Err(Fault::NoText);
    }
    if said.len() > MAX_LINES {
        return Err(Fault::TooManyLines);
    }
    if !ComposingNormalizerBorrowed::new_nfc().is_normalized(&text) {
        return Err(Fault::NotNfc);
    }
    Ok(Cue { start_millis, end_millis, text })
}

/// `hh:mm:ss.mmm` or `mm:ss.mmm`
fn millis(time: &str) -> Option<u64> {
    let (clock, fraction) = time.split_once('.')?;
    let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u64>().ok())?;
    if fraction.len() != 3 {
        return None;
    }
    let parts: Vec<u64> = clock.split(':').map(number).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts[..] {
        [h, m, s] => (h, m, s),
        [m, s] => (0, m, s),
        _ => return None,
    };
    (minutes < 60 && seconds < 60 && hours < 100)
        .then_some(())
        .and_then(|()| Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + number(fraction)?))
}

/// The cue that stands at a moment of the narration.
pub fn at(cues: &[Cue], millis: u64) -> Option<&Cue> {
    let after = cues.partition_point(|c| c.start_millis <= millis);
    cues[..after].last().filter(|c| millis < c.end_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "WEBVTT\n\nNOTE made by hand\n\n1\n00:00:00.250 --> 00:00:02.000 align:start\nMột\nhai\n\n00:02.000 --> 00:03.000\nBa\n";

    #[test]
    fn cues_are_read_with_and_without_hours() {
        let (cues, faults) = read(GOOD);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(cues.len(), 2);
        assert_eq!(cues[0], Cue { start_millis: 250, end_millis: 2000, text: "Một\nhai".to_owned() });
    }

    #[test]
    fn the_cue_of_a_moment_is_the_one_whose_time_it_is() {
        let (cues, _) = read(GOOD);
        let text = |millis| at(&cues, millis).map(|c| c.text.as_str());
        assert_eq!([text(0), text(250), text(2000), text(3000)], [None, Some("Một\nhai"), Some("Ba"), None]);
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let bad = "00:00.000 --> 00:01.000\na\n\n00:00.500 --> 00:02.000\nb\n\n00:05.000 --> 00:04.000\nc\n\n1:2:3 --> x\nd\n";
        let (_, faults) = read(&format!("VTT\n{bad}"));
        assert_eq!(
            faults,
            [(1, Fault::NoHeader), (5, Fault::Overlaps), (8, Fault::EndsBeforeStart), (11, Fault::BadTimes)]
        );
        assert_eq!(read("WEBVTT\n").1, [(1, Fault::NoCues)]);
        let slips = "WEBVTT\n\n00:00.000 -> 00:01.000\na\n\n00:01.000 --> 00:02.000\na\nb\nc\n\n00:02.000 --> 00:03.000\na\u{302}\n";
        assert_eq!(read(slips).1, [(3, Fault::BadTimes), (6, Fault::TooManyLines), (11, Fault::NotNfc)]);
    }
}
