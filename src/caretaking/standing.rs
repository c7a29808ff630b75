//! How a pack on a stick stands with this kiosk: told apart, each in one sentence.

use super::said::{said, size};
use crate::base::days::{english, vietnamese};
use crate::diagnostics::Said;
use crate::pack::sealed::SealedError;
use crate::pack::signing::Verdict;
use crate::pack::store::{self, StoreError};
use jiff::civil::Date;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may be installed; what it holds is compared while it is copied.
    Ready {
        signer: String,
        root: String,
    },
    /// The manifest is that of an installed pack; the rest of the file is read later.
    Installed {
        is_read: bool,
    },
    /// A file that was altered or damaged, of a pack that is installed whole.
    AlteredCopy,
    Unsigned,
    UnknownSigner {
        key: String,
    },
    Altered,
    Revoked {
        since: Date,
        reason: String,
    },
    Expired {
        signer: String,
        until: Date,
    },
    NotYetValid {
        signer: String,
        from: Date,
    },
    OutOfScope {
        signer: String,
    },
    Older {
        installed: String,
        offered: String,
    },
    Newer {
        format: u64,
    },
    NotAPack,
    /// The stick was pulled out, or cannot be read.
    Unreadable,
    NoRoom {
        needed: u64,
        free: u64,
    },
}

impl Standing {
    pub fn may_install(&self) -> bool {
        matches!(self, Self::Ready { .. })
    }

    /// Whether what the pack says of itself, its approval too, was signed by somebody whom this kiosk trusts.
    pub fn is_signed(&self) -> bool {
        matches!(self, Self::Ready { .. } | Self::Installed { .. } | Self::Older { .. } | Self::NoRoom { .. })
    }

