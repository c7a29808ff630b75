//! One record of the journal and the hash that chains it to the one before.

/// A row of the journal, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// From 1, without gaps.
    pub sequence: i64,
    /// Random name of one run of the kiosk; tells restarts apart.
    pub boot: String,
    /// Milliseconds since that run began.
    pub monotonic_millis: i64,
    /// Milliseconds since 1970 as the machine believed.
    pub wall_millis: i64,
    /// Random name of the visit; empty outside visits.
    pub visit: String,
    pub kind: String,
    pub subject: String,
    pub detail: String,
    pub amount: i64,
}

/// The hash before the first record.
pub const GENESIS: [u8; 32] = [0; 32];

impl Record {
    /// BLAKE3 over the previous hash and every field, each with its length, so that no two records share a text.
    pub fn hash(&self, previous: &[u8; 32]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("haidang visit journal, record, version 1");
        hasher.update(previous);
        for number in [self.sequence, self.monotonic_millis, self.wall_millis, self.amount] {
            hasher.update(&number.to_le_bytes());
        }
        for text in [&self.boot, &self.visit, &self.kind, &self.subject, &self.detail] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_changes_the_hash() {
        let record = Record {
            sequence: 1,
            boot: "b".into(),
            monotonic_millis: 2,
            wall_millis: 3,
            visit: "v".into(),
            kind: "k".into(),
            subject: "s".into(),
            detail: "d".into(),
            amount: 4,
        };
        let mut variants = vec![record.clone(); 10];
        variants[1].sequence = 9;
        variants[2].boot = "bv".into();
        variants[3].monotonic_millis = 9;
        variants[4].wall_millis = 9;
        variants[5].visit = String::new();
        variants[6].kind = "x".into();
        variants[7].subject = "x".into();
        variants[8].detail = "x".into();
        variants[9].amount = 9;
        let hashes: std::collections::BTreeSet<_> = variants.iter().map(|r| r.hash(&GENESIS)).collect();
        assert_eq!(hashes.len(), variants.len());
        assert_ne!(record.hash(&GENESIS), record.hash(&[1; 32]));
    }
}
