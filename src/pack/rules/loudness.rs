//! Rule: voices are about as loud as one another, so that nobody reaches for a volume knob that a kiosk does not have.

use super::{Checked, Rule, Told, name_in};
use crate::diagnostics::{Said, Severity};
use crate::pack::sound::{SoundError, loudness};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::thread;

/// What voices are levelled to, and how far off one may be.
const TARGET_LUFS: f64 = -16.0;
const TOLERANCE: f64 = 4.0;

pub const RULE: Rule = Rule {
    code: "loudness",
    severity: Severity::Warning,
    paragraph: (
        "Lời đọc to hoặc nhỏ hơn mức −16 LUFS (ITU-R BS.1770-4) quá 4 đơn vị, hoặc tệp không giải mã được, hoặc không có tiếng. \
         Chuẩn hóa về −16 LUFS khi xuất (Audacity: Loudness Normalization).",
        "A voice is more than 4 units louder or softer than −16 LUFS (ITU-R BS.1770-4), or cannot be decoded, or is silent. \
         Level it to −16 LUFS when exporting (Audacity: Loudness Normalization).",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let tracks = checked.items().flat_map(|item| item.narration.values());
    let files: BTreeSet<PathBuf> = tracks.map(|track| track.audio.clone()).collect();
    let files: Vec<PathBuf> = files.into_iter().collect();
    for (path, measured) in measured(&files) {
        let name = name_in(checked.folder, path);
        if let Some(message) = said_of(&measured) {
            let hint = Said::new(
                "Chuẩn hóa về −16 LUFS rồi xuất lại (Audacity: Loudness Normalization).",
                "Level it to −16 LUFS and export it again (Audacity: Loudness Normalization).",
            );
            told.tell(checked.texts.place_naming(&name), message, hint);
        }
    }
}

type Measured = Result<Option<f64>, SoundError>;

/// On all cores, for decoding an hour of voices takes a while.
fn measured(files: &[PathBuf]) -> Vec<(&PathBuf, Measured)> {
    let share = files.len().div_ceil(thread::available_parallelism().map_or(1, usize::from)).max(1);
    thread::scope(|scope| {
        let listen = |part: &'_ [PathBuf]| part.iter().map(|path| loudness(path)).collect::<Vec<Measured>>();
        let workers: Vec<_> = files.chunks(share).map(|part| (part, scope.spawn(move || listen(part)))).collect();
        let heard = workers.into_iter().flat_map(|(part, worker)| {
            // A decoder that stumbles over a hostile file tells nothing of its part.
            part.iter().zip(worker.join().unwrap_or_default())
        });
        heard.collect()
    })
}

fn said_of(measured: &Measured) -> Option<Said> {
    match measured {
        Ok(Some(lufs)) if (lufs - TARGET_LUFS).abs() <= TOLERANCE => None,
        Ok(Some(lufs)) => Some(Said::new(
            format!("Độ to là {lufs:.1} LUFS, cần khoảng −16."),
            format!("The loudness is {lufs:.1} LUFS; about −16 is wanted."),
        )),
        Ok(None) => Some(Said::new("Tệp này không có tiếng.", "Nothing can be heard in this file.")),
        Err(why) => Some(Said::new(format!("Không đo được độ to: {why}."), format!("It has no loudness: it {why}."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_far_off_is_told() {
        for good in [-16.0, -19.9, -12.1] {
            assert_eq!(said_of(&Ok(Some(good))), None);
        }
        for bad in [Ok(Some(-24.0)), Ok(Some(-8.0)), Ok(None), Err(SoundError::Decoding("x".to_owned()))] {
            assert!(said_of(&bad).is_some(), "{bad:?}");
        }
    }
}
