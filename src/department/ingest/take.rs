//! Taking one journal: whose it is, what of it is new, and the one entry in the ledger that makes it count.

use super::follow::{Followed, Run, follow};
use super::journal::Journal;
use super::refusal::Refusal;
use super::report::{JournalReport, Outcome};
use crate::department::atlas::Atlas;
use crate::department::lake::ledger::{self, Entry, FORMAT, Part, Point, Proved, Segment, Source, Taken};
use crate::department::lake::sessions::LocalHour;
use crate::department::lake::{Lake, LakeError, clock, events, marks};
use crate::visits::record::Record;
use crate::visits::seal::{Seal, read_seal};
use std::collections::BTreeMap;
use std::path::Path;

/// Records held in memory before they are written as parts.
const MAX_HELD: usize = 400_000;

/// A journal that was read to its end, and whose it is.
struct Read {
    journal: Journal,
    followed: Followed,
    kiosk: String,
    sealed: Option<Point>,
    marks: Vec<&'static str>,
}

/// Takes one journal. Errors are the lake's alone; what is wrong with the journal stands in the report.
pub async fn take(lake: &Lake, path: &Path, atlas: &dyn Atlas) -> Result<JournalReport, LakeError> {
    let read = match Journal::copy(path).and_then(|journal| read(journal, path, atlas)) {
        Ok(read) => read,
        Err(refusal) => return Ok(JournalReport::refused(path, &refusal)),
    };
    let mut report = JournalReport::of(path, &read.kiosk, &read.followed, &read.marks);
    if read.followed.records == 0 {
        report.outcome = Outcome::Empty;
        return Ok(report);
    }
    loop {
        let taken = ledger::taken(lake, &read.kiosk).await?;
        if taken.has_file(&read.journal.file) {
            report.outcome = Outcome::KnownFile;
            return Ok(report);
        }
        let (segments, proved) = match write_new(lake, &read, &taken, atlas).await? {
            Ok(new) => new,
            Err(refusal) => return Ok(JournalReport::refused(path, &refusal)),
        };
        let new = segments.iter().flat_map(|segment| &segment.parts).map(|part| part.rows).sum();
        let entry = entry(&read, segments, proved);
        // Somebody else may have taken a journal of this kiosk meanwhile: then what is new is looked for again. The
        // parts written keep lying there, named by no entry, unless the next look finds the same.
        if ledger::append(lake, &taken, &entry).await? {
            report.new_records = new;
            report.outcome = if new > 0 { Outcome::Taken } else { Outcome::NothingNew };
            return Ok(report);
        }
    }
}

fn entry(read: &Read, segments: Vec<Segment>, proved: Option<Proved>) -> Entry {
    let source = Source {
        file: read.journal.file,
        first: read.followed.first().unwrap_or(0),
        last: read.followed.last().unwrap_or(0),
        records: read.followed.records,
        sealed: read.sealed,
        marks: read.marks.iter().map(|mark| (*mark).to_owned()).collect(),
        version: read.followed.version.clone(),
    };
    Entry { format: FORMAT, kiosk: read.kiosk.clone(), source, segments, proved }
}

fn read(journal: Journal, path: &Path, atlas: &dyn Atlas) -> Result<Read, Refusal> {
    // A cut file may have lost its seal; one that cannot be read is no reason to lose the records.
    let seal = match read_seal(journal.path()) {
        Ok(seal) => seal,
        Err(_) if journal.is_cut => None,
        Err(error) => return Err(Refusal::BadSignature(error.to_string())),
    };
    let kiosk = whose(seal.as_ref(), path, atlas)?;
    let followed = follow(&journal)?;
    let sealed = seal.as_ref().map(|seal| sealed_point(seal, &followed)).transpose()?.flatten();
    // Where no gazetteer is given, nobody can tell whether it has the key.
    let unregistered = atlas.knows_keys() && seal.as_ref().is_some_and(|seal| atlas.public_key(&seal.kiosk).is_none());
    let facts = [
        (followed.has_gap(), marks::GAP),
        (followed.is_broken(), marks::BROKEN_CHAIN),
        (followed.is_torn, marks::TORN_TAIL),
        (followed.clock_jumped, marks::CLOCK_JUMP),
        (sealed.is_none(), marks::NO_SEAL),
        (unregistered, marks::UNKNOWN_KEY),
        (followed.lost, marks::LOST_RECORDS),
    ];
    let marks = facts.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect();
    Ok(Read { journal, followed, kiosk, sealed, marks })
}

