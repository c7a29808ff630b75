//! The exhibit as a whole, as the list's second sheet tells it, into a draft: version, approval, subtitle, a word to
//! visitors, the item that is featured. It is approved only when all that belongs to an approval is there.

use super::dates;
use super::draft::{Draft, Texts, put};
use super::facts::{Fact, FactSheet};
use super::plain::{free_id, words};
use super::row_links::{item_named, sources_named};
use super::words::{APPROVALS, meaning};
use super::{shown, tell_at};
use crate::base::ids::Id;
use crate::diagnostics::Findings;
use std::collections::BTreeSet;

/// Items and sources of the draft are there already: some rows name them.
pub fn fill(draft: &mut Draft, sheet: &FactSheet, findings: &mut Findings) {
    draft.layout.facts.clone_from(&sheet.rows);
    let mut desk = Desk { sheet, findings };
    if let Some(version) = sheet.get(Fact::Version) {
        version.clone_into(&mut draft.version);
    }
    desk.id(draft);
    draft.subtitle = desk.texts(draft, Fact::SubtitleVi, Fact::SubtitleEn);
    draft.note = desk.texts(draft, Fact::NoteVi, Fact::NoteEn);
    desk.note_sources(draft);
    desk.featured(draft);
    desk.approval(draft);
}

/// Tags of languages as people name them: `Tiếng Việt, English` are `vi` and `en`.
pub fn languages(text: &str) -> Vec<String> {
    let text = text.replace(" và ", ",").replace(" and ", ",");
    let mut tags = Vec::new();
    for part in text.split([',', ';', '/', '+', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        match tag(part) {
            Some(tag) => tags.push(tag.to_owned()),
            None => tags.extend(part.split(' ').filter(|p| !p.is_empty()).map(|p| tag(p).unwrap_or(p).to_owned())),
        }
    }
    tags
}

fn tag(name: &str) -> Option<&'static str> {
    match words(name).as_str() {
        "vi" | "tieng viet" | "viet" | "vietnamese" => Some("vi"),
        "en" | "tieng anh" | "anh" | "english" => Some("en"),
        _ => None,
    }
}

struct Desk<'a, 'b> {
    sheet: &'a FactSheet,
    findings: &'b mut Findings,
}

impl Desk<'_, '_> {
    fn tell(&mut self, draft: &Draft, code: &'static str, fact: Fact, said: (String, String), hint: (&str, &str)) {
        tell_at(self.findings, code, draft.layout.fact(fact), said, hint);
    }

    fn texts(&self, draft: &Draft, vi: Fact, en: Fact) -> Texts {
        let mut texts = Texts::new();
        for (language, fact) in [("vi", vi), ("en", en)] {
            if draft.has_language(language) {
                put(&mut texts, language, self.sheet.get(fact));
            }
        }
        texts
    }

    fn id(&mut self, draft: &Draft) {
        let Some(own) = self.sheet.get(Fact::Id).filter(|own| Id::new(own).is_none()) else { return };
        let made = free_id(own, "exhibit", &BTreeSet::new()).to_string();
        // Another one was told on the command line.
        if draft.id.as_deref() != Some(made.as_str()) {
            return;
        }
        let own = shown(own);
        let said = (
            format!("Mã “{own}” không hợp lệ; thay bằng “{made}”."),
            format!("The id “{own}” is not valid; “{made}” stands for it."),
        );
        let hint =
            ("Dùng chữ thường không dấu, số và gạch nối.", "Use lower-case letters without marks, digits and hyphens.");
        self.tell(draft, "id-changed", Fact::Id, said, hint);
    }

    fn note_sources(&mut self, draft: &mut Draft) {
        let Some(names) = self.sheet.get(Fact::NoteSource).map(str::to_owned) else { return };
        let (found, missing) = sources_named(&draft.sources, &names);
        draft.note_sources = found;
        for name in missing {
            let said = (format!("Không dòng nào có nguồn “{name}”."), format!("No row has the source “{name}”."));
            let hint = ("Ghi đúng tên nguồn như ở cột Nguồn.", "Write the source's title as in the column source_vi.");
            self.tell(draft, "source-not-found", Fact::NoteSource, said, hint);
        }
    }

    fn featured(&mut self, draft: &mut Draft) {
        let Some(name) = self.sheet.get(Fact::Featured).map(str::to_owned) else { return };
        match item_named(&draft.items, &name) {
            Ok(id) => draft.featured = Some(id),
            Err((said, hint)) => self.tell(draft, "item-not-found", Fact::Featured, said, (&hint.vi, &hint.en)),
        }
    }

