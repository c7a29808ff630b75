//! A table as CSV: UTF-8 with a byte order mark and CRLF, as spreadsheets here want it.

use super::Table;

const BYTE_ORDER_MARK: &str = "\u{feff}";

pub fn bytes(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(table.columns.iter().map(|column| harmless(&column.title)))?;
    for row in &table.rows {
        writer.write_record(row.cells.iter().map(|cell| harmless(&cell.plain)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A spreadsheet takes a text that begins so for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Column, Kind, Row};
    use super::*;
    use crate::department::dashboard::language::Language;
    use crate::department::dashboard::wording::Wording;
    use crate::department::figures::Count;

    #[test]
    fn cells_are_quoted_and_never_become_formulas() {
        let wording = Wording { language: Language::Vietnamese, threshold: 5 };
        let table = Table {
            name: "items",
            title: String::new(),
            columns: vec![Column::new("item", "Tư liệu", Kind::Head), Column::new("n", "Lượt", Kind::Number)],
            rows: vec![
                Row::new(vec![Cell::text("=1+1, \"x\""), Cell::count(wording, Count::Few)]),
                Row::new(vec![Cell::text("Bản đồ"), Cell::count(wording, Count::Shown(48_210))]),
            ],
        };
        let text = String::from_utf8(bytes(&table).expect("written")).expect("UTF-8");
        assert_eq!(text, "\u{feff}Tư liệu,Lượt\r\n\"'=1+1, \"\"x\"\"\",<5\r\nBản đồ,48210\r\n");
    }
}
