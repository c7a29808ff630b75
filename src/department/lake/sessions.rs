//! The published rule by which records become visits and visits to items; docs/visits.md tells it in words.

use crate::visits::record::Record;

/// What passes before an untouched kiosk takes a visit to be over: 60 seconds and a countdown of 20.
pub const IDLE_MILLIS: i64 = 80_000;
/// An item left sooner was not looked at.
pub const ABANDONED_UNDER_MILLIS: i64 = 5_000;
/// An item that is left this shortly before its visit ends was still open when the visitor went.
const OPEN_AT_END_MILLIS: i64 = 1_000;
/// The language that a kiosk shows when nobody has chosen one.
pub const FIRST_LANGUAGE: &str = "vi";
/// Vietnam has had one time zone without summer time since 1975.
const LOCAL_OFFSET_MILLIS: i64 = 7 * 3_600_000;
const DAY_MILLIS: i64 = 86_400_000;

/// Days since 1970 and hour of the day, in Vietnam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalHour {
    pub day: i32,
    pub hour: i32,
}

impl LocalHour {
    pub fn of(wall_millis: i64) -> Option<Self> {
        let local = wall_millis.checked_add(LOCAL_OFFSET_MILLIS)?;
        let day = i32::try_from(local.div_euclid(DAY_MILLIS)).ok()?;
        let hour = i32::try_from(local.rem_euclid(DAY_MILLIS) / 3_600_000).ok()?;
        Some(Self { day, hour })
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemVisit {
    pub item: String,
    /// The item opened before it in the same visit; empty for the first.
    pub previous_item: String,
    pub dwell_millis: i64,
    pub zoom_percent: Option<i64>,
    pub narrations_begun: i32,
    pub narrations_heard: i32,
    pub sources: i32,
}

impl ItemVisit {
    pub fn is_abandoned(&self) -> bool {
        self.dwell_millis < ABANDONED_UNDER_MILLIS
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    pub first_sequence: i64,
    /// Where the day is known.
    pub begun: Option<LocalHour>,
    /// Without the idle time at its end.
    pub millis: i64,
    /// `finished`, `idle` or `stopped`; `cut` when the records end without the visit's end.
    pub ending: String,
    pub narrations_heard: i32,
    pub sources: i32,
    /// The last one chosen or listened to.
    pub language: String,
    pub items: Vec<ItemVisit>,
}

impl Visit {
    /// At least one narration was heard to its end.
    pub fn is_finished(&self) -> bool {
        self.narrations_heard > 0
    }
}

/// The visits in a kiosk's records, which come in order of sequence with their corrected times.
pub fn visits(records: &[(Record, Option<i64>)]) -> Vec<Visit> {
    let within: Vec<&(Record, Option<i64>)> = records.iter().filter(|(record, _)| !record.visit.is_empty()).collect();
    within.chunk_by(|(a, _), (b, _)| a.visit == b.visit).map(visit).collect()
}

fn visit(records: &[&(Record, Option<i64>)]) -> Visit {
    let mut building = Building::default();
    for (record, _) in records {
        building.take(record);
    }
    let mut visit = building.end();
    if let Some((first, wall)) = records.first() {
        visit.first_sequence = first.sequence;
        visit.begun = wall.and_then(LocalHour::of);
    }
    visit
}

#[derive(Default)]
struct Building {
    visit: Visit,
    /// Place in the visit's items, and when it was opened, of the item on the screen.
    open: Option<(usize, i64)>,
    /// Place of the item last left, and when.
    left: Option<(usize, i64)>,
    first_millis: Option<i64>,
    last_millis: i64,
}

impl Building {
    fn take(&mut self, record: &Record) {
        let now = record.monotonic_millis;
        self.first_millis.get_or_insert(now);
        self.last_millis = now;
        match record.kind.as_str() {
            "visit-ended" => self.ended(record),
            "item-opened" => self.opened(&record.subject, now),
            "item-left" => self.left(&record.subject, record.amount, now),
            "language-chosen" => {
                let chosen = if record.detail.is_empty() { &record.subject } else { &record.detail };
                self.visit.language.clone_from(chosen);
            }
            "narration-started" | "narration-finished" | "narration-stopped" => self.narration(record),
            "zoom-reached" => {
                if let Some(item) = self.item(&record.subject) {
                    item.zoom_percent = item.zoom_percent.max(Some(record.amount));
                }
            }
            "source-opened" => {
                self.visit.sources += 1;
                if let Some((at, _)) = self.open {
                    self.visit.items[at].sources += 1;
                }
            }
            _ => {}
        }
    }

    /// The newest visit to an item.
    fn item(&mut self, id: &str) -> Option<&mut ItemVisit> {
        self.visit.items.iter_mut().rev().find(|item| item.item == id)
    }

    fn opened(&mut self, id: &str, now: i64) {
        self.close_unleft(now);
        let previous_item = self.visit.items.last().map_or_else(String::new, |item| item.item.clone());
        self.open = Some((self.visit.items.len(), now));
        self.left = None;
        self.visit.items.push(ItemVisit { item: id.to_owned(), previous_item, ..ItemVisit::default() });
    }

    fn left(&mut self, id: &str, dwell_millis: i64, now: i64) {
        if let Some((at, _)) = self.open
            && self.visit.items[at].item == id
        {
            self.visit.items[at].dwell_millis = dwell_millis;
            self.open = None;
            self.left = Some((at, now));
        }
    }

    /// An item whose leaving was not recorded is taken to be left at the next thing that was.
    fn close_unleft(&mut self, now: i64) {
        if let Some((at, since)) = self.open.take() {
            self.visit.items[at].dwell_millis = (now - since).max(0);
            self.left = Some((at, now));
        }
    }

    fn narration(&mut self, record: &Record) {
        if !record.detail.is_empty() {
            self.visit.language.clone_from(&record.detail);
        }
        let heard = i32::from(record.kind == "narration-finished");
        let begun = i32::from(record.kind == "narration-started");
        self.visit.narrations_heard += heard;
        if let Some(item) = self.item(&record.subject) {
            item.narrations_heard += heard;
            item.narrations_begun += begun;
        }
    }

    fn ended(&mut self, record: &Record) {
        let now = record.monotonic_millis;
        self.close_unleft(now);
        self.visit.ending.clone_from(&record.detail);
        self.visit.millis = record.amount;
        if record.detail == "idle" {
            self.visit.millis = (record.amount - IDLE_MILLIS).max(0);
            if let Some((at, left)) = self.left
                && now - left <= OPEN_AT_END_MILLIS
            {
                let item = &mut self.visit.items[at];
                item.dwell_millis = (item.dwell_millis - IDLE_MILLIS).max(0);
            }
        }
    }

    fn end(mut self) -> Visit {
        self.close_unleft(self.last_millis);
        if self.visit.ending.is_empty() {
            "cut".clone_into(&mut self.visit.ending);
            self.visit.millis = (self.last_millis - self.first_millis.unwrap_or(self.last_millis)).max(0);
        }
        if self.visit.language.is_empty() {
            FIRST_LANGUAGE.clone_into(&mut self.visit.language);
        }
        self.visit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(at: i64, kind: &str, subject: &str, detail: &str, amount: i64) -> (Record, Option<i64>) {
        let record = Record {
            sequence: at + 1,
            boot: "b".into(),
            monotonic_millis: at,
            wall_millis: 0,
            visit: "v".into(),
            kind: kind.into(),
            subject: subject.into(),
            detail: detail.into(),
            amount,
        };
        (record, Some(1_770_000_000_000 + at))
    }

    #[test]
    fn idle_time_belongs_to_neither_the_visit_nor_its_last_item() {
        let visits = visits(&[
            record(0, "visit-started", "", "", 0),
            record(1_000, "item-opened", "map-a", "", 0),
            record(31_000, "item-left", "map-a", "", 30_000),
            record(31_000, "item-opened", "doc-b", "", 0),
            record(40_000, "narration-started", "doc-b", "en", 0),
            record(60_000, "narration-finished", "doc-b", "en", 0),
            record(141_000, "item-left", "doc-b", "", 110_000),
            record(141_000, "visit-ended", "", "idle", 141_000),
        ]);
        assert_eq!(visits.len(), 1);
        let visit = &visits[0];
        assert_eq!((visit.millis, visit.ending.as_str(), visit.language.as_str()), (61_000, "idle", "en"));
        assert_eq!(visit.items.iter().map(|i| i.dwell_millis).collect::<Vec<_>>(), [30_000, 30_000]);
        assert_eq!(visit.items[1].previous_item, "map-a");
        assert!(visit.is_finished());
    }

    #[test]
    fn a_visit_cut_by_a_power_cut_is_as_long_as_its_records_tell() {
        let visits = visits(&[
            record(500, "visit-started", "", "", 0),
            record(1_000, "item-opened", "map-a", "", 0),
            record(7_000, "zoom-reached", "map-a", "", 150),
        ]);
        assert_eq!((visits[0].millis, visits[0].ending.as_str()), (6_500, "cut"));
        assert_eq!((visits[0].items[0].dwell_millis, visits[0].items[0].zoom_percent), (6_000, Some(150)));
        assert_eq!(visits[0].language, "vi");
    }

    #[test]
    fn a_day_begins_at_midnight_in_vietnam() {
        // 2026-01-01T00:00 in Hanoi is 17:00 the day before in UTC.
        let midnight = 1_767_225_600_000 - LOCAL_OFFSET_MILLIS;
        assert_eq!(LocalHour::of(midnight).map(|l| (l.day, l.hour)), Some((20_454, 0)));
        assert_eq!(LocalHour::of(midnight - 1).map(|l| (l.day, l.hour)), Some((20_453, 23)));
    }
}
