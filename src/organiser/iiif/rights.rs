//! Addresses of licences and rights statements, and what a pack calls them.

const CREATIVE_COMMONS: &str = "creativecommons.org/";
const STATEMENTS: &str = "rightsstatements.org/";

/// The licence that an address stands for.
pub fn licence(address: &str) -> Option<String> {
    let bare = address.trim().trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    if let Some(rest) = bare.strip_prefix(CREATIVE_COMMONS) {
        let mut parts = rest.split('/').filter(|part| !part.is_empty());
        return match (parts.next()?, parts.next()?, parts.next()) {
            ("publicdomain", "zero", Some(version)) => checked(format!("CC0-{version}")),
            ("publicdomain", "mark", _) => Some("LicenseRef-PublicDomain".to_owned()),
            ("licenses", kind, Some(version)) => checked(format!("CC-{}-{version}", kind.to_uppercase())),
            _ => None,
        };
    }
    if let Some(rest) = bare.strip_prefix(STATEMENTS) {
        let name = rest.split('/').filter(|part| !part.is_empty()).nth(1)?;
        return checked(format!("LicenseRef-RightsStatements-{name}"));
    }
    None
}

fn checked(id: String) -> Option<String> {
    let fits = id.len() < 80 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    fits.then_some(id)
}

/// The address of a licence; none for those that have none.
pub fn address(licence: &str) -> Option<String> {
    if licence == "LicenseRef-PublicDomain" {
        return Some("http://creativecommons.org/publicdomain/mark/1.0/".to_owned());
    }
    if let Some(name) = licence.strip_prefix("LicenseRef-RightsStatements-") {
        return Some(format!("http://rightsstatements.org/vocab/{name}/1.0/"));
    }
    if let Some(version) = licence.strip_prefix("CC0-") {
        return Some(format!("http://creativecommons.org/publicdomain/zero/{version}/"));
    }
    let (kind, version) = licence.strip_prefix("CC-")?.rsplit_once('-')?;
    version.contains('.').then(|| format!("http://creativecommons.org/licenses/{}/{version}/", kind.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_and_addresses_lead_to_one_another() {
        for id in
            ["CC0-1.0", "CC-BY-4.0", "CC-BY-NC-SA-3.0", "LicenseRef-PublicDomain", "LicenseRef-RightsStatements-NoC-US"]
        {
            let address = address(id).expect("an address");
            assert_eq!(licence(&address).as_deref(), Some(id));
            assert_eq!(licence(&address.replace("http:", "https:")).as_deref(), Some(id));
        }
        assert_eq!(licence("https://example.org/terms"), None);
        assert_eq!(address("LicenseRef-Test"), None);
    }
}
