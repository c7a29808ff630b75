//! The tables made from the records, kept by shelf: the kiosks of one province whose id hashes to one bucket. What is
//! on a shelf is named by what it was made from, so it is made once, by whoever comes first, and never out of date.

use super::derive::{Health, Kiosk, derive};
use super::ledger::{self, Digest};
use super::rollup;
use super::sessions::Visit;
use super::tables::Table;
use super::{BUCKETS, Lake, LakeError, events};
use futures::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Raised whenever the rule by which records become tables changes: then everything is made anew.
const RULES: u32 = 5;
/// Lists of what was made, on their way at one time.
const READ_AT_ONCE: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shelf {
    pub province: String,
    pub bucket: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadePart {
    pub path: String,
    pub rows: u64,
}

/// What was made for a shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub rules: u32,
    /// By table.
    pub parts: BTreeMap<String, Vec<MadePart>>,
    pub kiosks: Vec<Health>,
}

/// The lake at one moment: which records count, and the tables made from them.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub kiosks: BTreeMap<String, Kiosk>,
    pub made: Vec<Made>,
}

impl Snapshot {
    /// Files of a table that are to be read.
    pub fn files(&self, table: Table) -> Vec<String> {
        let parts = self.made.iter().filter_map(|made| made.parts.get(table.name())).flatten();
        parts.map(|part| part.path.clone()).collect()
    }

    pub fn health(&self) -> impl Iterator<Item = &Health> {
        self.made.iter().flat_map(|made| &made.kiosks)
    }

    /// The hash of everything that figures depend on.
    pub fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new_derive_key("haidang visit lake, snapshot, version 1");
        for kiosk in self.kiosks.values() {
            feed(&mut hasher, kiosk);
        }
        Digest(*hasher.finalize().as_bytes())
    }
}

/// Reads the ledger and picks the records that count; makes nothing.
pub async fn kiosks(lake: &Lake) -> Result<BTreeMap<String, Kiosk>, LakeError> {
    let ledger = ledger::all(lake).await?;
    Ok(ledger.into_iter().map(|(id, taken)| (id.clone(), Kiosk::of(id, taken))).collect())
}

/// Reads the ledger, and makes what is not yet made.
pub async fn snapshot(lake: &Lake) -> Result<Snapshot, LakeError> {
    let kiosks = kiosks(lake).await?;
    let shelves = shelves(&kiosks);
    // What is there is read at once; what is not is made one after the other, for a shelf takes memory.
    let there = stream::iter(shelves.iter()).map(|(shelf, kiosks)| made_before(lake, shelf, kiosks));
    let there: Vec<Option<Made>> = there.buffered(READ_AT_ONCE).try_collect().await?;
    let mut made = Vec::with_capacity(there.len());
    for ((shelf, kiosks), there) in shelves.iter().zip(there) {
        made.push(match there {
            Some(made) => made,
            None => make(lake, shelf, kiosks).await?,
        });
    }
    Ok(Snapshot { made, kiosks })
}

pub fn shelves(kiosks: &BTreeMap<String, Kiosk>) -> BTreeMap<Shelf, Vec<&Kiosk>> {
    let mut shelves: BTreeMap<Shelf, Vec<&Kiosk>> = BTreeMap::new();
    for kiosk in kiosks.values() {
        let bucket = blake3::hash(kiosk.id.as_bytes()).as_bytes()[0] % BUCKETS;
        shelves.entry(Shelf { province: kiosk.province.clone(), bucket }).or_default().push(kiosk);
    }
    shelves
}

fn feed(hasher: &mut blake3::Hasher, kiosk: &Kiosk) {
    let mut text = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    text(&kiosk.id);
    let segments: Vec<_> = kiosk.taken.segments().collect();
    for piece in &kiosk.chosen.pieces {
        text(&format!("{} {}", piece.from, piece.to));
        for part in segments.get(piece.segment).iter().flat_map(|segment| &segment.parts) {
            text(&part.blake3.hex());
        }
    }
    for entry in &kiosk.taken.entries {
        text(&entry.source.file.hex());
        text(&entry.source.marks.join(" "));
    }
}

