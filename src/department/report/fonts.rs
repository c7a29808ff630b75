//! The fonts of letters and charts, inside the program: nothing is asked of the machine. Liberation Serif has the
//! widths of Times New Roman, which official documents are set in; Be Vietnam Pro is the hand of the charts.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// A font file and the style it holds.
pub struct Face {
    /// As a DOCX names the place of an embedded font.
    pub style: &'static str,
    pub bytes: &'static [u8],
}

pub static SERIF: [Face; 4] = [
    Face { style: "Regular", bytes: include_bytes!("../../../assets/fonts/LiberationSerif-Regular.ttf") },
    Face { style: "Bold", bytes: include_bytes!("../../../assets/fonts/LiberationSerif-Bold.ttf") },
    Face { style: "Italic", bytes: include_bytes!("../../../assets/fonts/LiberationSerif-Italic.ttf") },
    Face { style: "BoldItalic", bytes: include_bytes!("../../../assets/fonts/LiberationSerif-BoldItalic.ttf") },
];

pub const SANS: [&[u8]; 2] = [
    include_bytes!("../../../assets/fonts/BeVietnamPro-Regular.ttf"),
    include_bytes!("../../../assets/fonts/BeVietnamPro-SemiBold.ttf"),
];

/// Hán characters, which titles of old sources hold.
pub const HAN: &[u8] = include_bytes!("../../../assets/fonts/NotoSerifCJKtc-Haidang.otf");

/// How wide a line of the serif is, in points.
pub fn width(text: &str, bold: bool, size: f32) -> f32 {
    let Ok(font) = FontRef::new(SERIF[usize::from(bold)].bytes) else { return 0.0 };
    let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
    let map = font.charmap();
    text.chars().filter_map(|letter| metrics.advance_width(map.map(letter)?)).sum()
}

/// How many lines a text takes that is broken wherever it must be.
pub fn lines(text: &str, size: f32, most: f32) -> usize {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let filled = (width(text, false, size) / most.max(1.0)).ceil() as usize;
    broken(&words, false, size, most).len().max(filled)
}

/// The text in as few lines as `most` points allow, all about equally long: no word is left alone in the last.
pub fn balanced(text: &str, bold: bool, size: f32, most: f32) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let fewest = broken(&words, bold, size, most).len();
    let mut best = broken(&words, bold, size, most);
    let mut narrower = most;
    while narrower > most / 4.0 {
        narrower -= size / 2.0;
        let lines = broken(&words, bold, size, narrower);
        if lines.len() > fewest {
            break;
        }
        best = lines;
    }
    best
}

fn broken(words: &[&str], bold: bool, size: f32, most: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), bold, size) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push((*word).to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_the_letterhead_is_in_the_fonts() {
        let text = "ĂÂĐÊÔƠƯăâđêôơưẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỲỶỸỴÝắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵý“”–−…<\u{a0}";
        for bytes in SERIF.iter().map(|face| face.bytes).chain(SANS) {
            let map = FontRef::new(bytes).expect("a font").charmap();
            let missing: String = text.chars().filter(|letter| map.map(*letter).is_none()).collect();
            assert_eq!(missing, "");
        }
    }

    #[test]
    fn a_line_is_as_wide_as_on_paper() {
        assert!(width("Độc lập - Tự do - Hạnh phúc", true, 13.0) > width("Độc lập", true, 13.0));
        assert!((width("Độc lập - Tự do - Hạnh phúc", true, 13.0) - 165.0).abs() < 15.0);
    }

    #[test]
    fn long_names_take_lines_of_about_one_length() {
        let lines = balanced("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", false, 12.0, 187.0);
        assert_eq!(lines, ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"]);
        assert_eq!(balanced("SỞ GIÁO DỤC VÀ ĐÀO TẠO", true, 12.0, 187.0).len(), 1);
        assert!(balanced("", true, 12.0, 187.0).is_empty());
    }
}
