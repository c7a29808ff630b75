//! Reasons that are kept in English alone, deep inside, and their Vietnamese twins. A `{}` stands for a number or for a
//! name in quotation marks, which is the same in both.

/// The twin of a reason, by a table of English and Vietnamese; none where the table lacks it.
pub fn twin(table: &[(&str, &str)], reason: &str) -> Option<String> {
    let (plain, parts) = without_parts(reason);
    let (_, vietnamese) = table.iter().find(|(english, _)| *english == plain)?;
    let mut parts = parts.into_iter();
    let mut pieces = vietnamese.split("{}");
    let first = pieces.next().unwrap_or_default().to_owned();
    Some(pieces.fold(first, |told, piece| told + parts.next().unwrap_or_default() + piece))
}

/// The reason with `{}` for every part that may be any, and these parts in their order.
fn without_parts(reason: &str) -> (String, Vec<&str>) {
    let (mut plain, mut parts, mut rest) = (String::new(), Vec::new(), reason);
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '“' => rest.find('”').map_or(rest.len(), |at| at + '”'.len_utf8()),
            '0'..='9' => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
            _ => 0,
        };
        // A number that belongs to a word, such as UTF-8, is no part.
        if end > 0 && !plain.ends_with(|c: char| c.is_alphanumeric() || "-*".contains(c)) {
            plain.push_str("{}");
            parts.push(&rest[..end]);
            rest = &rest[end..];
        } else {
            plain.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    (plain, parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_stay_as_they_are() {
        let table = [("{} is of {} bits", "{} có {} bit"), ("a name in UTF-8", "tên UTF-8")];
        assert_eq!(twin(&table, "“a 1.ron” is of 12 bits").as_deref(), Some("“a 1.ron” có 12 bit"));
        assert_eq!(twin(&table, "a name in UTF-8").as_deref(), Some("tên UTF-8"));
        assert_eq!(twin(&table, "something else"), None);
    }
}
