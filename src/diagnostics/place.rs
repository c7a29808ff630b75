//! Where a problem is: file, line and column, and the path of keys that leads there.

use crate::base::text_place::LineColumn;
use std::fmt;

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Relative to what is being checked, with `/`.
    pub file: String,
    pub at: Option<LineColumn>,
    /// `halls[0].items[2]`; empty for the file as a whole.
    pub key_path: String,
    /// In a list, what a spreadsheet calls the place: `I5 · Niên đại`. Shown to people instead of line and column.
    pub cell: String,
}

impl Place {
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.cell.is_empty() {
            return write!(f, ": {}", self.cell);
        }
        if let Some(at) = self.at {
            write!(f, ":{at}")?;
        }
        if !self.key_path.is_empty() {
            write!(f, " ({})", self.key_path)?;
        }
        Ok(())
    }
}