fn inputs(kiosks: &[&Kiosk]) -> Digest {
    let mut hasher = blake3::Hasher::new_derive_key("haidang visit lake, shelf, version 1");
    hasher.update(&RULES.to_le_bytes());
    for kiosk in kiosks {
        feed(&mut hasher, kiosk);
    }
    Digest(*hasher.finalize().as_bytes())
}

fn made_path(shelf: &Shelf, kiosks: &[&Kiosk]) -> String {
    format!("made/{}/{:02}/{}.json", shelf.province, shelf.bucket, &inputs(kiosks).hex()[..32])
}

async fn made_before(lake: &Lake, shelf: &Shelf, kiosks: &[&Kiosk]) -> Result<Option<Made>, LakeError> {
    let path = made_path(shelf, kiosks);
    let Some(bytes) = lake.get_if_there(&path).await? else { return Ok(None) };
    serde_json::from_slice(&bytes).map(Some).map_err(|error| LakeError::Damaged { path, why: error.to_string() })
}

/// Makes every table again from the records and compares it byte by byte with the one that is read. The files that
/// differ, or that are missing.
pub async fn check(lake: &Lake, snapshot: &Snapshot) -> Result<Vec<String>, LakeError> {
    let mut differing = Vec::new();
    for ((shelf, kiosks), there) in shelves(&snapshot.kiosks).into_iter().zip(&snapshot.made) {
        let (made, files) = tables_of(lake, &shelf, &kiosks).await?;
        if made != *there {
            differing.push(format!("{} {:02}", shelf.province, shelf.bucket));
        }
        for (path, bytes) in files {
            if lake.get_if_there(&path).await?.is_none_or(|there| there != bytes) {
                differing.push(path);
            }
        }
    }
    Ok(differing)
}

/// Makes a shelf's tables from its records, without looking at what was made before.
async fn make(lake: &Lake, shelf: &Shelf, kiosks: &[&Kiosk]) -> Result<Made, LakeError> {
    let (made, files) = tables_of(lake, shelf, kiosks).await?;
    for (path, bytes) in files {
        lake.put_new(&path, bytes).await?;
    }
    let path = made_path(shelf, kiosks);
    let bytes = serde_json::to_vec_pretty(&made)
        .map_err(|error| LakeError::Damaged { path: path.clone(), why: error.to_string() })?;
    lake.put_new(&path, bytes).await?;
    Ok(made)
}

/// Paths and contents of the files of a shelf.
type Files = Vec<(String, Vec<u8>)>;

async fn tables_of(lake: &Lake, shelf: &Shelf, kiosks: &[&Kiosk]) -> Result<(Made, Files), LakeError> {
    let mut files = Files::new();
    let mut made = Made { rules: RULES, ..Made::default() };
    let mut derived = Vec::with_capacity(kiosks.len());
    for kiosk in kiosks {
        let (visits, health) = derive(lake, kiosk).await?;
        made.kiosks.push(health);
        derived.push((kiosk.id.as_str(), visits));
    }
    for (year, kiosks) in by_year(&derived) {
        for (table, rows, bytes) in rollup::tables(&kiosks)? {
            let hash = Digest(*blake3::hash(&bytes).as_bytes()).hex();
            let folder = format!("{}/province={}/year={year}", table.name(), shelf.province);
            let path = format!("{folder}/{:02}-{}.parquet", shelf.bucket, &hash[..32]);
            made.parts.entry(table.name().to_owned()).or_default().push(MadePart { path: path.clone(), rows });
            files.push((path, bytes));
        }
    }
    Ok((made, files))
}

type OfYear<'a> = Vec<(&'a str, Vec<&'a Visit>)>;

/// Visits by the year they began in, so that a year that is over stays in the files it has.
fn by_year<'a>(derived: &'a [(&'a str, Vec<Visit>)]) -> BTreeMap<String, OfYear<'a>> {
    let mut years: BTreeMap<String, OfYear<'a>> = BTreeMap::new();
    for (kiosk, visits) in derived {
        let mut mine: BTreeMap<String, Vec<&Visit>> = BTreeMap::new();
        for visit in visits {
            let date = visit.begun.and_then(|begun| events::date_of(begun.day));
            let year = date.map_or_else(|| events::UNKNOWN.to_owned(), |date| format!("{:04}", date.year()));
            mine.entry(year).or_default().push(visit);
        }
        for (year, visits) in mine {
            years.entry(year).or_default().push((kiosk, visits));
        }
    }
    years
}
