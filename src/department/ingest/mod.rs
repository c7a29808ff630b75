//! Journals from sticks into the lake: found, copied, checked, followed record by record, and taken only where they
//! tell something new. Nothing on a stick is opened for writing, nothing in the lake is changed.

pub mod find;
pub mod follow;
pub mod journal;
pub mod refusal;
pub mod report;
pub mod take;

pub use report::{IngestReport, JournalReport, Outcome};

use super::atlas::Atlas;
use super::figures::Words;
use super::lake::{Lake, LakeError};
use std::path::PathBuf;

/// Takes journals, or folders of them. A journal that is refused does not keep the others from being taken; a lake that
/// cannot be written ends the ingest, and what was taken until then stays taken.
pub async fn ingest(lake: &Lake, journals: &[PathBuf], atlas: &dyn Atlas) -> Result<IngestReport, LakeError> {
    lake.must_keep_files().await?;
    let mut report = IngestReport::default();
    for asked in journals {
        let found = find::journals(asked);
        report.unreadable.extend(found.unreadable);
        if found.journals.is_empty() && asked.exists() {
            let said = Words { vi: "không có nhật ký nào".to_owned(), en: "there is no journal".to_owned() };
            report.unreadable.push((asked.clone(), said));
        }
        for path in found.journals {
            report.journals.push(take::take(lake, &path, atlas).await?);
        }
    }
    Ok(report)
}
