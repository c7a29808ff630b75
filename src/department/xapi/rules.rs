//! The rules of the xAPI specification 1.0.3 (part two, "Experience API Data") for what this program writes, checked
//! apart from the code that writes it. For tests: it knows what a statement may be, not what a record says.

use serde_json::{Map, Value};

/// Every rule that a statement breaks, each with its place. Empty for a good one.
pub fn broken(statement: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let Some(fields) = statement.as_object() else { return vec!["a statement is an object".into()] };
    only(fields, "", &["id", "actor", "verb", "object", "result", "context", "timestamp"], &mut found);
    for needed in ["id", "actor", "verb", "object"] {
        if !fields.contains_key(needed) {
            found.push(format!("{needed} is missing"));
        }
    }
    let mut say = |is_good: bool, what: &str| {
        if !is_good {
            found.push(what.to_owned());
        }
    };
    say(text(&statement["id"]).is_some_and(is_uuid), "id is no UUID");
    if let Some(timestamp) = fields.get("timestamp") {
        say(text(timestamp).is_some_and(is_timestamp), "timestamp is no moment of ISO 8601 in UTC");
    }
    nothing_empty(statement, "", &mut found);
    agent(&statement["actor"], &mut found);
    verb(&statement["verb"], &mut found);
    activity(&statement["object"], "object", &mut found);
    if let Some(result) = fields.get("result") {
        outcome(result, &mut found);
    }
    if let Some(context) = fields.get("context") {
        circumstances(context, &mut found);
    }
    found
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn only(fields: &Map<String, Value>, at: &str, known: &[&str], found: &mut Vec<String>) {
    let strange = fields.keys().filter(|key| !known.contains(&key.as_str()));
    found.extend(strange.map(|key| format!("{at} has no property {key}")));
}

/// Null, empty texts and empty objects stand nowhere but inside extensions.
fn nothing_empty(value: &Value, at: &str, found: &mut Vec<String>) {
    let is_empty = match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    };
    if is_empty {
        found.push(format!("{at} is empty"));
    }
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter().filter(|(key, _)| *key != "extensions") {
                nothing_empty(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| nothing_empty(value, &format!("{at}[]"), found)),
        _ => {}
    }
}

/// An Agent is known by exactly one thing; ours by an account, never by what names a person.
fn agent(value: &Value, found: &mut Vec<String>) {
    let (Some(fields), Some(account)) = (value.as_object(), value["account"].as_object()) else {
        found.push("actor has no account".into());
        return;
    };
    only(fields, "actor", &["objectType", "account"], found);
    only(account, "actor/account", &["homePage", "name"], found);
    if value["objectType"] != "Agent" {
        found.push("actor is no Agent".into());
    }
    if !account.get("homePage").and_then(text).is_some_and(is_iri) {
        found.push("actor/account/homePage is no IRI".into());
    }
    if account.get("name").and_then(text).is_none_or(str::is_empty) {
        found.push("actor/account/name is no text".into());
    }
}

fn verb(value: &Value, found: &mut Vec<String>) {
    if let Some(fields) = value.as_object() {
        only(fields, "verb", &["id", "display"], found);
    }
    if !text(&value["id"]).is_some_and(is_iri) {
        found.push("verb/id is no IRI".into());
    }
    language_map(&value["display"], "verb/display", found);
}

fn language_map(value: &Value, at: &str, found: &mut Vec<String>) {
    let Some(map) = value.as_object() else {
        found.push(format!("{at} is no language map"));
        return;
    };
    let bad = map.iter().filter(|(tag, words)| !is_language(tag) || words.as_str().is_none_or(str::is_empty));
    found.extend(bad.map(|(tag, _)| format!("{at}/{tag} is no language with words")));
}

fn activity(value: &Value, at: &str, found: &mut Vec<String>) {
    let Some(fields) = value.as_object() else {
        found.push(format!("{at} is no object"));
        return;
    };
    only(fields, at, &["objectType", "id", "definition"], found);
    if value["objectType"] != "Activity" {
        found.push(format!("{at} is no Activity"));
    }
    if !text(&value["id"]).is_some_and(is_iri) {
        found.push(format!("{at}/id is no IRI"));
    }
    if let Some(definition) = fields.get("definition") {
        if let Some(fields) = definition.as_object() {
            only(fields, at, &["name", "description", "type", "moreInfo", "extensions"], found);
        }
        if !text(&definition["type"]).is_some_and(is_iri) {
            found.push(format!("{at}/definition/type is no IRI"));
        }
    }
}

fn outcome(value: &Value, found: &mut Vec<String>) {
    let Some(fields) = value.as_object() else {
        found.push("result is no object".into());
        return;
    };
    only(fields, "result", &["score", "success", "completion", "response", "duration", "extensions"], found);
    if fields.get("completion").is_some_and(|value| !value.is_boolean()) {
        found.push("result/completion is neither true nor false".into());
    }
    if fields.get("duration").is_some_and(|value| !text(value).is_some_and(is_duration)) {
        found.push("result/duration is no length of ISO 8601 to the hundredth of a second".into());
    }
    extensions(fields, "result", found);
}

