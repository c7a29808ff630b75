//! Lines and columns in a text file, as editors count them: from 1, in characters; and the rows of a table in text, as
//! a spreadsheet numbers them.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

impl LineColumn {
    /// The place of a byte offset in `text`; offsets past the end give the end.
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// The byte offset of this place in `text`, or the text's end.
    pub fn offset_in(self, text: &str) -> usize {
        let mut start = 0;
        for _ in 1..self.line {
            match text[start..].find('\n') {
                Some(at) => start += at + 1,
                None => return text.len(),
            }
        }
        text[start..].char_indices().nth(self.column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
    }
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Numbers the records of a CSV text as a spreadsheet does: one with line breaks in its cells is one row, an empty line
/// is a row too, and a line may end in `\n`, `\r\n` or `\r`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SheetRows {
    row: usize,
}

impl SheetRows {
    /// The row of the next record, which a reader began to look for at this byte: behind the record before, perhaps
    /// between the two characters of its line end.
    pub fn next(&mut self, text: &[u8], begin: usize) -> usize {
        let within_end = begin > 0 && text.get(begin - 1) == Some(&b'\r') && text.get(begin) == Some(&b'\n');
        let mut rest = text.get(begin + usize::from(within_end)..).unwrap_or_default();
        self.row += 1;
        while let [b'\r' | b'\n', ..] = rest {
            self.row += 1;
            rest = &rest[if rest.starts_with(b"\r\n") { 2 } else { 1 }..];
        }
        self.row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "1,\"x", "y\"", "", "2,z", ""].join(end);
            let (mut rows, mut found) = (SheetRows::default(), Vec::new());
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let mut record = csv::StringRecord::new();
            while reader.read_record(&mut record).expect("read") {
                let begin = record.position().map_or(0, csv::Position::byte);
                found.push(rows.next(text.as_bytes(), usize::try_from(begin).expect("small")));
            }
            assert_eq!(found, [1, 2, 4], "{end:?}");
        }
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a\nđảo x";
        let offset = text.find('x').expect("x is there");
        let place = LineColumn::of_offset(text, offset);
        assert_eq!(place, LineColumn { line: 2, column: 5 });
        assert_eq!(place.offset_in(text), offset);
    }
}