    fn approval(&mut self, draft: &mut Draft) {
        draft.approval.prepared_by = self.texts(draft, Fact::PreparedVi, Fact::PreparedEn);
        draft.approval.appraised_by = self.texts(draft, Fact::AppraisedVi, Fact::AppraisedEn);
        draft.approval.decision = self.sheet.get(Fact::Decision).map(str::to_owned);
        draft.approval.date = self.date(draft);
        let told = self.status(draft);
        let has_decision = self.sheet.get(Fact::Decision).or_else(|| self.sheet.get(Fact::Date)).is_some();
        let is_meant = told.map_or(has_decision, |told| told == "Approved");
        let missing = if is_meant { missing(draft) } else { Vec::new() };
        for fact in &missing {
            let known = fact.told();
            // A date that is no date was told by itself.
            if *fact == Fact::Date && self.sheet.get(Fact::Date).is_some() {
                continue;
            }
            let said = (
                format!("Chưa ghi “{}”; gói vẫn là bản nháp, chưa phải bản đã duyệt.", known.vi),
                format!("“{}” is not told; the pack stays a sample and is not approved.", known.key),
            );
            self.tell(draft, "approval-incomplete", *fact, said, known.explained);
        }
        draft.approval.status = match told {
            _ if is_meant && missing.is_empty() => "Approved",
            Some("Submitted") => "Submitted",
            _ => "Sample",
        };
        let note = self.texts(draft, Fact::ApprovalVi, Fact::ApprovalEn);
        draft.approval_note = if note.is_empty() { made_note(draft) } else { note };
    }

    fn status(&mut self, draft: &Draft) -> Option<&'static str> {
        let text = self.sheet.get(Fact::Approval)?;
        let found = meaning(text, &APPROVALS);
        if found.is_none() {
            let text = shown(text);
            let said = (format!("Không hiểu “{text}”."), format!("“{text}” is not understood."));
            let hint = ("Ghi Bản nháp, Đã trình hoặc Đã duyệt.", "Write sample, submitted or approved.");
            self.tell(draft, "unknown-word", Fact::Approval, said, hint);
        }
        found
    }

    /// As a pack has it: `2026-11-10`.
    fn date(&mut self, draft: &Draft) -> Option<String> {
        let text = self.sheet.get(Fact::Date)?;
        let day = dates::day(text);
        if day.is_none() {
            let text = shown(text);
            let said = (format!("“{text}” không phải là ngày."), format!("“{text}” is no date."));
            let hint = ("Ghi ngày/tháng/năm, ví dụ 10/11/2026.", "Write day/month/year, for example 10/11/2026.");
            self.tell(draft, "impossible-date", Fact::Date, said, hint);
        }
        day.map(|day| day.to_string())
    }
}

/// What an approval lacks, in every language of the pack.
fn missing(draft: &Draft) -> Vec<Fact> {
    let approval = &draft.approval;
    let untold = |texts: &Texts, language: &str| draft.has_language(language) && !texts.contains_key(language);
    let wanted = [
        (Fact::PreparedVi, untold(&approval.prepared_by, "vi")),
        (Fact::PreparedEn, untold(&approval.prepared_by, "en")),
        (Fact::AppraisedVi, untold(&approval.appraised_by, "vi")),
        (Fact::AppraisedEn, untold(&approval.appraised_by, "en")),
        (Fact::Decision, approval.decision.is_none()),
        (Fact::Date, approval.date.is_none()),
    ];
    wanted.into_iter().filter(|(_, is_missing)| *is_missing).map(|(fact, _)| fact).collect()
}

/// What the rows themselves say, where nobody wrote a sentence.
fn made_note(draft: &Draft) -> Texts {
    let approval = &draft.approval;
    let (decision, date) = (approval.decision.as_deref(), approval.date.as_deref().and_then(dates::day));
    let (vi, en) = match (approval.status, decision, date) {
        ("Approved", Some(decision), Some(date)) => {
            let (vi, en) = dates::shown_day(date);
            (
                format!("Đã duyệt theo quyết định số {decision} ngày {vi}."),
                format!("Approved by decision {decision} of {en}."),
            )
        }
        ("Submitted", ..) => {
            ("Đã trình, chưa duyệt.".to_owned(), "Submitted for approval, not yet approved.".to_owned())
        }
        _ => ("Bản nháp, chưa trình duyệt.".to_owned(), "A draft, not yet submitted for approval.".to_owned()),
    };
    let told = [("vi", vi), ("en", en)].into_iter().filter(|(language, _)| draft.has_language(language));
    told.map(|(language, text)| (language.to_owned(), text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_tag_and_by_name() {
        for text in ["vi, en", "vi en", "Tiếng Việt; Tiếng Anh", "Tiếng Việt và tiếng Anh", "vi/English"] {
            assert_eq!(languages(text), ["vi", "en"], "{text}");
        }
        assert_eq!(languages("fr"), ["fr"]);
    }
}
