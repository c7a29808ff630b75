//! Where each kiosk is on which days, as rows of `placement`: looked up once for a run of records.

use datafusion::arrow::array::{Array, Date32Array, StringViewArray};
use std::collections::HashMap;

/// No place: the kiosk is not asked about, or not on this day.
pub const NOWHERE: u32 = u32::MAX;

/// Days of a kiosk, both included, and the row of `placement` that is theirs.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: i32,
    last: i32,
    row: u32,
}

/// A kiosk's spans, in order and apart from each other.
#[derive(Debug, Default)]
pub struct Spans(HashMap<String, Vec<Span>>);

impl Spans {
    /// None where a kiosk is at two places on one day.
    pub fn new(kiosks: &StringViewArray, first: &Date32Array, last: &Date32Array, within: (i32, i32)) -> Option<Self> {
        let mut all: HashMap<String, Vec<Span>> = HashMap::new();
        for ((at, kiosk), (first, last)) in (0..).zip(kiosks).zip(first.iter().zip(last)) {
            let (Some(kiosk), Some(first), Some(last)) = (kiosk, first, last) else { continue };
            let (first, last) = (first.max(within.0), last.min(within.1));
            if first <= last {
                all.entry(kiosk.to_owned()).or_default().push(Span { first, last, row: at });
            }
        }
        for spans in all.values_mut() {
            spans.sort_by_key(|span| span.first);
            if spans.windows(2).any(|two| two[0].last >= two[1].first) {
                return None;
            }
        }
        Some(Self(all))
    }

    /// In order.
    pub fn kiosks(&self) -> Vec<&str> {
        let mut kiosks: Vec<&str> = self.0.keys().map(String::as_str).collect();
        kiosks.sort_unstable();
        kiosks
    }

    /// The row of every record, [`NOWHERE`] where there is none.
    pub fn rows(&self, kiosks: &StringViewArray, days: &Date32Array) -> Vec<u32> {
        let mut rows = vec![NOWHERE; kiosks.len()];
        let mut begun = 0;
        // Equal views of one array are equal texts; equal texts may have two views, which only costs a look-up.
        for views in kiosks.views().chunk_by(|a, b| a == b) {
            let run = begun..begun + views.len();
            for span in self.0.get(kiosks.value(begun)).into_iter().flatten() {
                span.mark(&days.values()[run.clone()], &mut rows[run.clone()]);
            }
            begun = run.end;
        }
        if kiosks.null_count() + days.null_count() > 0 {
            let unknown = |at: &usize| kiosks.is_null(*at) || days.is_null(*at);
            (0..rows.len()).filter(unknown).for_each(|at| rows[at] = NOWHERE);
        }
        rows
    }
}

impl Span {
    /// Without a branch: days come in any order.
    fn mark(self, days: &[i32], rows: &mut [u32]) {
        for (day, row) in days.iter().zip(rows) {
            let is_within = self.first <= *day && *day <= self.last;
            *row = if is_within { self.row } else { *row };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(rows: &[(&str, i32, i32)], within: (i32, i32)) -> Option<Spans> {
        let kiosks = StringViewArray::from_iter_values(rows.iter().map(|row| row.0));
        let days = |day: fn(&(&str, i32, i32)) -> i32| Date32Array::from_iter_values(rows.iter().map(day));
        Spans::new(&kiosks, &days(|row| row.1), &days(|row| row.2), within)
    }

    #[test]
    fn a_record_has_the_row_of_its_day_in_whatever_order_days_come() {
        let long = "a-kiosk-with-a-long-name";
        let spans = spans(&[("a", 10, 19), (long, 1, 30), ("a", 30, 39), ("a", 20, 20)], (2, 35)).unwrap();
        let records = [
            ("a", 9, NOWHERE),
            ("a", 10, 0),
            ("a", 20, 3),
            ("a", 19, 0),
            ("a", 25, NOWHERE),
            ("a", 35, 2),
            ("a", 36, NOWHERE),
            (long, 1, NOWHERE),
            (long, 2, 1),
            ("b", 20, NOWHERE),
            ("a", 30, 2),
        ];
        let kiosks = StringViewArray::from_iter_values(records.iter().map(|record| record.0));
        let days = Date32Array::from_iter_values(records.iter().map(|record| record.1));
        assert_eq!(spans.rows(&kiosks, &days), records.map(|record| record.2));
        assert_eq!(spans.kiosks(), ["a", long]);
    }

    #[test]
    fn a_record_without_kiosk_or_day_is_nowhere() {
        let spans = spans(&[("a", 0, 19)], (i32::MIN, i32::MAX)).unwrap();
        let kiosks = StringViewArray::from_iter([Some("a"), None, Some("a")]);
        assert_eq!(spans.rows(&kiosks, &Date32Array::from(vec![Some(1), Some(1), None])), [0, NOWHERE, NOWHERE]);
    }

    #[test]
    fn a_kiosk_cannot_be_twice_on_one_day() {
        assert!(spans(&[("a", 0, 5), ("a", 5, 9)], (0, 9)).is_none());
        assert!(spans(&[("a", 0, 5), ("a", 6, 9), ("b", 5, 9), ("a", 3, 2)], (0, 9)).is_some());
    }
}
