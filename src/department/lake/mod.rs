//! The lake: records of many kiosks as Parquet files in a local folder or on S3-compatible storage, the ledger of what
//! was taken, and the tables made from it. Every file is written once, under the name of its own content, and never
//! changed; docs/lake.md tells the layout.

pub mod chain;
pub mod clock;
pub mod derive;
mod event_file;
pub mod events;
pub mod ledger;
pub mod marks;
pub mod rollup;
mod schemas;
pub mod sessions;
mod storage;
pub mod tables;
pub mod units;

use crate::diagnostics::{Said, cause};
use datafusion::parquet::file::reader::ChunkReader;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path as StorePath;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub use storage::store_at;
use url::Url;

/// Folders for the tables made from the records: each holds the kiosks whose id hashes to it.
pub const BUCKETS: u8 = 16;

/// So many neighbours of a lake that is not there are looked at.
const MOST_BESIDE: usize = 1_000;

#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    #[error("{place}: không mở được kho dữ liệu: {} · the lake cannot be opened: {}", why.vi, why.en)]
    Open { place: String, why: Said },
    /// Of storage elsewhere, which tells in both languages why.
    #[error("{place}: không mở được kho dữ liệu · the lake cannot be opened: {why}")]
    Address { place: String, why: String },
    #[error(
        "{0}: không có kho dữ liệu ở đây; kho được lập khi nhận nhật ký lần đầu (ingest --new) · \
         there is no lake here; ingest --new makes one"
    )]
    NotThere(String),
    #[error("{path}: {}", storage::told(.source))]
    Store { path: String, source: object_store::Error },
    #[error("{path}: tệp trong kho bị hỏng · a file of the lake is damaged: {why}")]
    Damaged { path: String, why: String },
    #[error("{table}: {why}")]
    Table { table: String, why: String },
}

impl LakeError {
    pub fn table(table: &str, why: &dyn std::fmt::Display) -> Self {
        Self::Table { table: table.to_owned(), why: why.to_string() }
    }
}

fn no_path() -> Said {
    Said::new("đây không phải đường dẫn", "this is no path")
}

/// The folder that is meant; none for storage elsewhere.
fn folder_of(place: &str) -> Result<Option<PathBuf>, LakeError> {
    match Url::parse(place) {
        Ok(url) if url.scheme() == "file" => {
            let failed = |()| LakeError::Open { place: place.to_owned(), why: no_path() };
            url.to_file_path().map(Some).map_err(failed)
        }
        _ if place.contains("://") => Ok(None),
        _ => Ok(Some(PathBuf::from(place))),
    }
}

/// A lake that is open. Cloning gives another handle.
#[derive(Clone, Debug)]
pub struct Lake {
    store: Arc<dyn ObjectStore>,
    /// Where the store's own paths begin.
    root: Url,
    /// Path of the lake inside the store; empty for a folder.
    prefix: StorePath,
    folder: Option<PathBuf>,
}

impl Lake {
    /// A lake that is there: a folder, or `s3://bucket/path` with keys and address from the environment (`AWS_…`).
    /// Something was taken into it before; a mistyped name would be a lake of zeros.
    pub async fn open(place: &str) -> Result<Self, LakeError> {
        if let Some(folder) = folder_of(place)?
            && !folder.is_dir()
        {
            return Err(LakeError::NotThere(place.to_owned()));
        }
        let lake = Self::open_or_make(place)?;
        if lake.is_empty().await? { Err(LakeError::NotThere(place.to_owned())) } else { Ok(lake) }
    }

    /// The same for taking journals in, which makes the folder when it is missing.
    pub fn open_or_make(place: &str) -> Result<Self, LakeError> {
        match folder_of(place)? {
            Some(folder) => Self::local(place, folder),
            None => Self::remote(place),
        }
    }

    /// Lakes in the same folder, as they would be written: one of them may be meant.
    pub fn beside(place: &str) -> Vec<String> {
        let Ok(Some(folder)) = folder_of(place) else { return Vec::new() };
        let parent = folder.parent().unwrap_or(Path::new(""));
        let within = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        let entries = std::fs::read_dir(within).into_iter().flatten().flatten().take(MOST_BESIDE);
        let is_lake = |name: &PathBuf| within.join(name).join("ledger").is_dir();
        let names = entries.map(|entry| PathBuf::from(entry.file_name())).filter(is_lake);
        let mut lakes: Vec<String> =
            names.map(|name| parent.join(name).display().to_string()).filter(|lake| lake != place).collect();
        lakes.sort();
        lakes
    }

    /// Was nothing ever taken into it?
    pub async fn is_empty(&self) -> Result<bool, LakeError> {
        let first = self.store.list(Some(&self.place("ledger"))).next().await.transpose();
        first.map(|first| first.is_none()).map_err(|source| LakeError::Store { path: "ledger".to_owned(), source })
    }

    fn local(place: &str, folder: PathBuf) -> Result<Self, LakeError> {
        let failed = |why: Said| LakeError::Open { place: place.to_owned(), why };
        std::fs::create_dir_all(&folder).map_err(|error| failed(cause(&error)))?;
        let folder = folder.canonicalize().map_err(|error| failed(cause(&error)))?;
        let store = object_store::local::LocalFileSystem::new_with_prefix(&folder)
            .map_err(|error| failed(Said::new(error.to_string(), error.to_string())))?;
        let root = Url::from_directory_path(&folder).map_err(|()| failed(no_path()))?;
        Ok(Self { store: Arc::new(store), root, prefix: StorePath::default(), folder: Some(folder) })
    }

