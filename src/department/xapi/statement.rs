//! What each record of a journal becomes: exactly one statement, or a reason why it cannot be one.

use super::names::{ActivityType, Base, Extension, Verb};
use super::{stable_id, times};
use crate::visits::record::Record;
use serde_json::{Map, Value, json};

/// The longest subject or detail, in bytes; a journal's table refuses more.
const MAX_WORD_BYTES: usize = 64;

/// A record and its statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub sequence: i64,
    pub hash: [u8; 32],
    pub statement: Result<Value, Untranslatable>,
}

/// Why a record is no statement: no kiosk writes such a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untranslatable {
    #[error("unknown kind of record")]
    Kind,
    #[error("the subject is no id")]
    Subject,
    #[error("the detail is no fixed word")]
    Detail,
    #[error("the amount is below what it can be")]
    Amount,
    #[error("the visit is no random name")]
    Visit,
    #[error("the number is below 1")]
    Sequence,
}

/// Follows a journal from its first record, for a record does not tell which exhibition it belongs to.
#[derive(Clone, Debug)]
pub struct Translator {
    base: Base,
    kiosk: String,
    software: Option<String>,
    exhibit: Option<(String, String)>,
}

/// The entries of a whole journal, from its first record.
pub fn entries(base: &Base, kiosk: &str, records: &[(Record, [u8; 32])]) -> impl Iterator<Item = Entry> {
    let mut translator = Translator::new(base.clone(), kiosk);
    records.iter().map(move |(record, hash)| translator.entry(record, hash))
}

/// What a kind of record says: verb, object and result.
struct Said {
    verb: Verb,
    object: (String, ActivityType),
    result: Value,
    /// The item or exhibit that the object is part of.
    parent: Option<(String, ActivityType)>,
    language: Option<String>,
}

impl Translator {
    pub fn new(base: Base, kiosk: &str) -> Self {
        Self { base, kiosk: kiosk.to_owned(), software: None, exhibit: None }
    }

    /// The next record of the journal. What a record says depends on those before it.
    pub fn entry(&mut self, record: &Record, hash: &[u8; 32]) -> Entry {
        let statement = check(record).and_then(|()| {
            self.note(record);
            self.statement(record, hash)
        });
        Entry { sequence: record.sequence, hash: *hash, statement }
    }

    fn note(&mut self, record: &Record) {
        match record.kind.as_str() {
            "kiosk-started" => {
                self.software = Some(record.detail.clone()).filter(|version| !version.is_empty());
                self.exhibit = None;
            }
            "exhibit-opened" => self.exhibit = Some((record.subject.clone(), record.detail.clone())),
            _ => {}
        }
    }

    fn statement(&self, record: &Record, hash: &[u8; 32]) -> Result<Value, Untranslatable> {
        let said = self.said(record)?;
        let (english, vietnamese) = said.verb.words();
        let mut statement = json!({
            "id": stable_id::of_statement(&self.kiosk, record.sequence, hash),
            "actor": {
                "objectType": "Agent",
                "account": { "homePage": self.base.as_str(), "name": self.kiosk },
            },
            "verb": { "id": self.base.verb(said.verb), "display": { "en": english, "vi": vietnamese } },
            "object": self.activity(&said.object),
            "context": self.context(record, &said),
        });
        if said.result.as_object().is_some_and(|result| !result.is_empty()) {
            statement["result"] = said.result;
        }
        if let Some(timestamp) = times::timestamp(record.wall_millis) {
            statement["timestamp"] = timestamp.into();
        }
        Ok(statement)
    }

    fn activity(&self, (id, kind): &(String, ActivityType)) -> Value {
        json!({ "objectType": "Activity", "id": id, "definition": { "type": self.base.activity_type(*kind) } })
    }

    fn context(&self, record: &Record, said: &Said) -> Value {
        let mut extensions = Map::new();
        let mut extend = |extension, value: Value| extensions.insert(self.base.extension(extension), value);
        extend(Extension::Sequence, record.sequence.into());
        if let Some(version) = &self.software {
            extend(Extension::Software, version.as_str().into());
        }
        if let Some((_, version)) = self.exhibit.as_ref().filter(|(_, version)| !version.is_empty()) {
            extend(Extension::ExhibitVersion, version.as_str().into());
        }
        if times::timestamp(record.wall_millis).is_none() {
            extend(Extension::WallMillis, record.wall_millis.into());
        }
        let mut activities = json!({
            "category": [self.activity(&(self.base.profile_version(), ActivityType::Profile))],
            "grouping": [self.activity(&(self.base.kiosk(&self.kiosk), ActivityType::Kiosk))],
        });
        if let Some(parent) = &said.parent {
            activities["parent"] = json!([self.activity(parent)]);
        }
        let mut context =
            json!({ "platform": "haidang-kiosk", "contextActivities": activities, "extensions": extensions });
        if !record.visit.is_empty() {
            context["registration"] = stable_id::of_visit(&record.visit).into();
        }
        if let Some(language) = &said.language {
            context["language"] = language.as_str().into();
        }
        context
    }

