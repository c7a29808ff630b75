//! Lines of any kind into rows of sRGB: by the picture's colour profile where there is one that can be used. What is
//! transparent is laid on white.

use super::error::Note;
use super::line::{Kind, Line, Sample};
use moxcms::{ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, Transform16BitExecutor, TransformOptions};
use std::sync::Arc;

pub struct Colour {
    kind: Kind,
    profile: Profile,
}

enum Profile {
    /// The samples are sRGB, or are taken for it.
    None,
    Eight {
        by: Arc<Transform8BitExecutor>,
        converted: Vec<u8>,
    },
    Sixteen {
        by: Arc<Transform16BitExecutor>,
        converted: Vec<u16>,
    },
}

impl Colour {
    pub fn new(kind: Kind, deep: bool, profile: Option<&[u8]>) -> (Self, Option<Note>) {
        let (profile, note) = match profile.map(|bytes| usable(kind, deep, bytes)) {
            None if kind == Kind::Cmyk => (Profile::None, Some(Note::InksWithoutProfile)),
            None => (Profile::None, None),
            Some(Ok(profile)) => (profile, None),
            Some(Err(why)) => (Profile::None, Some(Note::ProfileIgnored(why))),
        };
        (Self { kind, profile }, note)
    }

    /// Fills `out`, three bytes a pixel.
    pub fn convert(&mut self, line: &Line, out: &mut [u8]) {
        let kind = after(self.kind);
        match (&mut self.profile, line) {
            (Profile::Eight { by, converted }, Line::Eight(samples)) => {
                converted.resize(out.len() / 3 * kind.samples(), 0);
                if by.transform(samples, converted).is_ok() {
                    return to_rgb(converted, kind, out);
                }
            }
            (Profile::Sixteen { by, converted }, Line::Sixteen(samples)) => {
                converted.resize(out.len() / 3 * kind.samples(), 0);
                if by.transform(samples, converted).is_ok() {
                    return to_rgb(converted, kind, out);
                }
            }
            _ => {}
        }
        match line {
            Line::Eight(samples) if self.kind == Kind::Rgb => out.copy_from_slice(samples),
            Line::Eight(samples) => to_rgb(samples, self.kind, out),
            Line::Sixteen(samples) => to_rgb(samples, self.kind, out),
        }
    }
}

/// What a profile turns a kind into.
fn after(kind: Kind) -> Kind {
    match kind {
        Kind::Grey | Kind::Rgb | Kind::Cmyk => Kind::Rgb,
        Kind::GreyAlpha | Kind::RgbAlpha => Kind::RgbAlpha,
    }
}

/// The way from a profile to sRGB, or why there is none.
fn usable(kind: Kind, deep: bool, bytes: &[u8]) -> Result<Profile, String> {
    let source = ColorProfile::new_from_slice(bytes).map_err(|error| error.to_string())?;
    let (space, layout) = match kind {
        Kind::Grey => (DataColorSpace::Gray, Layout::Gray),
        Kind::GreyAlpha => (DataColorSpace::Gray, Layout::GrayAlpha),
        Kind::Rgb => (DataColorSpace::Rgb, Layout::Rgb),
        Kind::RgbAlpha => (DataColorSpace::Rgb, Layout::Rgba),
        // Four inks have the layout of four channels.
        Kind::Cmyk => (DataColorSpace::Cmyk, Layout::Rgba),
    };
    if source.color_space != space {
        return Err(format!("it is for {:?}, the picture is {:?}", source.color_space, space));
    }
    let to = if after(kind) == Kind::Rgb { Layout::Rgb } else { Layout::Rgba };
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let profile = if deep {
        source
            .create_transform_16bit(layout, &srgb, to, options)
            .map(|by| Profile::Sixteen { by, converted: Vec::new() })
    } else {
        source.create_transform_8bit(layout, &srgb, to, options).map(|by| Profile::Eight { by, converted: Vec::new() })
    };
    profile.map_err(|error| error.to_string())
}

fn to_rgb<S: Sample>(samples: &[S], kind: Kind, out: &mut [u8]) {
    let narrow = |sample: S| {
        let value: u32 = sample.into();
        ((value * 0xff + S::FULL / 2) / S::FULL) as u8
    };
    let on_white = |sample: S, alpha: S| {
        let (value, alpha) = (u32::from(narrow(sample)), u32::from(narrow(alpha)));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    // Without a profile, each ink takes away its own part of the light.
    let light = |ink: S, black: S| {
        let (ink, black) = (255 - u32::from(narrow(ink)), 255 - u32::from(narrow(black)));
        ((ink * black + 127) / 255) as u8
    };
    for (pixel, rgb) in samples.chunks_exact(kind.samples()).zip(out.chunks_exact_mut(3)) {
        match *pixel {
            [grey] => rgb.fill(narrow(grey)),
            [grey, alpha] => rgb.fill(on_white(grey, alpha)),
            [r, g, b] => rgb.copy_from_slice(&[narrow(r), narrow(g), narrow(b)]),
            [c, m, y, k] if kind == Kind::Cmyk => {
                rgb.copy_from_slice(&[light(c, k), light(m, k), light(y, k)]);
            }
            [r, g, b, a] => rgb.copy_from_slice(&[on_white(r, a), on_white(g, a), on_white(b, a)]),
            _ => {}
        }
    }
}
