//! Rule: every character can be drawn by a bundled font; a kiosk has no others.

use super::fonts::Fonts;
use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    code: "no-glyph",
    severity: Severity::Error,
    paragraph: (
        "Một ký tự không có trong phông nào của màn hình trưng bày: người xem sẽ thấy ô vuông. Dùng chữ khác, hoặc với chữ Hán, \
         Nôm hiếm: để ảnh của chữ và ghi phiên âm.",
        "A character is in none of the kiosk's fonts: visitors would see a box. Use another, or for a rare Hán or Nôm character \
         show its picture and write the phonetic reading.",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let mut fonts = Fonts::bundled();
    // What is not for visitors need not be drawn.
    let shown = checked.texts.all.iter().filter(|w| w.is_text && w.last_key() != "curator_note");
    for written in shown {
        let missing: BTreeSet<char> = written.text.chars().filter(|c| is_drawn(*c) && !fonts.have(*c)).collect();
        for character in missing {
            let code = format!("U+{:04X}", u32::from(character));
            told.tell(
                written.place_of(character),
                Said::new(
                    format!("Không phông nào có “{character}” ({code})."),
                    format!("No bundled font has “{character}” ({code})."),
                ),
                Said::new(
                    "Dùng ký tự khác; chữ Hán, Nôm hiếm thì ghi phiên âm.",
                    "Use another character; of a rare Hán or Nôm one write the phonetic reading.",
                ),
            );
        }
    }
}

/// Spaces and line ends take no glyph; invisible and private characters are told as look-alikes.
fn is_drawn(c: char) -> bool {
    let unseen = c.is_whitespace() || c.is_control() || ('\u{fe00}'..='\u{fe0f}').contains(&c);
    let told_elsewhere = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}' | '\u{2e80}'..='\u{2fdf}');
    !unseen && !told_elsewhere
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_not_drawn() {
        assert!(!is_drawn('\n') && !is_drawn('\u{a0}') && !is_drawn('\u{200b}'));
        assert!(is_drawn('đ') && is_drawn('☃'));
    }
}