    fn exhibit(&self) -> (String, ActivityType) {
        let exhibit = self.exhibit.as_ref().map(|(id, _)| id.as_str());
        (self.base.exhibit(exhibit), ActivityType::Exhibit)
    }

    /// A thing of the exhibit: an item, a screen or a source.
    fn of_exhibit(&self, kind: ActivityType, id: &str) -> (String, ActivityType) {
        (format!("{}/{}/{id}", self.exhibit().0, kind.word()), kind)
    }

    fn said(&self, record: &Record) -> Result<Said, Untranslatable> {
        let kiosk = (self.base.kiosk(&self.kiosk), ActivityType::Kiosk);
        let plain = |verb, object| Ok(Said { verb, object, result: json!({}), parent: None, language: None });
        let within =
            |verb, object, result| Ok(Said { verb, object, result, parent: Some(self.exhibit()), language: None });
        let subject = record.subject.as_str();
        let thing = |kind| self.of_exhibit(kind, subject);
        let length = || json!({ "duration": times::duration(record.amount.unsigned_abs()) });
        let extended = |extension, value: Value| json!({ "extensions": { self.base.extension(extension): value } });
        match record.kind.as_str() {
            "kiosk-started" => plain(Verb::Initialized, kiosk),
            "exhibit-opened" => plain(Verb::Opened, self.exhibit()),
            "visit-started" => plain(Verb::Initialized, self.exhibit()),
            "visit-ended" => {
                let mut result = extended(Extension::Ending, record.detail.as_str().into());
                result["duration"] = times::duration(record.amount.unsigned_abs()).into();
                Ok(Said { verb: Verb::Terminated, object: self.exhibit(), result, parent: None, language: None })
            }
            "screen-opened" => within(Verb::Opened, thing(ActivityType::Screen), json!({})),
            "screen-left" => within(Verb::Experienced, thing(ActivityType::Screen), length()),
            "item-opened" => within(Verb::Opened, thing(ActivityType::Item), json!({})),
            "item-left" => within(Verb::Experienced, thing(ActivityType::Item), length()),
            "source-opened" => within(Verb::Opened, thing(ActivityType::Source), json!({})),
            "zoom-reached" => {
                within(Verb::Interacted, thing(ActivityType::Item), extended(Extension::Zoom, record.amount.into()))
            }
            "page-turned" => {
                within(Verb::Interacted, thing(ActivityType::Item), extended(Extension::Page, record.amount.into()))
            }
            "line-touched" => {
                within(Verb::Interacted, thing(ActivityType::Item), extended(Extension::Line, record.amount.into()))
            }
            "map-compared" => {
                let how = extended(Extension::Comparison, record.detail.as_str().into());
                within(Verb::Interacted, thing(ActivityType::Item), how)
            }
            "hotspot-opened" => {
                let item = thing(ActivityType::Item);
                let point = (format!("{}/point/{}", item.0, record.detail), ActivityType::Point);
                Ok(Said { parent: Some(item), ..plain(Verb::Opened, point)? })
            }
            "narration-started" | "narration-finished" | "narration-stopped" => Ok(self.narration(record)),
            "language-chosen" => plain(Verb::Preferred, (self.base.language(&record.detail), ActivityType::Language)),
            "trouble" => plain(Verb::Reported, (self.base.trouble(subject), ActivityType::Trouble)),
            "lost" => {
                let result = extended(Extension::Lost, record.amount.into());
                Ok(Said { verb: Verb::Reported, object: kiosk, result, parent: None, language: None })
            }
            _ => Err(Untranslatable::Kind),
        }
    }

    fn narration(&self, record: &Record) -> Said {
        let item = self.of_exhibit(ActivityType::Item, &record.subject);
        let object = (format!("{}/narration/{}", item.0, record.detail), ActivityType::Narration);
        let (verb, result) = match record.kind.as_str() {
            "narration-started" => (Verb::Played, json!({})),
            "narration-finished" => (Verb::Completed, json!({ "completion": true })),
            _ => {
                let far = times::duration(record.amount.unsigned_abs());
                (Verb::Suspended, json!({ "completion": false, "duration": far }))
            }
        };
        Said { verb, object, result, parent: Some(item), language: Some(record.detail.clone()) }
    }
}

