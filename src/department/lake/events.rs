//! Records as Parquet: `event/province=…/month=YYYY-MM/kiosk=…/<hash>.parquet`, read back for the making of tables.

use super::chain::Piece;
use super::clock;
use super::ledger::{Digest, Part, Segment};
use super::{Lake, LakeError, event_file};
use crate::visits::record::Record;

/// The folder for kiosks that the gazetteer does not know, and for times that no clock told.
pub const UNKNOWN: &str = "unknown";

/// `YYYY-MM` in Vietnam as the record's own clock had it. The folder serves order only: no figure depends on it.
pub fn month_of(wall_millis: i64) -> String {
    let known = clock::is_plausible(wall_millis).then(|| super::sessions::LocalHour::of(wall_millis)).flatten();
    let date = known.and_then(|local| date_of(local.day));
    date.map_or_else(|| UNKNOWN.to_owned(), |d| format!("{:04}-{:02}", d.year(), d.month()))
}

/// The date that lies so many days after the first of 1970.
pub fn date_of(days: i32) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Days since the first of 1970.
pub fn days_of(date: jiff::civil::Date) -> i32 {
    date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// Writes records of one kiosk, province and month; they are in order of sequence and not empty.
pub async fn write(
    lake: &Lake,
    kiosk: &str,
    province: &str,
    month: &str,
    records: &[Record],
) -> Result<Option<Part>, LakeError> {
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return Ok(None) };
    let bytes = event_file::encode(kiosk, records)?;
    let blake3 = Digest(*blake3::hash(&bytes).as_bytes());
    let path = format!("event/province={province}/month={month}/kiosk={kiosk}/{}.parquet", &blake3.hex()[..32]);
    let part = Part {
        path,
        province: province.to_owned(),
        first: first.sequence,
        last: last.sequence,
        rows: records.len() as u64,
        bytes: bytes.len() as u64,
        blake3,
    };
    lake.put_new(&part.path, bytes).await?;
    Ok(Some(part))
}

/// The records of a part, checked against the hash that the ledger has of the file.
pub async fn read(lake: &Lake, part: &Part) -> Result<Vec<Record>, LakeError> {
    let damaged = |why: String| LakeError::Damaged { path: part.path.clone(), why };
    let file = lake.open_file(&part.path).await?;
    if *blake3::hash(&file).as_bytes() != part.blake3.0 {
        return Err(damaged("its content is not what the ledger tells".to_owned()));
    }
    event_file::decode(file).map_err(damaged)
}

/// The records of the pieces picked, in order of sequence.
pub async fn read_pieces(lake: &Lake, segments: &[&Segment], pieces: &[Piece]) -> Result<Vec<Record>, LakeError> {
    let mut records = Vec::new();
    for piece in pieces {
        let Some(segment) = segments.get(piece.segment) else { continue };
        for part in segment.parts.iter().filter(|part| part.first <= piece.to && part.last >= piece.from) {
            let read = read(lake, part).await?;
            records.extend(read.into_iter().filter(|r| (piece.from..=piece.to).contains(&r.sequence)));
        }
    }
    records.sort_by_key(|record| record.sequence);
    Ok(records)
}

/// The hash of the chain at a record of a segment, worked out from the records kept.
pub async fn hash_at(lake: &Lake, segment: &Segment, sequence: i64) -> Result<Option<Digest>, LakeError> {
    if let Some(hash) = segment.hash_at(sequence) {
        return Ok(Some(hash));
    }
    if segment.doubtful.is_some() || !(segment.first..=segment.last).contains(&sequence) {
        return Ok(None);
    }
    let known = segment.points.iter().rev().find(|point| point.sequence < sequence);
    let (after, hash) = match (known, segment.before) {
        (Some(point), _) => (point.sequence, point.hash),
        (None, Some(before)) => (segment.first - 1, before),
        // The first record's own hash cannot be worked out, and no other is known before this one.
        (None, None) => return Ok(None),
    };
    let piece = Piece { segment: 0, from: after + 1, to: sequence };
    let records = read_pieces(lake, &[segment], &[piece]).await?;
    Ok(Some(Digest(records.iter().fold(hash.0, |hash, record| record.hash(&hash)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_vietnams_and_a_dead_clock_has_none() {
        // 2026-01-31 17:30 in UTC is February in Vietnam.
        assert_eq!(month_of(1_769_880_600_000), "2026-02");
        assert_eq!(month_of(0), UNKNOWN);
    }

    #[test]
    fn days_are_counted_there_and_back() {
        let date = jiff::civil::date(2026, 2, 28);
        assert_eq!(date_of(days_of(date)), Some(date));
        assert_eq!(days_of(jiff::civil::date(1970, 1, 2)), 1);
    }
}
