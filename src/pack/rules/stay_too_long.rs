//! Rule: a stop takes no longer than its declared minutes, for others wait behind.

use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};
use crate::pack::model::{Item, Kind, Language, Text};
use crate::pack::sound;

/// Pupils read about so many words (Vietnamese: syllables) a minute, standing.
const WORDS_PER_MINUTE: f64 = 200.0;
/// What a stop takes that does not say.
const DEFAULT_MINUTES: f64 = 2.0;

pub const RULE: Rule = Rule {
    code: "stay-too-long",
    severity: Severity::Warning,
    paragraph: (
        "Nghe lời đọc (hoặc đọc phần giới thiệu, tùy việc nào lâu hơn) rồi đọc các điểm hay các dòng mất nhiều hơn số phút đã \
         khai ở minutes, mặc định là 2. Tính 200 chữ mỗi phút. Rút gọn hoặc khai đúng số phút.",
        "Listening to the voice (or reading the description, whichever takes longer) and then reading points or lines takes more \
         minutes than minutes declares, two by default, at 200 words a minute. Shorten it or declare the minutes it takes.",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    for item in checked.items() {
        let declared = item.minutes.unwrap_or(DEFAULT_MINUTES);
        let longest = checked.languages().map(|language| minutes_of(item, language));
        let longest = longest.fold(0.0, f64::max);
        // A tenth of a minute is nobody's mistake.
        if longest <= declared + 0.1 {
            continue;
        }
        let key = if item.minutes.is_some() { "minutes" } else { "description" };
        told.tell(
            checked.texts.place(&format!("items/{}.ron", item.id), key),
            Said::new(
                format!("Chỗ dừng này mất khoảng {longest:.1} phút, khai {declared:.1} phút."),
                format!("This stop takes about {longest:.1} minutes; {declared:.1} are declared."),
            ),
            Said::new("Rút gọn lời, hoặc ghi minutes cho đúng.", "Shorten the texts, or declare the minutes it takes."),
        );
    }
}

fn minutes_of(item: &Item, language: &Language) -> f64 {
    let words = |text: &Text| text.get(language).split_whitespace().count() as f64 / WORDS_PER_MINUTE;
    let described: f64 = item.description.iter().map(|statement| words(&statement.text)).sum();
    let track = item.narration.get(&language.0);
    let spoken = track.and_then(|track| sound::millis(&track.audio).ok()?).map_or(0.0, |ms| ms as f64 / 60_000.0);
    let shown: f64 = match &item.kind {
        Kind::Map { hotspots: spots, .. } | Kind::Artefact { notes: spots, .. } => {
            spots.iter().map(|spot| words(&spot.title) + words(&spot.text.text)).sum()
        }
        Kind::Document { pages } => {
            pages.iter().flat_map(|page| &page.lines).map(|line| words(&line.translation)).sum()
        }
    };
    described.max(spoken) + shown
}
