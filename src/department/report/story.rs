//! The report as an official reads it: letterhead, numbered sections, sentences, charts, short tables, notes. DOCX, PDF
//! and the print page lay out the same story.

mod sections;
mod sentences;
pub(super) use sentences::untold;

use serde::Serialize;

use super::charts::Chart;
use super::fonts::balanced;
use super::letter::Letter;
use super::numbers;
use super::words::{Language, at_unit, lower_first};
use crate::department::figures::{Figures, Words};

/// Stands where something is filled in by hand.
const DOTS: &str = "……………………";

#[derive(Clone, Debug, Serialize)]
pub struct Story {
    pub language: Language,
    pub tag: &'static str,
    /// As 2026-11-20.
    pub made_on: String,
    pub head: Head,
    /// The kind of document: BÁO CÁO.
    pub kind: &'static str,
    pub subject: String,
    pub subject_lines: Vec<String>,
    pub addressee: String,
    pub parts: Vec<Part>,
    pub close: Close,
}

#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// Names broken into lines of about one length.
    pub superior: Vec<String>,
    pub issuer: Vec<String>,
    pub number: String,
    pub nation: &'static str,
    pub motto: &'static str,
    pub place_and_date: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Close {
    pub recipients_label: &'static str,
    pub recipients: Vec<String>,
    pub signer_title: String,
    pub sign_here: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "part")]
pub enum Part {
    Heading { text: String },
    Paragraph { text: String },
    Chart { chart: Chart },
    Table { table: ShortTable },
    Note { text: String },
}

/// A table of finished text.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ShortTable {
    pub title: String,
    pub columns: Vec<ShortColumn>,
    pub rows: Vec<Vec<String>>,
    pub note: String,
}

impl ShortTable {
    fn add_note(&mut self, text: &str) {
        if !self.note.is_empty() {
            self.note.push(' ');
        }
        self.note.push_str(text);
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct ShortColumn {
    pub title: String,
    /// Share of the width, of 100.
    pub width: u32,
    pub is_number: bool,
}

/// Widths of the left column of the head and of the subject, in points.
const NAMES_WIDTH: f32 = 187.0;
const SUBJECT_WIDTH: f32 = 420.0;

/// Puts the story together.
pub fn tell(figures: &Figures, letter: &Letter, language: Language) -> Story {
    let subject = subject(figures, letter, language);
    Story {
        language,
        tag: language.tag(),
        made_on: figures.made_on.to_string(),
        head: head(figures, letter, language),
        kind: language.pick("BÁO CÁO", "REPORT"),
        subject_lines: subject.iter().flat_map(|part| balanced(part, true, 13.0, SUBJECT_WIDTH)).collect(),
        subject: subject.join(" "),
        addressee: language.of(&letter.addressee).to_owned(),
        parts: sections::all(figures, language),
        close: close(letter, language),
    }
}

fn head(figures: &Figures, letter: &Letter, language: Language) -> Head {
    let number = if letter.number.is_empty() { "……" } else { letter.number.as_str() };
    let sign = if letter.sign.is_empty() { "……" } else { letter.sign.as_str() };
    let place = or_dots(&letter.place, language);
    let date = numbers::formal_date(letter.date.unwrap_or(figures.made_on), language);
    Head {
        superior: balanced(&language.of(&letter.superior).to_uppercase(), false, 12.0, NAMES_WIDTH),
        issuer: balanced(&or_dots(&letter.issuer, language).to_uppercase(), true, 12.0, NAMES_WIDTH),
        number: format!("{} {number}/BC-{sign}", language.pick("Số:", "No.")),
        nation: language.pick("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
        motto: language.pick("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
        place_and_date: format!("{place}, {date}"),
    }
}

fn close(letter: &Letter, language: Language) -> Close {
    let archives = || vec![language.pick("Lưu: VT", "Archives").to_owned()];
    let recipients = match (letter.recipients.is_empty(), language.of(&letter.addressee).is_empty()) {
        (true, true) => archives(),
        (true, false) => [vec![language.pick("Như trên", "As above").to_owned()], archives()].concat(),
        (false, _) => letter.recipients.iter().map(|line| ended_by_nothing(language.of(line))).collect(),
    };
    let last = recipients.len() - 1;
    let ended = |(place, line): (usize, String)| format!("- {line}{}", if place == last { "." } else { ";" });
    Close {
        recipients_label: language.pick("Nơi nhận:", "Recipients:"),
        recipients: recipients.into_iter().enumerate().map(ended).collect(),
        signer_title: or_dots(&letter.signer_title, language).to_uppercase(),
        // A hint for whoever fills in the rest by hand; where the letterhead tells who signs, nothing is left to fill in.
        sign_here: match language.of(&letter.signer_title) {
            "" => language.pick("(Chữ ký, họ và tên, dấu)", "(Signature, full name, seal)"),
            _ => "",
        },
    }
}

/// What the report is about, in its three parts: each begins a line of the letter.
fn subject(figures: &Figures, letter: &Letter, language: Language) -> [String; 3] {
    let exhibition = exhibition(letter, language);
    let unit = at_unit(&figures.unit, language);
    let period = lower_first(language.of(&figures.period.name));
    language.pick(
        ["Tình hình lượt xem triển lãm số".to_owned(), format!("“{exhibition}”"), format!("{unit}, {period}")],
        ["Visits to the digital exhibition".to_owned(), format!("“{exhibition}”"), format!("{unit}, {period}")],
    )
}

/// The name of the exhibition, with the one this program was made for where the letter tells none.
fn exhibition(letter: &Letter, language: Language) -> &str {
    match language.of(&letter.exhibition) {
        "" => language.pick("Hoàng Sa, Trường Sa của Việt Nam", "Viet Nam’s Hoàng Sa and Trường Sa"),
        name => name,
    }
}

/// Without the sign at its end; the list sets its own.
fn ended_by_nothing(line: &str) -> String {
    line.trim_end_matches([';', '.', ' ']).to_owned()
}

fn or_dots(words: &Words, language: Language) -> &str {
    match language.of(words) {
        "" => DOTS,
        text => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_letter_leaves_out_is_dotted() {
        let figures = super::super::sample::figures();
        let story = tell(&figures, &Letter::default(), Language::Vietnamese);
        assert_eq!(story.head.number, "Số: ……/BC-……");
        assert_eq!(story.head.issuer, [DOTS]);
        assert!(story.head.superior.is_empty());
        assert_eq!(story.close.recipients, ["- Lưu: VT."]);
        assert!(story.head.place_and_date.starts_with(DOTS));
        assert!(story.close.sign_here.starts_with("(Chữ ký"));
    }

    #[test]
    fn names_are_set_in_capitals_with_their_diacritics() {
        let figures = super::super::sample::figures();
        let story = tell(&figures, &super::super::sample::letter(), Language::Vietnamese);
        assert_eq!(story.head.superior, ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"]);
        assert_eq!(story.head.issuer, ["SỞ GIÁO DỤC VÀ ĐÀO TẠO"]);
        assert_eq!(story.head.place_and_date, "Quảng Ngãi, ngày 05 tháng 01 năm 2027");
        assert_eq!(story.close.sign_here, "", "no “(Chữ ký, họ và tên, dấu)” in a letter that is issued");
    }

    #[test]
    fn the_first_letter_sinks_inside_a_sentence() {
        assert_eq!(lower_first("Năm học 2026–2027"), "năm học 2026–2027");
        assert_eq!(lower_first("Đợt"), "đợt");
        assert_eq!(lower_first("ĐHQG"), "ĐHQG");
    }
}