    fn remote(place: &str) -> Result<Self, LakeError> {
        let failed = |why: String| LakeError::Address { place: place.to_owned(), why };
        let url = Url::parse(place).map_err(|error| failed(error.to_string()))?;
        let (store, prefix) = store_at(&url).map_err(|error| failed(storage::told(&error)))?;
        let mut root = url;
        root.set_path("/");
        Ok(Self { store, root, prefix, folder: None })
    }

    /// The store for the query engine, when it is none that the engine knows by itself.
    pub fn remote_store(&self) -> Option<(Url, Arc<dyn ObjectStore>)> {
        self.folder.is_none().then(|| (self.root.clone(), Arc::clone(&self.store)))
    }

    /// The address of a file of the lake for the query engine.
    pub fn url_of(&self, path: &str) -> Result<Url, LakeError> {
        let inside = if self.prefix.as_ref().is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        self.root.join(&inside).map_err(|error| LakeError::Damaged { path: inside, why: error.to_string() })
    }

    fn place(&self, path: &str) -> StorePath {
        StorePath::from_iter(self.prefix.parts().chain(StorePath::from(path).parts()))
    }

    /// Writes a file that is not there yet, whole or not at all. `false`: it was there, and stays as it was.
    pub async fn put_new(&self, path: &str, bytes: Vec<u8>) -> Result<bool, LakeError> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.store.put_opts(&self.place(path), PutPayload::from(bytes), options).await {
            Ok(_) => {
                self.settle(path)?;
                Ok(true)
            }
            Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(source) => Err(LakeError::Store { path: path.to_owned(), source }),
        }
    }

    /// Fails where storage overwrites files although asked not to: there the ledger would lose entries.
    pub async fn must_keep_files(&self) -> Result<(), LakeError> {
        let sample = || self.put_new("kept", b"never overwritten\n".to_vec());
        // A disk keeps them. Elsewhere the second is refused, and the first too when another ingest came before.
        if self.folder.is_some() || !sample().await? || !sample().await? {
            return Ok(());
        }
        Err(LakeError::Address { place: self.root.to_string(), why: storage::OVERWRITES.to_owned() })
    }

    /// On a disk: after this the file is there even through a power cut.
    fn settle(&self, path: &str) -> Result<(), LakeError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let file = folder.join(path);
        let synced = std::fs::File::open(&file).and_then(|f| f.sync_all()).and_then(|()| {
            let parent = file.parent().unwrap_or(Path::new("."));
            std::fs::File::open(parent)?.sync_all()
        });
        synced.map_err(|source| LakeError::Store {
            path: path.to_owned(),
            source: object_store::Error::Generic { store: "folder", source: Box::new(source) },
        })
    }

    pub async fn get(&self, path: &str) -> Result<Vec<u8>, LakeError> {
        let missing = || LakeError::Damaged { path: path.to_owned(), why: "the file is missing".to_owned() };
        self.get_if_there(path).await?.ok_or_else(missing)
    }

    /// A Parquet file to read from.
    pub async fn open_file(
        &self,
        path: &str,
    ) -> Result<impl ChunkReader + std::ops::Deref<Target = [u8]> + 'static, LakeError> {
        let failed = |source| LakeError::Store { path: path.to_owned(), source };
        self.store.get(&self.place(path)).await.map_err(failed)?.bytes().await.map_err(failed)
    }

    pub async fn get_if_there(&self, path: &str) -> Result<Option<Vec<u8>>, LakeError> {
        let failed = |source| LakeError::Store { path: path.to_owned(), source };
        match self.store.get(&self.place(path)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(failed)?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(source) => Err(failed(source)),
        }
    }

    /// Every file below a folder, by its path in the lake, in order.
    pub async fn list(&self, folder: &str) -> Result<Vec<String>, LakeError> {
        let failed = |source| LakeError::Store { path: folder.to_owned(), source };
        let found: Vec<_> = self.store.list(Some(&self.place(folder))).try_collect().await.map_err(failed)?;
        let skip = if self.prefix.as_ref().is_empty() { 0 } else { self.prefix.as_ref().len() + 1 };
        let mut paths: Vec<String> =
            found.iter().filter_map(|meta| meta.location.as_ref().get(skip..).map(str::to_owned)).collect();
        paths.sort();
        Ok(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(place: &Path) -> Result<Lake, LakeError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(Lake::open(place.to_str().expect("text")))
    }

    #[test]
    fn a_mistyped_lake_is_told_and_no_folder_is_left_behind() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mistyped = dir.path().join("kho-khong-co");
        let told = open(&mistyped).expect_err("no lake").to_string();
        assert!(told.contains("kho-khong-co: không có kho dữ liệu ở đây"), "{told}");
        assert!(told.contains("there is no lake here; ingest --new makes one"), "{told}");
        assert!(!mistyped.exists());
    }

    #[test]
    fn a_stick_or_an_empty_folder_is_no_lake() {
        let dir = tempfile::tempdir().expect("temporary folder");
        assert!(matches!(open(dir.path()), Err(LakeError::NotThere(_))));
        std::fs::create_dir_all(dir.path().join("haidang-journals/a")).expect("made");
        std::fs::write(dir.path().join("haidang-journals/a/visits.sqlite"), b"a").expect("written");
        assert!(matches!(open(dir.path()), Err(LakeError::NotThere(_))));
        std::fs::create_dir_all(dir.path().join("ledger/a")).expect("made");
        std::fs::write(dir.path().join("ledger/a/00000001.json"), b"{}").expect("written");
        assert!(open(dir.path()).is_ok());
    }
}
