//! A catalogue of an exhibit for the shelf and the desk, in all its languages: as an HTML file that needs nothing else,
//! and with the feature `print` as a PDF.

pub mod html;
mod licences;
#[cfg(feature = "print")]
pub mod pdf;
#[cfg(feature = "print")]
mod reduced;
mod small;
#[cfg(feature = "print")]
mod telling;
#[cfg(feature = "print")]
mod wording;
