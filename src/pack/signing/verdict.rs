//! What a signature is worth, in one sentence.

use super::keys::KeyId;
use crate::base::days::vietnamese;
use jiff::civil::Date;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Trusted {
        signer: String,
        key_id: KeyId,
        root: String,
    },
    Unsigned,
    UnknownSigner {
        key_id: KeyId,
    },
    /// The manifest, the signature or its comment is not what was signed, or it was signed as something else.
    Altered,
    OutOfScope {
        signer: String,
    },
    NotYetValid {
        signer: String,
        from: Date,
    },
    Expired {
        signer: String,
        until: Date,
    },
    Revoked {
        since: Date,
        reason: String,
    },
}

impl Verdict {
    pub fn is_trusted(&self) -> bool {
        matches!(self, Self::Trusted { .. })
    }

    /// The word that programs know it by.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Trusted { .. } => "trusted",
            Self::Unsigned => "unsigned",
            Self::UnknownSigner { .. } => "unknown-signer",
            Self::Altered => "altered",
            Self::OutOfScope { .. } => "out-of-scope",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::Expired { .. } => "expired",
            Self::Revoked { .. } => "revoked",
        }
    }

    /// In Vietnamese and in English.
    pub fn sentence(&self) -> (String, String) {
        match self {
            Self::Trusted { signer, root, .. } if signer == root => {
                (format!("Gói do {signer} ký."), format!("The pack is signed by {signer}."))
            }
            Self::Trusted { signer, root, .. } => (
                format!("Gói do {signer} ký, được {root} bảo đảm."),
                format!("The pack is signed by {signer}, for whom {root} vouches."),
            ),
            Self::Unsigned => ("Gói chưa được ký.".to_owned(), "The pack is not signed.".to_owned()),
            Self::UnknownSigner { key_id } => (
                format!("Gói do một khóa lạ ký ({key_id}); không cơ quan nào được tin cậy bảo đảm cho khóa này."),
                format!("The pack is signed by an unknown key ({key_id}); no trusted office vouches for it."),
            ),
            Self::Altered => (
                "Gói hoặc chữ ký đã bị sửa đổi sau khi ký.".to_owned(),
                "The pack or its signature was altered after it was signed.".to_owned(),
            ),
            Self::OutOfScope { signer } => {
                (format!("{signer} không được phép ký gói này."), format!("{signer} may not sign this pack."))
            }
            Self::NotYetValid { signer, from } => (
                format!("Khóa của {signer} chỉ có hiệu lực từ ngày {}.", vietnamese(*from)),
                format!("The key of {signer} is valid from {from} only."),
            ),
            Self::Expired { signer, until } => (
                format!("Khóa của {signer} đã hết hiệu lực sau ngày {}.", vietnamese(*until)),
                format!("The key of {signer} expired after {until}."),
            ),
            Self::Revoked { since, reason } => (
                format!("Khóa ký gói này đã bị thu hồi từ ngày {}: {}.", vietnamese(*since), bare(reason)),
                format!("The key that signed this pack is revoked since {since}: {}.", bare(reason)),
            ),
        }
    }
}

fn bare(reason: &str) -> &str {
    reason.trim_end_matches('.')
}
