//! The bundled fonts as numbers: which characters they have and how wide a text is. Nothing is drawn here.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;

const SANS_MEDIUM: &[u8] = include_bytes!("../../../assets/fonts/BeVietnamPro-Medium.ttf");
const SERIF_SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/SourceSerif4-SemiBold.ttf");
const HAN: &[u8] = include_bytes!("../../../assets/fonts/NotoSerifCJKtc-Haidang.otf");
const FILES: [&[u8]; 3] = [SANS_MEDIUM, SERIF_SEMIBOLD, HAN];

/// The face that a text stands in; Hán characters come from their own font in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    SansMedium,
    SerifSemiBold,
}

/// Reads the fonts and remembers what was asked.
pub struct Fonts {
    faces: Vec<FontRef<'static>>,
    advances: HashMap<(usize, char), Option<f32>>,
}

impl Fonts {
    pub fn bundled() -> Self {
        let faces = FILES.into_iter().filter_map(|bytes| FontRef::new(bytes).ok()).collect();
        Self { faces, advances: HashMap::new() }
    }

    /// Whether any bundled font draws a character.
    pub fn have(&mut self, character: char) -> bool {
        (0..self.faces.len()).any(|face| self.advance(face, character).is_some())
    }

    /// Width of a text of size 1 in a face.
    pub fn width(&mut self, face: Face, text: &str) -> f32 {
        let own = match face {
            Face::SansMedium => 0,
            Face::SerifSemiBold => 1,
        };
        let han = FILES.len() - 1;
        text.chars().map(|c| self.advance(own, c).or_else(|| self.advance(han, c)).unwrap_or(1.0)).sum()
    }

    /// Lines that a text of size 1 takes when it is broken between words at a width.
    pub fn lines(&mut self, face: Face, text: &str, width: f32) -> usize {
        let space = self.width(face, " ");
        let (mut lines, mut used) = (1, 0.0);
        for word in text.split_whitespace() {
            let long = self.width(face, word);
            if used > 0.0 && used + space + long > width {
                lines += 1;
                used = long;
            } else {
                used += long + if used > 0.0 { space } else { 0.0 };
            }
            // A word that is wider than the line is broken within.
            while used > width {
                lines += 1;
                used -= width;
            }
        }
        lines
    }

    fn advance(&mut self, face: usize, character: char) -> Option<f32> {
        if let Some(known) = self.advances.get(&(face, character)) {
            return *known;
        }
        let advance = self.faces.get(face).and_then(|font| {
            let glyph = font.charmap().map(character).filter(|glyph| glyph.to_u32() != 0)?;
            font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph)
        });
        self.advances.insert((face, character), advance);
        advance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_and_han_are_there_and_snowmen_are_not() {
        let mut fonts = Fonts::bundled();
        assert_eq!(fonts.faces.len(), FILES.len());
        assert!("Đảo Hoàng Sa ở Biển Đông, “đời” — ữ ậ 黃沙".chars().all(|c| fonts.have(c)));
        assert!(!fonts.have('☃'));
    }

    #[test]
    fn a_text_is_broken_between_words() {
        let mut fonts = Fonts::bundled();
        let width = fonts.width(Face::SerifSemiBold, "Hoàng Sa");
        assert!((3.0..6.0).contains(&width), "{width}");
        assert_eq!(fonts.lines(Face::SerifSemiBold, "Hoàng Sa", width + 0.01), 1);
        assert_eq!(fonts.lines(Face::SerifSemiBold, "Hoàng Sa Hoàng Sa", width + 0.01), 2);
        assert_eq!(fonts.lines(Face::SerifSemiBold, "Hoàng Sa", width - 0.01), 2);
    }
}
