//! What can be wrong with a picture, and what was done about what is merely odd.

use std::io;

/// Why a picture gave no rows, or no more rows.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Names what the file is instead, as far as its first bytes tell.
    #[error("{0}; PNG, JPEG, WebP and TIFF pictures are read")]
    Format(&'static str),
    /// A picture of a known format in a form that is not read.
    #[error("not read: {0}")]
    Unsupported(String),
    #[error("{width} × {height} pixels are more than a picture may have")]
    TooLarge { width: u32, height: u32 },
    #[error("{width} × {height} pixels would take {needed_mb} MB of memory ({why}); {limit_mb} MB is the most")]
    TooLargeToHold { width: u32, height: u32, why: Held, needed_mb: u64, limit_mb: u64 },
    /// The rows before this one were given.
    #[error("the file ends early, at row {row}")]
    EndsEarly { row: u32 },
    #[error("the picture cannot be decoded: {0}")]
    Decode(String),
}

impl RowsError {
    pub(super) fn decode(error: impl std::fmt::Display) -> Self {
        Self::Decode(error.to_string())
    }

    pub(super) fn unsupported(what: impl Into<String>) -> Self {
        Self::Unsupported(what.into())
    }

    /// What reading failed with at a row.
    pub(super) fn at_row(row: u32, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Self::EndsEarly { row };
        }
        Self::Decode(format!("row {row}: {error}"))
    }
}

/// Why a picture cannot be read row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    Jpeg,
    WebP,
    Interlaced,
    /// It has to be turned, and its last row may be needed first.
    Turned,
}

impl std::fmt::Display for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "a JPEG picture is decoded whole",
            Self::WebP => "a WebP picture is decoded whole",
            Self::Interlaced => "an interlaced picture is decoded whole",
            Self::Turned => "a picture that is to be turned is held whole",
        })
    }
}

/// Something odd about a picture that is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The colour profile was not used, and why; its colours are taken for sRGB.
    ProfileIgnored(String),
    /// Printing inks without a profile: the colours are a guess.
    InksWithoutProfile,
    /// The file lacks its end; missing pixels are grey.
    EndsEarly,
    /// A file of several pictures, of which the first is read.
    MorePictures,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ProfileIgnored(why) => write!(f, "the colour profile is not used: {why}"),
            Self::InksWithoutProfile => {
                f.write_str("printing inks (CMYK) without a usable profile: colours are a guess")
            }
            Self::EndsEarly => f.write_str("the file ends early; missing pixels are grey"),
            Self::MorePictures => f.write_str("the file holds several pictures; the first is used"),
        }
    }
}