/// The record as a kiosk would write it; what came from a stick may be anything.
fn check(record: &Record) -> Result<(), Untranslatable> {
    use Untranslatable::{Amount, Detail, Kind, Sequence, Subject, Visit};
    if record.sequence < 1 {
        return Err(Sequence);
    }
    let is_visit = record.visit.len() == 32 && record.visit.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !record.visit.is_empty() && !is_visit {
        return Err(Visit);
    }
    let (needs_subject, detail, least) = shape(&record.kind).ok_or(Kind)?;
    let is_word = |text: &str, more: &str| {
        text.len() <= MAX_WORD_BYTES
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || more.contains(c))
    };
    if !is_word(&record.subject, "") || record.subject.is_empty() == needs_subject {
        return Err(Subject);
    }
    let detail_fits = match detail {
        Shape::None => record.detail.is_empty(),
        Shape::Version => is_word(&record.detail, ".+"),
        Shape::Id => !record.detail.is_empty() && is_word(&record.detail, ""),
        Shape::Language => is_language(&record.detail),
        Shape::OneOf(words) => words.contains(&record.detail.as_str()),
    };
    if !detail_fits {
        return Err(Detail);
    }
    if record.amount < least { Err(Amount) } else { Ok(()) }
}

enum Shape {
    None,
    Version,
    Id,
    Language,
    OneOf(&'static [&'static str]),
}

/// Whether a kind of record has a subject, what its detail is, and the least amount.
fn shape(kind: &str) -> Option<(bool, Shape, i64)> {
    Some(match kind {
        "kiosk-started" => (false, Shape::Version, 0),
        "exhibit-opened" => (true, Shape::Version, 0),
        "visit-started" => (false, Shape::None, 0),
        "visit-ended" => (false, Shape::OneOf(&["finished", "idle", "stopped"]), 0),
        "screen-opened" | "screen-left" | "item-opened" | "item-left" | "zoom-reached" | "source-opened"
        | "trouble" => (true, Shape::None, 0),
        "hotspot-opened" => (true, Shape::Id, 0),
        "map-compared" => (true, Shape::OneOf(&["over-sea", "same-place", "beside"]), 0),
        "page-turned" | "line-touched" => (true, Shape::None, 1),
        "narration-started" | "narration-finished" | "narration-stopped" => (true, Shape::Language, 0),
        "language-chosen" => (false, Shape::Language, 0),
        "lost" => (false, Shape::None, 1),
        _ => return None,
    })
}

