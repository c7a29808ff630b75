//! The journal as CSV: one line a record, and one line a visit.

use super::record::Record;
use std::fmt::Write;

/// UTF-8 byte order mark, so that spreadsheets read the file as UTF-8.
const BOM: char = '\u{feff}';

/// Every record, in order. Times are ISO 8601 in UTC.
pub fn csv(records: &[Record]) -> String {
    let mut out = String::from(BOM);
    out.push_str("sequence,time_utc,monotonic_ms,boot,visit,kind,subject,detail,amount\r\n");
    for r in records {
        // Writing to a String cannot fail; no column can hold a comma or a quotation mark.
        let _ = write!(
            out,
            "{},{},{},{},{},{},{},{},{}\r\n",
            r.sequence,
            time_text(r.wall_millis),
            r.monotonic_millis,
            r.boot,
            r.visit,
            r.kind,
            r.subject,
            r.detail,
            r.amount
        );
    }
    out
}

/// ISO 8601 in UTC to the second; impossible times are left empty.
pub fn time_text(wall_millis: i64) -> String {
    jiff::Timestamp::from_second(wall_millis.div_euclid(1000)).map_or_else(|_| String::new(), |t| t.to_string())
}

/// What one visit came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    pub token: String,
    pub start_wall_millis: i64,
    pub millis: i64,
    /// `finished`, `idle` or `stopped`; empty when the kiosk lost power before the end.
    pub ending: String,
    pub items: usize,
    pub narrations_heard: usize,
    pub sources_opened: usize,
}

/// The visits of a journal, in order of their start.
pub fn visits(records: &[Record]) -> Vec<Visit> {
    let mut visits: Vec<Visit> = Vec::new();
    for r in records.iter().filter(|r| !r.visit.is_empty()) {
        if visits.last().is_none_or(|v| v.token != r.visit) {
            visits.push(Visit { token: r.visit.clone(), start_wall_millis: r.wall_millis, ..Visit::default() });
        }
        let Some(visit) = visits.last_mut() else { continue };
        match r.kind.as_str() {
            "visit-ended" => {
                visit.millis = r.amount;
                visit.ending.clone_from(&r.detail);
            }
            "item-opened" => visit.items += 1,
            "narration-finished" => visit.narrations_heard += 1,
            "source-opened" => visit.sources_opened += 1,
            _ => {}
        }
    }
    visits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(visit: &str, kind: &str, amount: i64) -> Record {
        Record {
            sequence: 1,
            boot: String::new(),
            monotonic_millis: 0,
            wall_millis: 1_700_000_000_000,
            visit: visit.into(),
            kind: kind.into(),
            subject: String::new(),
            detail: if kind == "visit-ended" { "idle".into() } else { String::new() },
            amount,
        }
    }

    #[test]
    fn a_visit_is_what_lies_between_its_first_and_last_record() {
        let records = [
            record("", "kiosk-started", 0),
            record("a", "visit-started", 0),
            record("a", "item-opened", 0),
            record("a", "item-opened", 0),
            record("a", "visit-ended", 90_000),
            record("b", "visit-started", 0),
        ];
        let visits = visits(&records);
        assert_eq!(visits.len(), 2);
        assert_eq!((visits[0].items, visits[0].millis, visits[0].ending.as_str()), (2, 90_000, "idle"));
        assert_eq!(visits[1].ending, "");
    }

    #[test]
    fn csv_opens_in_a_spreadsheet() {
        let text = csv(&[record("a", "visit-started", 7)]);
        assert!(text.starts_with('\u{feff}'));
        assert!(text.ends_with("1,2023-11-14T22:13:20Z,0,,a,visit-started,,,7\r\n"), "{text}");
    }
}