fn circumstances(value: &Value, found: &mut Vec<String>) {
    let Some(fields) = value.as_object() else {
        found.push("context is no object".into());
        return;
    };
    let known = ["registration", "contextActivities", "revision", "platform", "language", "extensions"];
    only(fields, "context", &known, found);
    if fields.get("registration").is_some_and(|value| !text(value).is_some_and(is_uuid)) {
        found.push("context/registration is no UUID".into());
    }
    if fields.get("language").is_some_and(|value| !text(value).is_some_and(is_language)) {
        found.push("context/language is no language".into());
    }
    if fields.get("platform").is_some_and(|value| !value.is_string()) {
        found.push("context/platform is no text".into());
    }
    for (kind, list) in fields.get("contextActivities").and_then(Value::as_object).into_iter().flatten() {
        if !["parent", "grouping", "category", "other"].contains(&kind.as_str()) {
            found.push(format!("context/contextActivities has no {kind}"));
        }
        match list.as_array() {
            Some(list) => list.iter().for_each(|value| activity(value, &format!("context/{kind}"), found)),
            None => found.push(format!("context/{kind} is no list")),
        }
    }
    extensions(fields, "context", found);
}

fn extensions(fields: &Map<String, Value>, at: &str, found: &mut Vec<String>) {
    let Some(extensions) = fields.get("extensions") else { return };
    match extensions.as_object() {
        Some(map) => {
            found.extend(map.keys().filter(|key| !is_iri(key)).map(|key| format!("{at}/extensions: {key} is no IRI")));
        }
        None => found.push(format!("{at}/extensions is no object")),
    }
}

fn is_uuid(text: &str) -> bool {
    let dashes = [8, 13, 18, 23];
    let digits = text.char_indices().all(|(at, c)| match dashes.contains(&at) {
        true => c == '-',
        false => c.is_ascii_digit() || ('a'..='f').contains(&c),
    });
    text.len() == 36 && digits && "12345".contains(&text[14..15]) && "89ab".contains(&text[19..20])
}

/// RFC 3987 as far as ours go: a scheme, a host, and none of the signs that an IRI must escape.
fn is_iri(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_sound = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
    let escapes_hold = text
        .match_indices('%')
        .all(|(at, _)| text.get(at + 1..at + 3).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit())));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) && text.chars().all(is_sound) && escapes_hold
}

fn is_language(tag: &str) -> bool {
    let parts: Vec<&str> = tag.split('-').collect();
    (2..=3).contains(&parts[0].len())
        && parts[0].bytes().all(|b| b.is_ascii_alphabetic())
        && parts[1..].iter().all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// `2026-03-02T01:02:03.456Z`, a moment that was.
fn is_timestamp(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00T00:00:00.000Z" && text.parse::<jiff::Timestamp>().is_ok() && !text.starts_with("0000")
}

/// Seconds only, as this program writes them: `PT12S`, `PT12.34S`.
fn is_duration(text: &str) -> bool {
    let Some(seconds) = text.strip_prefix("PT").and_then(|rest| rest.strip_suffix('S')) else { return false };
    let (whole, part) = seconds.split_once('.').unwrap_or((seconds, "00"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number(whole) && is_number(part) && part.len() == 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn good() -> Value {
        json!({
            "id": "4ecf0e8d-0000-5000-8000-000000000000",
            "actor": { "objectType": "Agent", "account": { "homePage": "https://a.vn", "name": "k" } },
            "verb": { "id": "http://adlnet.gov/expapi/verbs/completed", "display": { "en": "completed" } },
            "object": { "objectType": "Activity", "id": "https://a.vn/x", "definition": { "type": "https://a.vn/t" } },
            "result": { "completion": true, "duration": "PT1.50S", "extensions": { "https://a.vn/e": null } },
            "context": {
                "registration": "4ecf0e8d-0000-5000-8000-000000000000",
                "language": "zh-hant",
                "platform": "p",
                "contextActivities": { "parent": [{ "objectType": "Activity", "id": "https://a.vn/y" }] },
                "extensions": { "https://a.vn/e": 1 },
            },
            "timestamp": "2026-03-02T01:02:03.456Z",
        })
    }

    #[test]
    fn each_rule_can_be_broken() {
        assert_eq!(broken(&good()), Vec::<String>::new());
        let cases = [
            ("/id", json!("4ecf0e8d")),
            ("/id", json!("4ECF0E8D-0000-5000-8000-000000000000")),
            ("/id", json!("4ecf0e8d-0000-0000-8000-000000000000")),
            ("/timestamp", json!("2026-03-02 01:02:03")),
            ("/timestamp", json!("2026-02-30T01:02:03.456Z")),
            ("/timestamp", json!("2026-03-02T01:02:03.456+07:00")),
            ("/actor", json!({ "objectType": "Agent", "mbox": "mailto:a@b.vn" })),
            ("/actor/account", json!({ "homePage": "https://a.vn" })),
            ("/actor/account/homePage", json!("a.vn")),
            ("/actor/account/name", json!("")),
            ("/verb/id", json!("completed")),
            ("/verb/display", json!({ "english": 1 })),
            ("/object/id", json!("https://a.vn/ x")),
            ("/object/id", json!("https://a.vn/%x")),
            ("/object/definition", json!({})),
            ("/object/objectType", json!("Agent")),
            ("/result/duration", json!("PT1.5S")),
            ("/result/duration", json!("PT-1S")),
            ("/result/duration", json!("1.50")),
            ("/result/completion", json!("true")),
            ("/result/extensions", json!({ "zoom": 1 })),
            ("/context/registration", json!("0123456789abcdef0123456789abcdef")),
            ("/context/language", json!("v")),
            ("/context/platform", Value::Null),
            ("/context/contextActivities", json!({ "friend": [] })),
            ("/context/contextActivities/parent", json!({ "id": "https://a.vn" })),
        ];
        for (at, value) in cases {
            let mut statement = good();
            *statement.pointer_mut(at).expect("there") = value.clone();
            assert!(!broken(&statement).is_empty(), "{at}: {value}");
        }
        let mut strange = good();
        strange["surname"] = json!("A");
        assert!(!broken(&strange).is_empty());
    }
}
