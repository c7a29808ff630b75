//! The seal under a pack: a signature over its manifest, whose trusted comment says which pack, which version and what
//! approval were signed.

use super::keys::{KeyError, SecretKey};
use jiff::civil::Date;
use std::fmt;

/// What the signer states about the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    pub pack: String,
    pub version: String,
    pub approval: String,
    pub signed: Date,
}

impl Seal {
    /// Blanks become `_`, for a comment has blanks between its fields.
    pub fn new(pack: &str, version: &str, approval: &str, signed: Date) -> Self {
        Self { pack: word(pack), version: word(version), approval: word(approval), signed }
    }

    /// `None` when the comment is not one of ours, in its one spelling.
    pub fn read(comment: &str) -> Option<Self> {
        let mut fields = comment.strip_prefix("haidang ")?.split(' ');
        let mut field = |name: &str| fields.next()?.strip_prefix(name)?.strip_prefix('=');
        let (pack, version, approval) = (field("pack")?, field("version")?, field("approval")?);
        let seal = Self::new(pack, version, approval, field("signed")?.parse().ok()?);
        (seal.to_string() == comment).then_some(seal)
    }

    /// The text of the signature over a manifest.
    pub fn put_on(&self, manifest: &[u8], secret: &SecretKey) -> Result<String, KeyError> {
        secret.sign(manifest, &self.to_string())
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pack, version, approval, signed } = self;
        write!(f, "haidang pack={pack} version={version} approval={approval} signed={signed}")
    }
}

fn word(text: &str) -> String {
    let plain = |c: char| if c.is_whitespace() || c.is_control() { '_' } else { c };
    text.trim().chars().map(plain).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_read_as_written() {
        let seal = Seal::new("bien-dong", "1.2.0", "Approved 123/QĐ-SVHTT", jiff::civil::date(2026, 11, 21));
        let text = "haidang pack=bien-dong version=1.2.0 approval=Approved_123/QĐ-SVHTT signed=2026-11-21";
        assert_eq!(seal.to_string(), text);
        assert_eq!(Seal::read(text), Some(seal));
        for bad in
            ["", "haidang", &text.replace("signed=", "signed ="), &format!("{text} "), &text.replace("-21", "-31")]
        {
            assert_eq!(Seal::read(bad), None, "{bad}");
        }
    }
}
