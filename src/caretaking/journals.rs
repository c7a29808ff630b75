//! Carries the kiosk's journal to a stick: a sealed copy that was read back. The journal itself stays as it is.

use super::said::said;
use crate::diagnostics::Said;
use crate::visits::seal::{KioskKey, SealError, export_sealed, folder_on_stick};
use std::io;
use std::path::{Path, PathBuf};

/// The journal's file in the kiosk's data folder.
pub const FILE: &str = "visits.sqlite";

/// A copy that lies on a stick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    pub path: PathBuf,
    pub kiosk: String,
    /// The journal's chain was broken before; all of it was copied.
    pub damaged: bool,
}

impl Exported {
    pub fn sentence(&self) -> Said {
        let kiosk = &self.kiosk;
        if self.damaged {
            return said(
                format!(
                    "Đã chép nhật ký của máy {kiosk} lên USB, nhưng chuỗi bản ghi không liền. Hãy báo nơi quản lý."
                ),
                format!("The journal of kiosk {kiosk} is on the stick, but its chain is broken. Tell the department."),
            );
        }
        said(
            format!("Đã chép nhật ký của máy {kiosk} lên USB và đọc lại đúng. Rút USB được rồi."),
            format!("The journal of kiosk {kiosk} is on the stick and reads back well. The stick can be pulled out."),
        )
    }
}

/// Puts a sealed copy of the journal on a stick.
pub fn export(data: &Path, stick: &Path, wall_millis: i64) -> Result<Exported, SealError> {
    let key = KioskKey::open_or_make(data)?;
    let into = folder_on_stick(stick, key.kiosk_id());
    let exported = |path, damaged| Exported { path, kiosk: key.kiosk_id().to_owned(), damaged };
    match export_sealed(&data.join(FILE), &key, &into, wall_millis) {
        Ok(path) => Ok(exported(path, false)),
        Err(SealError::BrokenChain { copy, .. }) => Ok(exported(copy, true)),
        Err(error) => Err(error),
    }
}

/// Why there is no copy.
pub fn refusal(error: &SealError) -> Said {
    match error {
        SealError::Empty { .. } => said("Máy chưa có bản ghi nào để chép.", "There is no record to copy yet."),
        SealError::Key { .. } => said(
            "Khóa của máy này bị hỏng; người quản trị phải đặt lại tệp khóa.",
            "This kiosk's key is damaged; the administrator has to put its file back.",
        ),
        SealError::File { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
            said("USB đã đầy.", "The stick is full.")
        }
        SealError::File { source, .. } if source.kind() == io::ErrorKind::ReadOnlyFilesystem => {
            said("USB đang khóa ghi.", "The stick is write-protected.")
        }
        _ => said(
            "Không chép được nhật ký. Hãy cắm lại USB rồi thử lại.",
            "The journal could not be copied. Plug the stick in again and try once more.",
        ),
    }
}