    /// The fixed word for logs and tests.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Ready { .. } => "ready",
            Self::Installed { .. } => "installed",
            Self::AlteredCopy => "altered-copy",
            Self::Unsigned => "unsigned",
            Self::UnknownSigner { .. } => "unknown-signer",
            Self::Altered => "altered",
            Self::Revoked { .. } => "revoked",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::OutOfScope { .. } => "out-of-scope",
            Self::Older { .. } => "older",
            Self::Newer { .. } => "newer-format",
            Self::NotAPack => "not-a-pack",
            Self::Unreadable => "unreadable",
            Self::NoRoom { .. } => "no-room",
        }
    }

    pub fn sentence(&self) -> Said {
        match self {
            Self::Ready { signer, root } if signer == root => {
                said(format!("Chữ ký hợp lệ: {signer}."), format!("The signature holds: {signer}."))
            }
            Self::Ready { signer, root } => said(
                format!("Chữ ký hợp lệ: {signer}, được {root} bảo đảm."),
                format!("The signature holds: {signer}, for whom {root} vouches."),
            ),
            Self::Installed { is_read: true } => said(
                "Bản này đã được cài trên máy; tệp trên USB giống hệt.",
                "This version is installed already; the file on the stick is the same.",
            ),
            Self::Installed { is_read: false } => said(
                "Bản này đã được cài trên máy; đang đọc hết tệp trên USB để so.",
                "This version is installed already; the file on the stick is being read through to compare.",
            ),
            Self::AlteredCopy => said(
                "Tệp trên USB đã bị sửa đổi hay hỏng sau khi ký; hãy chép lại từ bản gốc. Bản đã cài trên máy không phải tệp này.",
                "The file on the stick was altered or damaged after it was signed; copy it again from its origin. The \
                 installed pack is not this file.",
            ),
            Self::Unsigned => said(
                "Gói chưa được ký; hãy gửi lại nơi biên soạn để ký.",
                "The pack is not signed; send it back to its makers to be signed.",
            ),
            Self::UnknownSigner { key } => said(
                format!(
                    "Không cơ quan nào máy này tin cậy bảo đảm cho người ký ({key}); hãy hỏi cơ quan quản lý về giấy bảo đảm (tệp .vouch) cho khóa này."
                ),
                format!(
                    "No office that this kiosk trusts vouches for the signer ({key}); ask the office in charge for a statement (.vouch) on this key."
                ),
            ),
            Self::Altered => said(
                "Gói hoặc chữ ký đã bị sửa đổi hay hỏng sau khi ký; hãy chép lại từ bản gốc.",
                "The pack or its signature was altered or damaged after it was signed; copy it again from its origin.",
            ),
            Self::Revoked { since, reason } => {
                let reason = reason.trim_end_matches('.');
                said(
                    format!("Khóa ký gói này đã bị thu hồi từ ngày {}: {reason}.", vietnamese(*since)),
                    format!("The key that signed this pack is revoked since {}: {reason}.", english(*since)),
                )
            }
            Self::Expired { signer, until } => said(
                format!("Khóa của {signer} đã hết hiệu lực sau ngày {}.", vietnamese(*until)),
                format!("The key of {signer} expired after {}.", english(*until)),
            ),
            Self::NotYetValid { signer, from } => said(
                format!("Khóa của {signer} chỉ có hiệu lực từ ngày {}; hãy xem đồng hồ máy.", vietnamese(*from)),
                format!("The key of {signer} is valid from {} only; look at this machine's clock.", english(*from)),
            ),
            _ => self.sentence_of_the_rest(),
        }
    }

    fn sentence_of_the_rest(&self) -> Said {
        match self {
            Self::OutOfScope { signer } => {
                said(format!("{signer} không được phép ký gói này."), format!("{signer} may not sign this pack."))
            }
            Self::Older { installed, offered } => said(
                format!("Bản {offered} cũ hơn bản {installed} đã cài."),
                format!("Version {offered} is older than {installed}, which is installed."),
            ),
            Self::Newer { format } => said(
                format!("Gói thuộc định dạng {format} mới hơn; cần cập nhật chương trình của máy này."),
                format!("The pack is of the newer format {format}; this machine's program needs an update."),
            ),
            Self::NotAPack => said("Tệp này không phải gói nội dung.", "This file is no pack."),
            Self::Unreadable => {
                said("Không đọc được tệp; hãy cắm lại USB.", "The file cannot be read; plug the stick in again.")
            }
            Self::NoRoom { needed, free } => {
                let (needed, free) = (size(*needed), size(*free));
                said(
                    format!(
                        "Máy thiếu chỗ: cần {} (kể cả chỗ để dành cho nhật ký), còn {}. Hãy xóa gói cũ hoặc dọn đĩa của máy.",
                        needed.vi, free.vi
                    ),
                    format!(
                        "Too little room: {} needed (with what is kept free for journals), {} free. Remove an old pack or clear the machine's disk.",
                        needed.en, free.en
                    ),
                )
            }
            // All others have theirs above.
            _ => Said::default(),
        }
    }
}

/// Of a file that could not be opened as a pack.
pub fn of_sealed(error: &SealedError) -> Standing {
    match error {
        SealedError::Io(_) | SealedError::Stopped => Standing::Unreadable,
        SealedError::NotAPack => Standing::NotAPack,
        SealedError::Newer(format) => Standing::Newer { format: *format },
        SealedError::TooLarge | SealedError::Altered(_) => Standing::Altered,
    }
}

/// Of a signature that was judged.
pub fn of_verdict(verdict: &Verdict) -> Standing {
    match verdict.clone() {
        Verdict::Trusted { signer, root, .. } => Standing::Ready { signer, root },
        Verdict::Unsigned => Standing::Unsigned,
        Verdict::UnknownSigner { key_id } => Standing::UnknownSigner { key: key_id.to_string() },
        Verdict::Altered => Standing::Altered,
        Verdict::OutOfScope { signer } => Standing::OutOfScope { signer },
        Verdict::NotYetValid { signer, from } => Standing::NotYetValid { signer, from },
        Verdict::Expired { signer, until } => Standing::Expired { signer, until },
        Verdict::Revoked { since, reason } => Standing::Revoked { since, reason },
    }
}

