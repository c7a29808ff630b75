//! Colours named by purpose, as in the visual language. No feature writes a colour of its own.

use bevy::color::Color;

const fn hex(rgb: u32) -> Color {
    Color::srgb(((rgb >> 16) & 255) as f32 / 255.0, ((rgb >> 8) & 255) as f32 / 255.0, (rgb & 255) as f32 / 255.0)
}

pub const SEA_950: Color = hex(0x07131F);
pub const SEA_900: Color = hex(0x0B1C2C);
pub const SEA_800: Color = hex(0x12293D);
pub const SEA_750: Color = hex(0x16344B);
pub const SEA_700: Color = hex(0x1A3850);
pub const SEA_600: Color = hex(0x2C536F);
pub const SEA_500: Color = hex(0x4A7690);
pub const TEXT_1: Color = hex(0xF7F0E0);
pub const TEXT_2: Color = hex(0xC6D2DA);
pub const PAPER_50: Color = hex(0xF9F2E2);
pub const PAPER_100: Color = hex(0xEFE5CC);
pub const PAPER_0: Color = hex(0xFFFBF2);
pub const PAPER_300: Color = hex(0xC9B483);
pub const INK_900: Color = hex(0x211A12);
pub const INK_700: Color = hex(0x4A4032);
pub const INK_500: Color = hex(0x675B48);
pub const SEAL_600: Color = hex(0xB23420);
pub const SEAL_700: Color = hex(0x8C2616);
/// Text on the accent.
pub const ON_SEAL: Color = hex(0xFFF8EC);
/// The line on a facsimile that is being read: the accent as a wash.
pub const SEAL_WASH: Color = Color::srgba(0.698, 0.204, 0.125, 0.16);
pub const LAMP_300: Color = hex(0xF6E0AC);
pub const JADE_700: Color = hex(0x1F5B4B);
/// Confirmed, on the dark grounds of the staff area, and the ground of such a notice.
pub const JADE_300: Color = hex(0x9FD6B9);
pub const JADE_900: Color = hex(0x0F3A33);
pub const JADE_100: Color = hex(0xDCE9DD);
pub const OCHRE_700: Color = hex(0x7A5208);
pub const OCHRE_100: Color = hex(0xF5E3B8);
/// Today's sea by day, beneath an old map: water, its shallows outermost first, land, and coasts.
pub const DAY_SEA: Color = hex(0xD3E1E6);
pub const DAY_SHALLOWS: [Color; 2] = [hex(0xC4DAE5), hex(0xB2D0E1)];
pub const DAY_LAND: Color = hex(0xEFEBDF);
pub const DAY_VIET_NAM: Color = hex(0xF8F3E4);
pub const DAY_LINE: Color = hex(0x3E6F88);
pub const DAY_GRATICULE: Color = Color::srgba(0.424, 0.576, 0.675, 0.35);
/// Today's coast and islets, over an old map.
pub const DAY_COAST: Color = hex(0x0E4A78);
/// Under names on a map.
pub const DAY_LABEL: Color = Color::srgba(0.976, 0.949, 0.886, 0.82);
pub const DAY_QUIET: Color = hex(0x2F5F7A);
/// Under sheets and dialogues.
pub const VEIL: Color = Color::srgba(0.016, 0.047, 0.078, 0.76);
/// A picture as it is.
pub const UNTINTED: Color = Color::WHITE;
/// No ground or border at all.
pub const CLEAR: Color = Color::NONE;
pub const SHADOW: Color = Color::srgba(0.012, 0.039, 0.071, 0.42);

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color) -> f32 {
        let linear = colour.to_linear();
        0.2126 * linear.red + 0.7152 * linear.green + 0.0722 * linear.blue
    }

    fn contrast(a: Color, b: Color) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_stands_out_from_its_ground() {
        for (text, ground) in [
            (TEXT_1, SEA_900),
            (TEXT_1, SEA_700),
            (TEXT_2, SEA_700),
            (LAMP_300, SEA_750),
            (INK_900, PAPER_50),
            (INK_700, PAPER_50),
            (INK_500, PAPER_50),
            (SEAL_600, PAPER_0),
            (ON_SEAL, SEAL_600),
            (JADE_700, JADE_100),
            (JADE_300, SEA_800),
            (JADE_300, SEA_900),
            (TEXT_1, JADE_900),
            (LAMP_300, SEA_900),
            (OCHRE_700, OCHRE_100),
            (INK_900, OCHRE_100),
        ] {
            assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
        }
        assert!(contrast(SEA_500, SEA_900) >= 3.0);
    }
}
