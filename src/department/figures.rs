//! The answer to every question of the department: the figures of one administrative unit over one period. Reports and
//! the dashboard show what stands here and compute nothing themselves.

use jiff::civil::Date;

/// A text in both languages of the department.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Words {
    pub vi: String,
    pub en: String,
}

/// A count that may be published, or may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Count {
    Shown(u64),
    /// Fewer than the threshold.
    Few,
    /// Would give a hidden neighbour away by subtraction.
    Withheld,
}

impl Count {
    pub fn shown(self) -> Option<u64> {
        if let Self::Shown(number) = self { Some(number) } else { None }
    }
}

/// The level of a unit. A school includes other places that hold a kiosk, such as a commune hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum Level {
    Nation,
    Province,
    Commune,
    School,
    Kiosk,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Unit {
    pub level: Level,
    /// Code in the gazetteer; empty for the nation; the kiosk's id for a kiosk.
    pub code: String,
    pub name: Words,
}

/// Days from `first` to `last`, both included.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Period {
    pub first: Date,
    pub last: Date,
    pub name: Words,
}

/// The whole period of the same kind before, whether this one is over or not.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Before {
    pub period: Period,
    pub visits: Count,
    /// So many more visits there may be than are shown.
    pub more: u64,
    /// At most so many visits without a known day may lie in it as well.
    pub undated: u64,
    /// The first of its days of which visits are told; none where they are told of no day.
    pub told_from: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct KeyFigures {
    pub visits: Count,
    /// So many more visits there may be than are shown.
    pub visits_more: u64,
    /// None when nothing was recorded then, or when there is no like period before.
    pub before: Option<Before>,
    /// Idle time excluded.
    pub median_visit_millis: Option<u64>,
    /// None where it is not told.
    pub screen_millis: Option<u64>,
    /// Visits in which at least one narration was heard to its end.
    pub finished: Count,
    pub finished_more: u64,
    /// How many people stood before the screen, at least and at most.
    pub people: Option<(u64, u64)>,
    /// Visits in no period, for no clock told their day, of kiosks where some could lie in this one.
    pub undated: Count,
    /// So many more there may be than are shown.
    pub undated_more: u64,
    /// What teachers counted; never mixed with visits.
    pub teacher_count: Option<u64>,
    pub kiosks: u64,
    pub kiosks_heard_from: u64,
    /// Of the whole lake: kiosks with visits on days of the period for which the gazetteer tells no unit.
    pub kiosks_without_place: u64,
    pub schools: u64,
    pub other_places: u64,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ItemRow {
    pub item: String,
    pub title: Words,
    pub openings: Count,
    pub median_dwell_millis: Option<u64>,
    /// Narrations begun, and heard to the end.
    pub narrations: (Count, Count),
    /// Median of the deepest zoom, in per cent of the picture's own pixels.
    pub median_zoom_percent: Option<u64>,
    pub sources_opened: Count,
    /// Left within five seconds.
    pub abandoned: Count,
    pub more: ItemMore,
}

/// How many more each count of an item may be than is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ItemMore {
    pub openings: u64,
    pub begun: u64,
    pub heard: u64,
    pub sources: u64,
    pub abandoned: u64,
}

/// Of all items together; what their rows do not hold of it is not split up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ItemTotals {
    pub openings: Count,
    pub begun: Count,
    pub sources: Count,
}

/// How many more the rows of the tables may hold than are shown, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RowsMore {
    pub weeks: Vec<u64>,
    /// Weekday after weekday.
    pub hours: Vec<u64>,
    pub lengths: Vec<u64>,
    pub languages: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PathRow {
    /// Item ids; an empty one is the beginning or the end of the visit.
    pub from: String,
    pub to: String,
    pub times: Count,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PlaceRow {
    pub unit: Unit,
    pub kiosks: u64,
    pub visits: Count,
    pub median_visit_millis: Option<u64>,
    /// Of its kiosks, those with a journal in the lake.
    pub kiosks_heard_from: u64,
    /// Those that stand there no more.
    pub kiosks_left: u64,
    /// The day of the newest record of any of them.
    pub last_heard: Option<Date>,
}

/// What is to be known of a kiosk's journals.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct KioskRow {
    pub kiosk: String,
    pub place: Unit,
    /// It stands there no more.
    pub has_left: bool,
    /// The day of its newest record.
    pub last_heard: Option<Date>,
    pub version: String,
    /// Of all its journals, to this day; in whole hundreds, rounded up.
    pub records: u64,
    /// Visits of all its journals whose day no clock told, where some could lie in the period.
    pub undated: Count,
    /// Fixed words: `gap`, `broken-chain`, `torn-tail`, `clock-jump`, `no-seal`, `unknown-key`, `bad-signature`, `lost-records`.
    pub marks: Vec<&'static str>,
}

/// A journal that figures came from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct JournalUsed {
    pub kiosk: String,
    /// BLAKE3 of the file taken in, in hexadecimal digits.
    pub hash: String,
    /// Of the whole file, in whole hundreds.
    pub first_sequence: i64,
    pub last_sequence: i64,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Figures {
    pub unit: Unit,
    pub period: Period,
    pub made_on: Date,
    /// Counts under this are hidden.
    pub threshold: u64,
    /// The period begins and ends where segments of the calendar do. Otherwise only visits by day and week are told.
    pub is_whole: bool,
    pub key: KeyFigures,
    /// Monday of the week, and visits begun in it; up to the day these figures were made on.
    pub weeks: Vec<(Date, Count)>,
    /// Visits begun on each day of the period; for a kiosk only, otherwise empty.
    pub days: Vec<(Date, Count)>,
    /// Visits begun, by weekday from Monday and hour of the day.
    pub hours: [[Count; 24]; 7],
    /// Upper end of the band in milliseconds (none for the last), and visits of that length.
    pub lengths: Vec<(Option<u64>, Count)>,
    /// Language tag, and visits that ended in it; first the one that kiosks begin in.
    pub languages: Vec<(String, Count)>,
    /// Rows are lower bounds: what they may hold on top.
    pub more: RowsMore,
    pub items: Vec<ItemRow>,
    pub all_items: ItemTotals,
    pub paths: Vec<PathRow>,
    /// Units one level below.
    pub places: Vec<PlaceRow>,
    pub kiosks: Vec<KioskRow>,
    pub journals: Vec<JournalUsed>,
}
