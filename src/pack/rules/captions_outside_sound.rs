//! Rule: captions end with the sound they belong to.

use super::{Checked, Rule, Told, name_in};
use crate::diagnostics::{Said, Severity};
use crate::pack::sound;

/// Recorders and encoders disagree by so much about where a sound ends.
const SLACK_MILLIS: u64 = 250;

pub const RULE: Rule = Rule {
    code: "captions-outside-sound",
    severity: Severity::Error,
    paragraph: (
        "Có phụ đề sau khi lời đọc đã hết, nên người xem không bao giờ thấy. Thường là tệp phụ đề của bản ghi khác, hoặc \
         âm thanh bị cắt ngắn. Sửa mốc thời gian hoặc thay đúng tệp.",
        "A caption stands after the voice has ended, so no visitor ever sees it. Most often the captions belong to another \
         recording, or the sound was cut short. Mend the times or put the right file in place.",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    for item in checked.items() {
        for (language, track) in &item.narration {
            let Ok(Some(length)) = sound::millis(&track.audio) else { continue };
            let Some(cue) = track.captions.iter().find(|cue| cue.end_millis > length + SLACK_MILLIS) else { continue };
            let (ends, lasts) = (seconds(cue.end_millis), seconds(length));
            let name = name_in(checked.folder, &track.audio);
            let (file, key) = (format!("items/{}.ron", item.id), format!("narration.{language}.captions"));
            let place = checked.texts.place(&file, &key);
            told.tell(
                place,
                Said::new(
                    format!("Phụ đề kéo đến giây {ends}, còn “{name}” chỉ dài {lasts} giây."),
                    format!("A caption lasts until second {ends}, but “{name}” is only {lasts} seconds long."),
                ),
                Said::new(
                    "Sửa mốc thời gian của phụ đề hoặc thay tệp âm thanh.",
                    "Mend the captions' times or replace the sound.",
                ),
            );
        }
    }
}

fn seconds(millis: u64) -> String {
    format!("{}.{}", millis / 1000, millis % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_told_with_one_decimal() {
        assert_eq!(seconds(12_340), "12.3");
    }
}