/// The same as the store asks for it.
pub fn for_store(verdict: &Verdict) -> store::Verdict {
    match verdict {
        Verdict::Trusted { .. } => store::Verdict::Trusted,
        Verdict::Unsigned => store::Verdict::Unsigned,
        Verdict::UnknownSigner { .. } => store::Verdict::UnknownSigner,
        Verdict::Altered => store::Verdict::Altered,
        Verdict::Revoked { .. } => store::Verdict::Revoked,
        Verdict::OutOfScope { .. } | Verdict::NotYetValid { .. } | Verdict::Expired { .. } => {
            store::Verdict::OutOfScope
        }
    }
}

/// What the store refused, in words.
pub fn refusal(error: &StoreError) -> Said {
    match error {
        StoreError::Unsigned => Standing::Unsigned.sentence(),
        StoreError::UnknownSigner => said(
            "Không cơ quan nào máy này tin cậy bảo đảm cho người ký.",
            "No office that this kiosk trusts vouches for the signer.",
        ),
        StoreError::Altered(_) => Standing::Altered.sentence(),
        StoreError::Revoked => said("Khóa ký gói này đã bị thu hồi.", "The key that signed this pack is revoked."),
        StoreError::OutOfScope => said(
            "Khóa của người ký không dùng được cho gói này hoặc vào hôm nay.",
            "The signer's key is not valid for this pack or today.",
        ),
        StoreError::Older { installed, offered } => {
            Standing::Older { installed: installed.clone(), offered: offered.clone() }.sentence()
        }
        StoreError::Newer(format) => Standing::Newer { format: *format }.sentence(),
        StoreError::NotAPack => Standing::NotAPack.sentence(),
        StoreError::HasProblems(_) => said(
            "Gói có lỗi nội dung nên không mở được; hãy báo nơi biên soạn.",
            "The pack has mistakes and cannot be opened; tell its makers.",
        ),
        StoreError::Active => said("Gói này đang được trưng bày.", "This pack is being shown."),
        StoreError::NotInstalled => said("Gói này không có trên máy.", "This pack is not installed."),
        StoreError::NothingToReturnTo => said("Không có bản trước để quay lại.", "There is no earlier pack."),
        StoreError::BadSchedule => said("Lịch có ngày cuối trước ngày đầu.", "The schedule ends before it begins."),
        StoreError::Stopped => said("Đã dừng. Máy vẫn như trước.", "Stopped. All is as it was."),
        StoreError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
            said("Đĩa đã đầy. Hãy xóa bớt gói cũ.", "The disk is full. Remove an old pack.")
        }
        StoreError::Io(_) => said(
            "Không đọc hay ghi được đĩa hoặc USB. Hãy cắm lại USB rồi thử lại.",
            "The disk or stick could not be read or written. Plug the stick in again and try once more.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_standings_are_told_alike() {
        let (signer, day) = ("Bảo tàng".to_owned(), date(2026, 11, 21));
        let all = [
            Standing::Ready { signer: signer.clone(), root: "Sở".to_owned() },
            Standing::Ready { signer: signer.clone(), root: signer.clone() },
            Standing::Installed { is_read: false },
            Standing::Installed { is_read: true },
            Standing::AlteredCopy,
            Standing::Unsigned,
            Standing::UnknownSigner { key: "7F3A91C20D5E44B8".to_owned() },
            Standing::Altered,
            Standing::Revoked { since: day, reason: "Mất USB.".to_owned() },
            Standing::Expired { signer: signer.clone(), until: day },
            Standing::NotYetValid { signer: signer.clone(), from: day },
            Standing::OutOfScope { signer },
            Standing::Older { installed: "2".to_owned(), offered: "1".to_owned() },
            Standing::Newer { format: 2 },
            Standing::NotAPack,
            Standing::Unreadable,
            Standing::NoRoom { needed: 2_000_000, free: 1_000 },
        ];
        let sentences: BTreeSet<Said> = all.iter().map(Standing::sentence).collect();
        assert_eq!(sentences.len(), all.len());
        assert!(sentences.iter().all(|said| said.vi.ends_with('.') && said.en.ends_with('.')), "{sentences:#?}");
        assert_eq!(all.iter().filter(|standing| standing.may_install()).count(), 2);
    }
}