/// A tag as RFC 5646 has it, roughly: `vi`, `en`, `zh-hant`.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_primary = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    parts.next().is_some_and(is_primary)
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::*;
    use crate::visits::event::KINDS;
    use proptest::prelude::*;

    const VISIT: &str = "0123456789abcdef0123456789abcdef";

    fn record(kind: &str, subject: &str, detail: &str, amount: i64) -> Record {
        Record {
            sequence: 7,
            boot: "0".repeat(32),
            monotonic_millis: 5,
            wall_millis: 1_700_000_000_123,
            visit: if kind.starts_with("kiosk") || kind.starts_with("exhibit") { "" } else { VISIT }.into(),
            kind: kind.into(),
            subject: subject.into(),
            detail: detail.into(),
            amount,
        }
    }

    fn translator() -> Translator {
        let mut translator = Translator::new(Base::new("https://a.vn").expect("base"), "3f2a9c0d11e47b58");
        translator.entry(&record("kiosk-started", "", "0.1.0", 0), &[0; 32]);
        translator.entry(&record("exhibit-opened", "bien-dong", "1.2.0", 0), &[0; 32]);
        translator
    }

    fn one_of_each() -> Vec<Record> {
        vec![
            record("kiosk-started", "", "0.1.0", 0),
            record("exhibit-opened", "bien-dong", "1.2.0", 0),
            record("visit-started", "", "", 0),
            record("visit-ended", "", "idle", 95_470),
            record("screen-opened", "hall", "", 0),
            record("screen-left", "hall", "", 4_000),
            record("item-opened", "map-taberd-1838", "", 0),
            record("item-left", "map-taberd-1838", "", 31_250),
            record("zoom-reached", "map-taberd-1838", "", 180),
            record("hotspot-opened", "map-taberd-1838", "legend", 0),
            record("map-compared", "map-taberd-1838", "over-sea", 0),
            record("page-turned", "document", "", 3),
            record("line-touched", "document", "", 12),
            record("narration-started", "map-taberd-1838", "vi", 0),
            record("narration-finished", "map-taberd-1838", "vi", 0),
            record("narration-stopped", "map-taberd-1838", "en", 9_000),
            record("language-chosen", "", "en", 0),
            record("source-opened", "taberd", "", 0),
            record("trouble", "gpu-lost", "", 0),
            record("lost", "", "", 3),
        ]
    }

    #[test]
    fn every_kind_becomes_a_statement_that_keeps_the_rules() {
        let records = one_of_each();
        assert!(records.iter().map(|r| r.kind.as_str()).eq(KINDS), "each kind once, in order");
        for record in records {
            let statement = translator().entry(&record, &[3; 32]).statement.expect("translated");
            assert_eq!(rules::broken(&statement), Vec::<String>::new(), "{statement:#}");
        }
    }

    #[test]
    fn a_narration_heard_to_its_end_is_completed() {
        let entry = translator().entry(&record("narration-finished", "map-taberd-1838", "vi", 0), &[3; 32]);
        let statement = entry.statement.expect("translated");
        let item = "https://a.vn/exhibit/bien-dong/item/map-taberd-1838";
        assert_eq!(statement["verb"]["id"], "http://adlnet.gov/expapi/verbs/completed");
        assert_eq!(statement["object"]["id"], format!("{item}/narration/vi"));
        assert_eq!(statement["context"]["contextActivities"]["parent"][0]["id"], item);
        assert_eq!(statement["context"]["language"], "vi");
        assert_eq!(statement["context"]["registration"], stable_id::of_visit(VISIT));
        assert_eq!(statement["context"]["extensions"]["https://a.vn/xapi/extensions/exhibit-version"], "1.2.0");
        assert_eq!(statement["result"], json!({ "completion": true }));
        assert_eq!(statement["timestamp"], "2023-11-14T22:13:20.123Z");
    }

    #[test]
    fn the_visitor_is_nowhere() {
        for record in one_of_each() {
            let text = translator().entry(&record, &[3; 32]).statement.expect("translated").to_string();
            assert!(!text.contains(VISIT), "the journal's own name of the visit leaves no office");
        }
    }

    #[test]
    fn an_impossible_clock_gives_no_timestamp_and_is_told() {
        let mut wrong = record("item-opened", "a", "", 0);
        wrong.wall_millis = i64::MAX;
        let statement = translator().entry(&wrong, &[3; 32]).statement.expect("translated");
        assert_eq!(statement.get("timestamp"), None);
        assert_eq!(statement["context"]["extensions"]["https://a.vn/xapi/extensions/wall-millis"], i64::MAX);
        assert_eq!(rules::broken(&statement), Vec::<String>::new());
    }

    #[test]
    fn what_no_kiosk_writes_is_refused_with_a_reason() {
        let cases = [
            (record("item-read", "a", "", 0), Untranslatable::Kind),
            (record("item-opened", "", "", 0), Untranslatable::Subject),
            (record("item-opened", "../a", "", 0), Untranslatable::Subject),
            (record("item-opened", "'; DROP TABLE record; --", "", 0), Untranslatable::Subject),
            (record("item-opened", &"a".repeat(65), "", 0), Untranslatable::Subject),
            (record("visit-started", "a", "", 0), Untranslatable::Subject),
            (record("visit-ended", "", "bored", 0), Untranslatable::Detail),
            (record("visit-ended", "", "idle", -1), Untranslatable::Amount),
            (record("narration-started", "a", "v", 0), Untranslatable::Detail),
            (record("narration-started", "a", "vi ", 0), Untranslatable::Detail),
            (record("page-turned", "a", "", 0), Untranslatable::Amount),
            (Record { visit: "Nguyễn Văn A".into(), ..record("visit-started", "", "", 0) }, Untranslatable::Visit),
            (Record { sequence: 0, ..record("visit-started", "", "", 0) }, Untranslatable::Sequence),
        ];
        for (record, why) in cases {
            assert_eq!(translator().entry(&record, &[3; 32]).statement, Err(why), "{record:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_journal_holds_no_broken_statement_leaves(
            kind in proptest::sample::select(KINDS.to_vec()),
            subject in "[a-z0-9-]{0,3}|\\PC{0,8}",
            detail in "[a-z0-9.+-]{0,3}|vi|idle|\\PC{0,8}",
            (amount, wall) in (any::<i64>(), any::<i64>()),
        ) {
            let mut record = record(kind, &subject, &detail, amount);
            record.wall_millis = wall;
            if let Ok(statement) = translator().entry(&record, &[3; 32]).statement {
                prop_assert_eq!(rules::broken(&statement), Vec::<String>::new());
            }
        }
    }
}
