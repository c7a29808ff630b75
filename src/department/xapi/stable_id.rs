//! UUIDs made from what they name, so that the same record has the same one on every machine and in every run.

/// Of a record: the kiosk, its place in the journal, and the hash that holds all it says.
pub fn of_statement(kiosk: &str, sequence: i64, hash: &[u8; 32]) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("haidang xapi, statement, version 1");
    hasher.update(&(kiosk.len() as u64).to_le_bytes()).update(kiosk.as_bytes());
    hasher.update(&sequence.to_le_bytes()).update(hash);
    uuid(&hasher)
}

/// Of a visit: its random name in the journal.
pub fn of_visit(token: &str) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("haidang xapi, registration, version 1");
    hasher.update(token.as_bytes());
    uuid(&hasher)
}

/// In the form of version 5 (made from a name), though by BLAKE3: many stores know versions 1 to 5 only.
fn uuid(hasher: &blake3::Hasher) -> String {
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = crate::base::ids::hex(&bytes);
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_same_record_has_the_same_id_for_ever() {
        // Written down: a change here would double every statement that was ever sent.
        assert_eq!(of_statement("a", 1, &[0; 32]), "266d7e8b-26da-5c7d-8a74-53f9361a1d0c");
        assert_eq!(of_visit(&"0".repeat(32)), "55f3efa8-16b3-5005-a928-b557040eaf3a");
    }

    #[test]
    fn other_records_have_other_ids() {
        let ids = [
            of_statement("a", 1, &[0; 32]),
            of_statement("a", 2, &[0; 32]),
            of_statement("b", 1, &[0; 32]),
            of_statement("a", 1, &[1; 32]),
            of_visit("a"),
        ];
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        for id in ids {
            assert_eq!((id.len(), &id[14..15]), (36, "5"), "{id}");
            assert!(["8", "9", "a", "b"].contains(&&id[19..20]), "{id}");
        }
    }
}