/// The kiosk that sealed the journal; without a seal, the one that its folder is named by.
fn whose(seal: Option<&Seal>, path: &Path, atlas: &dyn Atlas) -> Result<String, Refusal> {
    let folder = path
        .canonicalize()
        .ok()
        .and_then(|whole| whole.parent().and_then(Path::file_name).and_then(|name| name.to_str()).map(str::to_owned));
    let Some(seal) = seal else {
        let is_id = |name: &String| {
            (1..=64).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        return folder.filter(is_id).ok_or(Refusal::NoKiosk);
    };
    seal.verify().map_err(|error| Refusal::BadSignature(error.to_string()))?;
    match atlas.public_key(&seal.kiosk) {
        Some(key) if key != seal.public_key => {
            Err(Refusal::BadSignature("the gazetteer has another key for this kiosk".to_owned()))
        }
        _ => Ok(seal.kiosk.clone()),
    }
}

/// What the seal vouches for, if the journal holds it. A journal that holds another record there was written anew.
fn sealed_point(seal: &Seal, followed: &Followed) -> Result<Option<Point>, Refusal> {
    match followed.hash(seal.sequence) {
        Some(hash) if hash.0 == seal.hash => Ok(Some(Point { sequence: seal.sequence, hash })),
        Some(_) => Err(Refusal::BadSignature(format!("record {} is another than the sealed one", seal.sequence))),
        None => Ok(None),
    }
}

/// Sequence numbers, both ends included.
type Range = (i64, i64);

/// The parts of a run that the lake does not have, and the segment it has the sealed record in.
async fn new_of(
    lake: &Lake,
    run: &Run,
    taken: &Taken,
    sealed: Option<Point>,
) -> Result<(Vec<Range>, Option<Proved>), LakeError> {
    if let Some(doubtful) = run.doubtful {
        let known = taken.segments().any(|s| {
            s.first == run.first && s.doubtful == Some(doubtful) && s.before == run.before && s.end() == end(run)
        });
        return Ok((if known { Vec::new() } else { vec![(run.first, run.first)] }, None));
    }
    let mut new = vec![(run.first, run.last())];
    let mut proved = None;
    for segment in taken.segments().filter(|segment| segment.doubtful.is_none()) {
        if let Some(covered) = covered(lake, run, segment).await? {
            new = new.into_iter().flat_map(|range| without(range, covered)).collect();
            let within = sealed.filter(|point| (covered.0..=covered.1).contains(&point.sequence));
            if let (Some(point), Some(end)) = (within, segment.end()) {
                proved = Some(Proved { end, point });
            }
        }
    }
    Ok((new, proved))
}

fn end(run: &Run) -> Option<Point> {
    run.hash(run.last()).map(|hash| Point { sequence: run.last(), hash })
}

/// The records that a segment of the ledger shares with a run.
async fn covered(lake: &Lake, run: &Run, segment: &Segment) -> Result<Option<Range>, LakeError> {
    let (first, last) = (run.first.max(segment.first), run.last().min(segment.last));
    if first > last {
        return Ok(None);
    }
    if events::hash_at(lake, segment, last).await? == run.hash(last) {
        return Ok(Some((first, last)));
    }
    let same = segment.points.iter().rev().find(|p| p.sequence >= first && run.hash(p.sequence) == Some(p.hash));
    Ok(same.map(|point| (first, point.sequence)))
}

fn without((first, last): Range, (from, to): Range) -> Vec<Range> {
    if to < first || from > last {
        return vec![(first, last)];
    }
    [(first, from - 1), (to + 1, last)].into_iter().filter(|(a, b)| a <= b).collect()
}

/// Writes what is new, and tells the segments that the ledger is to name.
async fn write_new(
    lake: &Lake,
    read: &Read,
    taken: &Taken,
    atlas: &dyn Atlas,
) -> Result<Result<(Vec<Segment>, Option<Proved>), Refusal>, LakeError> {
    let (mut segments, mut proved) = (Vec::new(), None);
    for run in &read.followed.runs {
        let (new, found) = new_of(lake, run, taken, read.sealed).await?;
        proved = proved.or(found);
        for (first, last) in new {
            let parts = match write_range(lake, read, (first, last), atlas).await? {
                Ok(parts) => parts,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let before = run.hash(first - 1);
            let points = run.points(first, last, read.sealed);
            segments.push(Segment { first, last, before, points, doubtful: run.doubtful, parts });
        }
    }
    Ok(Ok((segments, proved)))
}

async fn write_range(
    lake: &Lake,
    read: &Read,
    (first, last): Range,
    atlas: &dyn Atlas,
) -> Result<Result<Vec<Part>, Refusal>, LakeError> {
    let mut parts = Vec::new();
    let mut next = first;
    while next <= last {
        let until = last.min(next.saturating_add(MAX_HELD as i64 - 1));
        let mut sorting = Sorting { kiosk: &read.kiosk, atlas, province: String::new(), held: BTreeMap::new() };
        let took = read.journal.read(next, until, |record, _| {
            sorting.put(record);
            Ok(())
        });
        if let Err(refusal) = took {
            return Ok(Err(refusal));
        }
        for ((province, month), records) in sorting.held {
            parts.extend(events::write(lake, &read.kiosk, &province, &month, &records).await?);
        }
        next = until + 1;
    }
    Ok(Ok(parts))
}

/// Records by the folder they belong in.
struct Sorting<'a> {
    kiosk: &'a str,
    atlas: &'a dyn Atlas,
    /// Of the last record whose time was known.
    province: String,
    held: BTreeMap<(String, String), Vec<Record>>,
}

impl Sorting<'_> {
    fn put(&mut self, record: Record) {
        let local = clock::is_plausible(record.wall_millis).then(|| LocalHour::of(record.wall_millis)).flatten();
        if let Some(date) = local.and_then(|local| events::date_of(local.day)) {
            let province = self.atlas.province_of(self.kiosk, date);
            self.province = province.filter(|code| is_folder(code)).unwrap_or_default();
        }
        let province = if self.province.is_empty() { events::UNKNOWN } else { &self.province };
        let key = (province.to_owned(), events::month_of(record.wall_millis));
        self.held.entry(key).or_default().push(record);
    }
}

/// A code that an office wrote becomes the name of a folder only when it is a plain word.
fn is_folder(code: &str) -> bool {
    !code.is_empty() && code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_is_taken_out_of_a_range() {
        assert_eq!(without((1, 10), (4, 6)), [(1, 3), (7, 10)]);
        assert_eq!(without((1, 10), (1, 10)), []);
        assert_eq!(without((1, 10), (11, 20)), [(1, 10)]);
        assert_eq!(without((5, 10), (1, 7)), [(8, 10)]);
    }

    #[test]
    fn a_province_code_never_leads_out_of_its_folder() {
        assert!(is_folder("48"));
        for bad in ["", "..", "a/b", "a=b", "đn"] {
            assert!(!is_folder(bad), "{bad}");
        }
    }
}
