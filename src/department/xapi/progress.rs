//! What a learning record store has acknowledged, in a file that is whole through power cuts. It holds up to which record
//! of each kiosk everything is settled, and what the store would not take.

use super::names::Base;
use crate::base::files::{read_capped, write_whole};
use crate::base::ids::hex;
use crate::diagnostics::cause;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Everything up to this record was taken or refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub sequence: i64,
    pub hash: [u8; 32],
    /// Records that the store would not take, and why.
    pub refused: BTreeMap<i64, String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ProgressError {
    #[error("{}: không đọc hay ghi được: {} · cannot be read or written: {}", path.display(), cause(source).vi, cause(source).en)]
    File { path: PathBuf, source: io::Error },
    #[error(
        "{}: tệp này hỏng hoặc thuộc phiên bản khác; xóa đi thì mọi bản ghi được gửi lại, không bản nào bị nhân đôi · \
         this file is damaged or of another version; without it everything is sent again, and nothing is doubled",
        path.display()
    )]
    Malformed { path: PathBuf },
    #[error(
        "{}: tệp này thuộc về {kept}, không phải {wanted}; hãy dùng tệp khác · this file belongs to {kept}, not to \
         {wanted}; use another",
        path.display()
    )]
    OtherPlace { path: PathBuf, kept: String, wanted: String },
}

/// The file and what stands in it.
#[derive(Debug)]
pub struct Progress {
    path: PathBuf,
    base: String,
    store: String,
    kiosks: BTreeMap<String, Settled>,
}

impl Progress {
    /// Of this file, or of the beginning when there is none. A file of another base or store is refused: statements under
    /// another base would be others under the same ids.
    pub fn open(path: &Path, base: &Base, store: &str) -> Result<Self, ProgressError> {
        let (base, store) = (base.as_str().to_owned(), store.to_owned());
        let fresh = Self { path: path.to_owned(), base, store, kiosks: BTreeMap::new() };
        let bytes = match read_capped(path, MAX_FILE_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(fresh),
            Err(source) => return Err(ProgressError::File { path: path.to_owned(), source }),
        };
        let read = serde_json::from_slice(&bytes).ok().and_then(|value| parts(&value));
        let (kept_base, kept_store, kiosks) = read.ok_or(ProgressError::Malformed { path: path.to_owned() })?;
        for (kept, wanted) in [(kept_base, &fresh.base), (kept_store, &fresh.store)] {
            if kept != *wanted {
                return Err(ProgressError::OtherPlace { path: path.to_owned(), kept, wanted: wanted.clone() });
            }
        }
        Ok(Self { kiosks, ..fresh })
    }

    pub fn of(&self, kiosk: &str) -> Settled {
        self.kiosks.get(kiosk).cloned().unwrap_or_default()
    }

    /// Writes down what is settled; only what this tells is never sent again.
    pub fn settle(&mut self, kiosk: &str, settled: Settled) -> Result<(), ProgressError> {
        self.kiosks.insert(kiosk.to_owned(), settled);
        let text = format!("{:#}\n", self.value());
        write_whole(&self.path, text.as_bytes())
            .map_err(|source| ProgressError::File { path: self.path.clone(), source })
    }

    /// Of every kiosk.
    pub fn refused(&self) -> usize {
        self.kiosks.values().map(|settled| settled.refused.len()).sum()
    }

    fn value(&self) -> Value {
        let kiosk = |settled: &Settled| {
            let refused = settled.refused.iter().map(|(sequence, why)| json!({ "sequence": sequence, "why": why }));
            let refused: Vec<Value> = refused.collect();
            json!({ "sequence": settled.sequence, "hash": hex(&settled.hash), "refused": refused })
        };
        let kiosks: Map<String, Value> = self.kiosks.iter().map(|(id, settled)| (id.clone(), kiosk(settled))).collect();
        json!({ "version": 1, "base": self.base, "store": self.store, "kiosks": kiosks })
    }
}

type Parts = (String, String, BTreeMap<String, Settled>);

fn parts(value: &Value) -> Option<Parts> {
    if value["version"] != 1 {
        return None;
    }
    let kiosks = value["kiosks"].as_object()?.iter();
    let kiosks = kiosks.map(|(id, kiosk)| Some((id.clone(), settled(kiosk)?))).collect::<Option<_>>()?;
    Some((value["base"].as_str()?.to_owned(), value["store"].as_str()?.to_owned(), kiosks))
}

fn settled(value: &Value) -> Option<Settled> {
    let refusal = |value: &Value| Some((value["sequence"].as_i64()?, value["why"].as_str()?.to_owned()));
    let sequence = value["sequence"].as_i64().filter(|sequence| *sequence >= 1)?;
    let hash = blake3::Hash::from_hex(value["hash"].as_str()?).ok()?;
    let refused = value["refused"].as_array()?.iter().map(refusal).collect::<Option<_>>()?;
    Some(Settled { sequence, hash: *hash.as_bytes(), refused })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Base {
        Base::new("https://a.vn").expect("base")
    }

    #[test]
    fn what_is_settled_is_read_back() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("state.json");
        let mut progress = Progress::open(&path, &base(), "http://localhost").expect("opened");
        assert_eq!(progress.of("k"), Settled::default());
        let settled = Settled { sequence: 40, hash: [7; 32], refused: [(3, "no \"reason\"".to_owned())].into() };
        progress.settle("k", settled.clone()).expect("written");
        let again = Progress::open(&path, &base(), "http://localhost").expect("opened");
        assert_eq!((again.of("k"), again.refused()), (settled, 1));
    }

    #[test]
    fn a_file_of_another_place_or_a_damaged_one_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("state.json");
        let mut progress = Progress::open(&path, &base(), "http://localhost").expect("opened");
        progress.settle("k", Settled { sequence: 1, ..Settled::default() }).expect("written");
        let other = Base::new("https://b.vn").expect("base");
        assert!(matches!(Progress::open(&path, &other, "http://localhost"), Err(ProgressError::OtherPlace { .. })));
        assert!(matches!(Progress::open(&path, &base(), "http://other"), Err(ProgressError::OtherPlace { .. })));
        let good = std::fs::read_to_string(&path).expect("read");
        let damaged =
            [String::new(), good[..good.len() / 2].to_owned(), good.replace("\"sequence\": 1", "\"sequence\": -1")];
        for damaged in damaged {
            std::fs::write(&path, &damaged).expect("written");
            let opened = Progress::open(&path, &base(), "http://localhost");
            assert!(matches!(opened, Err(ProgressError::Malformed { .. })), "{damaged}");
            assert_eq!(std::fs::read_to_string(&path).expect("read"), damaged);
        }
    }
}
