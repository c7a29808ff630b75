//! A place in a JSON text and the keys that lead there, so that whatever is not taken can be told exactly.

use serde_json::Value;
use std::collections::BTreeMap;

static NOTHING: Value = Value::Null;

#[derive(Clone, Debug)]
pub struct Node<'a> {
    pub value: &'a Value,
    /// `items[0].annotations[1]`.
    pub path: String,
}

/// Words by language tag; `none` where the manifest does not tell the language.
pub type Words = BTreeMap<String, Vec<String>>;

impl<'a> Node<'a> {
    pub fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    pub fn get(&self, key: &str) -> Self {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Self { value: self.value.get(key).unwrap_or(&NOTHING), path }
    }

    /// The first of several keys that is there.
    pub fn first_of(&self, keys: &[&str]) -> Self {
        let found = keys.iter().find(|key| self.value.get(key).is_some());
        self.get(found.or(keys.first()).copied().unwrap_or_default())
    }

    pub fn is_there(&self) -> bool {
        !self.value.is_null()
    }

    /// Its elements; a single value counts as a list of one.
    pub fn each(&self) -> Vec<Self> {
        match self.value {
            Value::Null => Vec::new(),
            Value::Array(values) => {
                let node = |(index, value)| Self { value, path: format!("{}[{index}]", self.path) };
                values.iter().enumerate().map(node).collect()
            }
            _ => vec![self.clone()],
        }
    }

    pub fn text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    /// `id` or `@id`, or the text itself.
    pub fn id(&self) -> Option<&'a str> {
        self.first_of(&["id", "@id"]).text().or_else(|| self.text())
    }

    /// `type` or `@type` without its prefix.
    pub fn kind(&self) -> &'a str {
        let kind = self.first_of(&["type", "@type"]).text().unwrap_or_default();
        kind.rsplit(':').next().unwrap_or_default()
    }

    /// A language map, or the strings and `@value`s of version 2.
    pub fn words(&self) -> Words {
        let mut words = Words::new();
        if let Value::Object(map) = self.value
            && map.get("@value").is_none()
        {
            for (language, values) in map.iter().filter(|(key, _)| !key.starts_with('@')) {
                let texts = Node { value: values, path: String::new() }.each();
                let texts: Vec<String> = texts.iter().filter_map(|t| t.text()).flat_map(paragraphs).collect();
                if !texts.is_empty() {
                    words.insert(language.clone(), texts);
                }
            }
            return words;
        }
        for value in self.each() {
            let text = value.get("@value").text().or_else(|| value.text());
            let language = value.get("@language").text().unwrap_or("none");
            let texts: Vec<String> = text.into_iter().flat_map(paragraphs).collect();
            if !texts.is_empty() {
                words.entry(language.to_owned()).or_default().extend(texts);
            }
        }
        words
    }
}

/// The words of each paragraph, where HTML tells several.
fn paragraphs(text: &str) -> Vec<String> {
    if !text.trim_start().starts_with('<') {
        return plain_words(text).into_iter().collect();
    }
    text.split("</p>").filter_map(plain_html).collect()
}

/// The words without HTML, which manifests may hold in a few places; none when nothing is left.
pub fn plain_words(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with('<') { plain_html(text) } else { (!text.is_empty()).then(|| text.to_owned()) }
}

fn plain_html(text: &str) -> Option<String> {
    let mut words = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                words.push(' ');
            }
            c if !inside => words.push(c),
            _ => {}
        }
    }
    for (name, sign) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        words = words.replace(name, sign);
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_of_both_versions_are_read() {
        let cases = [
            (json!("A map"), json!({"none": ["A map"]})),
            (json!({"@value": "Carte", "@language": "fr"}), json!({"fr": ["Carte"]})),
            (json!(["a", {"@value": "b", "@language": "vi"}]), json!({"none": ["a"], "vi": ["b"]})),
            (
                json!({"vi": ["Bản đồ"], "en": ["Map", "<p>Old <b>map</b> &amp; plan</p>"]}),
                json!({"vi": ["Bản đồ"], "en": ["Map", "Old map & plan"]}),
            ),
            (
                json!({"en": ["<p>One &lt;b&gt;</p>\n<p>Two</p>"], "vi": ["a < b"]}),
                json!({"en": ["One <b>", "Two"], "vi": ["a < b"]}),
            ),
            (json!(7), json!({})),
        ];
        for (value, wanted) in cases {
            assert_eq!(json!(Node::root(&value).words()), wanted, "{value}");
        }
    }
}
