//! Random names of sessions and the tokens that forms carry.

use crate::base::ids::hex;

/// 256 random bits. Without a random source there is none: a guessable one would be worse.
pub fn random_secret() -> Result<[u8; 32], getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

pub fn random_name() -> Result<String, getrandom::Error> {
    Ok(hex(&random_secret()?))
}

/// Whether a cookie's value has the form of [`random_name`].
pub fn is_name(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The token of a browser's forms: known to us and to pages that we sent to that browser only.
pub fn form_token(secret: &[u8; 32], cookie: &str) -> String {
    hex(blake3::keyed_hash(secret, cookie.as_bytes()).as_bytes())
}

/// Compares in a time that does not depend on where the two differ.
pub fn same(a: &str, b: &str) -> bool {
    blake3::hash(a.as_bytes()) == blake3::hash(b.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_belong_to_one_browser() {
        let secret = random_secret().expect("random");
        let (first, second) = (random_name().expect("random"), random_name().expect("random"));
        assert!(is_name(&first) && first != second);
        assert!(same(&form_token(&secret, &first), &form_token(&secret, &first)));
        assert!(!same(&form_token(&secret, &first), &form_token(&secret, &second)));
        assert!(!is_name("../../etc") && !is_name(&"A".repeat(64)));
    }
}
