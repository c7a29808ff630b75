//! A pack in the making: what a list or a manifest tells becomes a draft, and a draft becomes a folder. What is not
//! known is left out, for `check` to tell; nothing is made up.

pub mod agreed;
pub mod approval;
pub mod cells;
pub mod columns;
pub mod dates;
pub mod draft;
pub mod draft_ron;
pub mod facts;
pub mod folder;
pub mod media;
pub mod plain;
pub mod ron;
mod row_ids;
mod row_links;
mod row_media;
mod row_sources;
pub mod rows;
pub mod sheet;
pub mod template;
pub mod traced;
mod traced_keys;
pub mod words;
pub mod xlsx_parts;

use crate::base::text_place::LineColumn;
use crate::diagnostics::{Findings, Place, Said};

/// More than anybody reads; a manifest of millions of unknown keys would fill memory with them.
const MAX_TOLD: usize = 1_000;

/// Something that could not be placed: a cell, a file, a part of a manifest.
pub fn tell(
    findings: &mut Findings,
    code: &'static str,
    (file, at, key): (&str, Option<(usize, usize)>, &str),
    (vi, en): (String, String),
    hint: (&str, &str),
) {
    let cell = at.map(|(row, column)| cells::named(row, column, "")).unwrap_or_default();
    let at = at.map(|(line, column)| LineColumn { line, column });
    let place = Place { file: file.to_owned(), at, key_path: key.to_owned(), cell };
    tell_at(findings, code, place, (vi, en), hint);
}

/// The same of a place that has its name already.
pub fn tell_at(
    findings: &mut Findings,
    code: &'static str,
    place: Place,
    (vi, en): (String, String),
    hint: (&str, &str),
) {
    match findings.len() {
        MAX_TOLD => return too_many(findings, &place.file),
        more if more > MAX_TOLD => return,
        _ => {}
    }
    findings.error(code, place, Said::new(vi, en), Said::new(hint.0, hint.1));
}

fn too_many(findings: &mut Findings, file: &str) {
    let said = Said::new("Còn nhiều điều khác chưa liệt kê.", "There is more, which is not listed.");
    let hint = Said::new("Sửa những điều đã kể rồi chạy lại.", "Mend what is listed, then run it again.");
    findings.error("too-many-problems", Place::file(file), said, hint);
}

/// Text from a file as it may stand in a sentence: one line of it, and only its beginning when it is long.
pub fn shown(text: &str) -> String {
    const SHOWN_CHARS: usize = 60;
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN_CHARS + 1).collect();
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
