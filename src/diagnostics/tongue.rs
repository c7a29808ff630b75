//! Which of the two languages a person at a tool reads: chosen from the locale or by name, and what it makes of
//! sentences that are kept in both.

use super::Said;

/// What stands between the halves of a text in both languages.
const BETWEEN: &str = " · ";
/// The locale's variables, the one that counts most first.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    Vietnamese,
    English,
    #[default]
    Both,
}

impl Tongue {
    /// By the first variable that is set. `C`, `POSIX` and languages that are not spoken here are told both.
    pub fn of_locale(value: impl Fn(&str) -> Option<String>) -> Self {
        let locale = VARIABLES.iter().find_map(|name| value(name).filter(|locale| !locale.is_empty()));
        let locale = locale.unwrap_or_default().to_lowercase();
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        // `both` is no locale.
        Self::named(language).filter(|_| language != "both").unwrap_or_default()
    }

    pub fn named(word: &str) -> Option<Self> {
        match word {
            "vi" => Some(Self::Vietnamese),
            "en" => Some(Self::English),
            "both" => Some(Self::Both),
            _ => None,
        }
    }

    /// A sentence on one line.
    pub fn say(self, vi: &str, en: &str) -> String {
        match self {
            Self::Vietnamese => vi.to_owned(),
            Self::English => en.to_owned(),
            Self::Both if vi == en => vi.to_owned(),
            Self::Both => format!("{vi}{BETWEEN}{en}"),
        }
    }

    pub fn of(self, said: &Said) -> String {
        self.say(&said.vi, &said.en)
    }

    /// The sentences of this language, where each has a line of its own.
    pub fn each(self, said: &Said) -> impl Iterator<Item = &str> {
        let vi = (self != Self::English).then_some(said.vi.as_str());
        let en = (self != Self::Vietnamese).then_some(said.en.as_str());
        vi.into_iter().chain(en)
    }

    /// The half in this language of a text whose lines read `Việt · English`. Lines in neither stay.
    pub fn half(self, text: &str) -> String {
        if self == Self::Both {
            return text.to_owned();
        }
        let lines: Vec<String> = text.lines().map(|line| self.half_of_line(line)).collect();
        lines.join("\n")
    }

    fn half_of_line(self, line: &str) -> String {
        let Some((vi, en)) = line.split_once(BETWEEN) else { return line.to_owned() };
        // Before an example only the word for it is in two languages.
        let example = en.split_once(':').filter(|_| vi.trim() == "Ví dụ");
        match (self, example) {
            (Self::Vietnamese, Some((_, example))) => format!("{vi}:{example}"),
            (Self::Vietnamese, None) => vi.to_owned(),
            _ => begun(en),
        }
    }
}

/// With a capital letter, as a text begins.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(set: &[(&str, &str)]) -> Tongue {
        Tongue::of_locale(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_locale_chooses_and_the_strongest_variable_counts() {
        assert_eq!(of(&[]), Tongue::Both);
        assert_eq!(of(&[("LANG", "vi_VN.UTF-8")]), Tongue::Vietnamese);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8")]), Tongue::English);
        assert_eq!(of(&[("LANG", "en")]), Tongue::English);
        assert_eq!(of(&[("LANG", "vi_VN"), ("LC_MESSAGES", "en_US")]), Tongue::English);
        assert_eq!(of(&[("LANG", "vi_VN"), ("LC_ALL", "C.UTF-8")]), Tongue::Both);
        assert_eq!(of(&[("LANG", "vi_VN"), ("LC_ALL", "")]), Tongue::Vietnamese);
        for other in ["C", "POSIX", "fr_FR.UTF-8", "both", "eng", "vie"] {
            assert_eq!(of(&[("LANG", other)]), Tongue::Both, "{other}");
        }
    }

    #[test]
    fn a_sentence_is_said_in_what_was_chosen() {
        assert_eq!(Tongue::Vietnamese.say("Xong.", "Done."), "Xong.");
        assert_eq!(Tongue::English.say("Xong.", "Done."), "Done.");
        assert_eq!(Tongue::Both.say("Xong.", "Done."), "Xong. · Done.");
        assert_eq!(Tongue::Both.say("12", "12"), "12");
        let said = Said::new("một", "one");
        assert_eq!(Tongue::Both.each(&said).collect::<Vec<_>>(), ["một", "one"]);
        assert_eq!(Tongue::English.each(&said).collect::<Vec<_>>(), ["one"]);
        assert_eq!(Tongue::Vietnamese.each(&said).collect::<Vec<_>>(), ["một"]);
    }

    #[test]
    fn a_text_in_both_is_halved_line_by_line() {
        let text = "Kiểm tra. · Checks.\n\nVí dụ · Examples:\n  tool a · b\n  tool c";
        assert_eq!(Tongue::Vietnamese.half(text), "Kiểm tra.\n\nVí dụ:\n  tool a\n  tool c");
        assert_eq!(Tongue::English.half("tệp · the file"), "The file");
        assert_eq!(Tongue::English.half("Ví dụ · Example: tool a"), "Example: tool a");
        assert_eq!(Tongue::Vietnamese.half("Ví dụ · Example: tool a"), "Ví dụ: tool a");
        assert_eq!(Tongue::Both.half(text), text);
    }
}
