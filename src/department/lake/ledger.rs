//! The ledger: what has been taken into the lake. One folder a kiosk, one small file for each journal taken, numbered
//! from 1 and never changed. A part that no entry names is not read.

use super::{Lake, LakeError};
use futures::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of an entry; a later one is refused, not guessed at.
pub const FORMAT: u32 = 1;
/// Entries on their way at one time.
const READ_AT_ONCE: usize = 64;

/// A BLAKE3 hash, written as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    pub fn hex(&self) -> String {
        crate::base::ids::hex(&self.0)
    }

    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |d: u8| char::from(d).to_digit(16);
            *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
        }
        Some(Self(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| serde::de::Error::custom("no hash of 64 hexadecimal digits"))
    }
}

/// The hash of the chain at a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    pub sequence: i64,
    pub hash: Digest,
}

/// A Parquet file of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub path: String,
    pub province: String,
    pub first: i64,
    pub last: i64,
    pub rows: u64,
    pub bytes: u64,
    pub blake3: Digest,
}

/// Records that follow one another without a gap, as one journal had them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub first: i64,
    pub last: i64,
    /// The hash before the first record; none when that record is not there.
    pub before: Option<Digest>,
    /// The hash at some of its records, always at the last.
    pub points: Vec<Point>,
    /// One record whose hash does not fit what it holds: this is the hash that would. None for sound records.
    pub doubtful: Option<Digest>,
    pub parts: Vec<Part>,
}

impl Segment {
    pub fn end(&self) -> Option<Point> {
        self.points.last().copied()
    }

    /// The stored hash at a record, where one is kept.
    pub fn hash_at(&self, sequence: i64) -> Option<Digest> {
        let at = self.points.binary_search_by_key(&sequence, |point| point.sequence).ok()?;
        self.points.get(at).map(|point| point.hash)
    }
}

/// A journal that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// BLAKE3 of the file.
    pub file: Digest,
    pub first: i64,
    pub last: i64,
    pub records: u64,
    /// What the kiosk's own signature vouches for.
    pub sealed: Option<Point>,
    /// Fixed words, see [`super::marks`].
    pub marks: Vec<String>,
    /// The kiosk's version, as its newest start told.
    pub version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub format: u32,
    pub kiosk: String,
    pub source: Source,
    pub segments: Vec<Segment>,
    /// What this journal's signature vouches for in records that were taken before.
    pub proved: Option<Proved>,
}

/// A point that was found to lie on a segment taken earlier, named by its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    pub end: Point,
    pub point: Point,
}

/// Everything that was taken from one kiosk, in the order it was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub entries: Vec<Entry>,
}

impl Taken {
    fn push(&mut self, entry: Entry) {
        let proved = entry.proved;
        self.entries.push(entry);
        let Some(Proved { end, point }) = proved else { return };
        let segments = self.entries.iter_mut().flat_map(|entry| &mut entry.segments);
        for segment in segments.filter(|segment| segment.doubtful.is_none() && segment.end() == Some(end)) {
            if let Err(at) = segment.points.binary_search(&point) {
                segment.points.insert(at, point);
            }
        }
    }

    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.entries.iter().flat_map(|entry| &entry.segments)
    }

    pub fn has_file(&self, file: &Digest) -> bool {
        self.entries.iter().any(|entry| entry.source.file == *file)
    }

    pub fn sealed(&self) -> Vec<Point> {
        self.entries.iter().filter_map(|entry| entry.source.sealed).collect()
    }
}

fn path_of(kiosk: &str, number: usize) -> String {
    format!("ledger/{kiosk}/{number:08}.json")
}

/// Reads what was taken from one kiosk.
pub async fn taken(lake: &Lake, kiosk: &str) -> Result<Taken, LakeError> {
    let mut taken = Taken::default();
    extend(lake, kiosk, &mut taken).await?;
    Ok(taken)
}

/// Reads entries that came since.
async fn extend(lake: &Lake, kiosk: &str, taken: &mut Taken) -> Result<(), LakeError> {
    while let Some(entry) = read_entry(lake, kiosk, taken.entries.len() + 1).await? {
        taken.push(entry);
    }
    Ok(())
}

async fn read_entry(lake: &Lake, kiosk: &str, number: usize) -> Result<Option<Entry>, LakeError> {
    let path = path_of(kiosk, number);
    let Some(bytes) = lake.get_if_there(&path).await? else { return Ok(None) };
    let entry: Entry = serde_json::from_slice(&bytes)
        .map_err(|error| LakeError::Damaged { path: path.clone(), why: error.to_string() })?;
    if entry.format != FORMAT || entry.kiosk != kiosk {
        let why = format!("format {} of kiosk {} where format {FORMAT} of {kiosk} belongs", entry.format, entry.kiosk);
        return Err(LakeError::Damaged { path, why });
    }
    Ok(Some(entry))
}

/// The ledger of every kiosk.
pub async fn all(lake: &Lake) -> Result<BTreeMap<String, Taken>, LakeError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in lake.list("ledger").await? {
        if let Some((kiosk, file)) = path.strip_prefix("ledger/").and_then(|rest| rest.split_once('/'))
            && let Some(number) = file.strip_suffix(".json").and_then(|number| number.parse::<usize>().ok())
        {
            let count = counts.entry(kiosk.to_owned()).or_default();
            *count = number.max(*count);
        }
    }
    let mut ledger: BTreeMap<String, Taken> = BTreeMap::new();
    // Many at once, and handed out in their order: each waits for the disk or the network much longer than for us.
    let numbers = counts.iter().flat_map(|(kiosk, count)| (1..=*count).map(move |number| (kiosk.as_str(), number)));
    let mut entries = stream::iter(numbers).map(|(kiosk, number)| there(lake, kiosk, number)).buffered(READ_AT_ONCE);
    while let Some(entry) = entries.try_next().await? {
        ledger.entry(entry.kiosk.clone()).or_default().push(entry);
    }
    Ok(ledger)
}

/// An entry that must be there, for a later one is.
async fn there(lake: &Lake, kiosk: &str, number: usize) -> Result<Entry, LakeError> {
    read_entry(lake, kiosk, number).await?.ok_or_else(|| LakeError::Damaged {
        path: path_of(kiosk, number),
        why: "an entry of the ledger is missing".to_owned(),
    })
}

/// Adds an entry after those in `taken`. `false`: somebody else added one meanwhile; look again and decide anew.
pub async fn append(lake: &Lake, taken: &Taken, entry: &Entry) -> Result<bool, LakeError> {
    let path = path_of(&entry.kiosk, taken.entries.len() + 1);
    let bytes = serde_json::to_vec_pretty(entry)
        .map_err(|error| LakeError::Damaged { path: path.clone(), why: error.to_string() })?;
    lake.put_new(&path, bytes).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_written_and_nothing_else_is() {
        let digest = Digest(*blake3::hash(b"a").as_bytes());
        assert_eq!(Digest::from_hex(&digest.hex()), Some(digest));
        for bad in ["", "ab", &"g".repeat(64), &"đ".repeat(32)] {
            assert_eq!(Digest::from_hex(bad), None, "{bad}");
        }
    }
}
