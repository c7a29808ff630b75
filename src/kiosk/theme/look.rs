//! The class of a screen and every size that follows from it.

use bevy::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Class {
    #[default]
    Standard,
    Compact,
    Portrait,
}

/// Steps of the type scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Display,
    Title,
    Heading,
    CardTitle,
    Quotation,
    Caption,
    Reading,
    Button,
    Label,
    Smallest,
    Han,
}

impl Step {
    /// Size on a standard, compact and portrait screen, in units.
    fn sizes(self) -> [f32; 3] {
        match self {
            Self::Display => [108.0, 72.0, 112.0],
            Self::Title => [50.0, 34.0, 60.0],
            Self::Heading => [42.0, 30.0, 54.0],
            Self::CardTitle => [34.0, 27.0, 34.0],
            Self::Quotation => [44.0, 32.0, 54.0],
            Self::Caption => [36.0, 28.0, 40.0],
            Self::Reading => [27.0, 22.0, 31.0],
            Self::Button => [26.0, 22.0, 28.0],
            Self::Label => [22.0, 19.0, 24.0],
            Self::Smallest => [20.0, 18.0, 21.0],
            Self::Han => [30.0, 26.0, 36.0],
        }
    }
}

/// Text sizes a visitor may choose, in percent.
pub const TEXT_PERCENTS: [u32; 3] = [100, 125, 150];

/// What every screen is drawn by. Changes when the window or the visitor's choice of text size does.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Window in logical pixels.
    pub size: Vec2,
    pub class: Class,
    /// Pixels of one unit.
    pub unit: f32,
    pub text_percent: u32,
    /// Height of the caption band above the dock, in pixels; zero while no voice speaks.
    pub captions: f32,
    /// The processor draws by itself: no soft shadows, no moving beam.
    pub frugal: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self::of_window(Vec2::new(1920.0, 1080.0), 100)
    }
}

impl Look {
    pub fn of_window(size: Vec2, text_percent: u32) -> Self {
        let class = if size.y > size.x {
            Class::Portrait
        } else if size.x < 1600.0 {
            Class::Compact
        } else {
            Class::Standard
        };
        let unit = match class {
            Class::Standard => (size.x / 1920.0).min(size.y / 1080.0),
            Class::Compact => (size.x / 1280.0).min(size.y / 800.0),
            Class::Portrait => (size.x / 1080.0).min(size.y / 1600.0),
        };
        Self { size, class, unit: unit.max(0.25), text_percent, captions: 0.0, frugal: false }
    }

    /// The same look in another window or text size.
    pub fn changed(&self, size: Vec2, text_percent: u32) -> Self {
        Self { captions: self.captions, frugal: self.frugal, ..Self::of_window(size, text_percent) }
    }

    /// Height of dock and captions together: pictures and cards end above it.
    pub fn floor(&self) -> f32 {
        self.dock_height() + self.captions
    }

    /// A length given in units of each class.
    pub fn by_class(&self, standard: f32, compact: f32, portrait: f32) -> f32 {
        self.unit
            * match self.class {
                Class::Standard => standard,
                Class::Compact => compact,
                Class::Portrait => portrait,
            }
    }

    /// A space or radius given in standard units; a little tighter on the compact class.
    pub fn space(&self, units: f32) -> f32 {
        self.by_class(units, units * 0.8, units)
    }

    /// The side of a touch target: never under 88 units, so that it is 15 mm on the smallest screen.
    pub fn target(&self) -> f32 {
        88.0 * self.unit
    }

    pub fn text(&self, step: Step) -> f32 {
        let [standard, compact, portrait] = step.sizes();
        (self.by_class(standard, compact, portrait) * self.text_percent as f32 / 100.0).round()
    }

    pub fn margin(&self) -> f32 {
        self.by_class(80.0, 36.0, 56.0)
    }

    pub fn dock_height(&self) -> f32 {
        self.by_class(120.0, 104.0, 140.0)
    }

    /// Width of cards that stand beside a picture; they take the whole width on a portrait screen.
    pub fn card_width(&self) -> f32 {
        self.by_class(560.0, 430.0, 1080.0).min(self.size.x)
    }

    pub fn is_portrait(&self) -> bool {
        self.class == Class::Portrait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_screens_have_their_class_and_4k_doubles() {
        let class = |w, h| Look::of_window(Vec2::new(w, h), 100).class;
        assert_eq!(
            [class(1920.0, 1080.0), class(1280.0, 800.0), class(1080.0, 1920.0)],
            [Class::Standard, Class::Compact, Class::Portrait]
        );
        let uhd = Look::of_window(Vec2::new(3840.0, 2160.0), 100);
        assert_eq!((uhd.unit, uhd.text(Step::Reading)), (2.0, 54.0));
    }

    #[test]
    fn larger_text_multiplies_every_step_and_leaves_spaces_alone() {
        let (plain, large) = (Look::default(), Look::of_window(Vec2::new(1920.0, 1080.0), 150));
        assert_eq!(large.text(Step::Label), 33.0);
        assert_eq!(plain.space(20.0), large.space(20.0));
    }

    #[test]
    fn targets_are_15_mm_on_the_ten_inch_tablet() {
        let tablet = Look::of_window(Vec2::new(1280.0, 800.0), 100);
        let pixels_per_millimetre = (1280f32.hypot(800.0)) / (10.1 * 25.4);
        assert!(tablet.target() / pixels_per_millimetre >= 14.9);
    }
}
