//! Rule: letters are what they look like. Search, speech and screen readers do not know a Cyrillic а from a Latin one.

use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};

pub const RULE: Rule = Rule {
    code: "look-alike",
    severity: Severity::Error,
    paragraph: (
        "Một ký tự trông giống chữ cần dùng nhưng là ký tự khác: chữ Kirin hay Hy Lạp trong một từ Latinh, ð (eth) thay cho đ, \
         chữ toàn khổ, chữ ghép ﬁ, bộ thủ Khang Hy, ký tự vô hình hoặc vùng dùng riêng của phông cũ. Tìm kiếm và máy đọc sẽ \
         không nhận ra. Gõ lại từ ấy. (Chữ có dấu ở dạng tổ hợp rời báo là not-nfc.)",
        "A character looks like the one that is meant but is another: a Cyrillic or Greek letter in a Latin word, ð (eth) for \
         đ, full-width letters, the ligature ﬁ, Kangxi radicals, something invisible, or the private area of an old font. \
         Search and reading aloud do not know it. Type the word again. (Accents in decomposed form are told as not-nfc.)",
    ),
    check,
};

/// What kind of stranger a character is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stranger {
    Eth,
    OtherAlphabet,
    Compatibility,
    Invisible,
    PrivateUse,
}

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    for written in checked.texts.all.iter().filter(|w| w.is_text) {
        let Some((character, stranger)) = first_stranger(&written.text) else { continue };
        let code = format!("U+{:04X}", u32::from(character));
        let (vi, en) = match stranger {
            Stranger::Eth => ("là chữ eth của tiếng Iceland, không phải đ", "is the Icelandic eth, not đ"),
            Stranger::OtherAlphabet => ("là chữ Kirin hoặc Hy Lạp", "is a Cyrillic or Greek letter"),
            Stranger::Compatibility => ("là dạng tương thích của chữ khác", "is a compatibility form of another"),
            Stranger::Invisible => ("là ký tự vô hình", "is an invisible character"),
            Stranger::PrivateUse => ("thuộc vùng dùng riêng của một phông cũ", "is of an old font's private area"),
        };
        let shown = if stranger == Stranger::Invisible { String::new() } else { format!("“{character}” ") };
        told.tell(
            written.place_of(character),
            Said::new(format!("{shown}({code}) {vi}."), format!("{shown}({code}) {en}.")),
            Said::new("Xóa và gõ lại từ này.", "Delete this word and type it again."),
        );
    }
}

fn first_stranger(text: &str) -> Option<(char, Stranger)> {
    text.chars().find_map(|c| Some((c, of_itself(c)?))).or_else(|| in_latin_words(text))
}

/// Characters that have no place anywhere.
fn of_itself(c: char) -> Option<Stranger> {
    Some(match c {
        'ð' | 'Ð' | 'Ɖ' | 'ɖ' => Stranger::Eth,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            Stranger::Invisible
        }
        '\u{fb00}'..='\u{fb06}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{ff10}'..='\u{ff19}' => {
            Stranger::Compatibility
        }
        '\u{2e80}'..='\u{2fdf}' => Stranger::Compatibility,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}' => Stranger::PrivateUse,
        _ => return None,
    })
}

/// Letters of another alphabet in a word that is otherwise Latin.
fn in_latin_words(text: &str) -> Option<(char, Stranger)> {
    let words = text.split(|c: char| !c.is_alphabetic());
    let latin = |c: char| matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let other = |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}');
    let mixed = words.filter(|word| word.chars().any(latin));
    mixed.flat_map(str::chars).find(|c| other(*c)).map(|c| (c, Stranger::OtherAlphabet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_found_and_good_words_are_left_alone() {
        let found = |text| first_stranger(text).map(|(_, stranger)| stranger);
        assert_eq!(found("Ðảo"), Some(Stranger::Eth));
        assert_eq!(found("H\u{43e}àng Sa"), Some(Stranger::OtherAlphabet));
        assert_eq!(found("ﬁle"), Some(Stranger::Compatibility));
        assert_eq!(found("⽔"), Some(Stranger::Compatibility));
        assert_eq!(found("a\u{200b}b"), Some(Stranger::Invisible));
        assert_eq!(found("\u{e123}"), Some(Stranger::PrivateUse));
        for good in ["Đảo Hoàng Sa", "Москва", "α là hệ số", "黃沙隊", "Ａ".to_lowercase().trim_matches('ａ')]
        {
            assert_eq!(found(good), None, "{good}");
        }
    }
}
