//! Reports: the figures of one unit over one period as a file that is filed, printed or worked on. The format follows
//! the file's ending. Every format shows the same figures, read from [`Figures`] alone; a count that may not be
//! published is no number here, and `guard` looks a second time before anything is written.

mod archive;
pub mod cells;
mod charts;
mod csv;
mod docx;
mod fonts;
mod guard;
mod html;
mod letter;
mod numbers;
mod pdf;
mod story;
mod tables;
mod words;
mod xlsx;

use std::io;
use std::path::{Path, PathBuf};

pub use letter::{Letter, LetterError};
pub use tables::{Cell, TABLES, Table};
pub use words::Language;

use crate::base::files::write_whole;
use crate::department::figures::Figures;

/// What a report can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Docx,
    Pdf,
    Csv,
    /// A folder of CSV files, one a table.
    Zip,
    Html,
}

impl Format {
    pub const ENDINGS: &str = ".xlsx .docx .pdf .csv .zip .html";

    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "docx" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            "csv" => Some(Self::Csv),
            "zip" => Some(Self::Zip),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// Why a report was not written. Nothing stands at its place then, or what stood there before.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error(
        "không biết loại tệp “{path}”; đuôi tệp phải là một trong: {endings}\n\
         unknown kind of file “{path}”; its ending must be one of: {endings}",
        path = .0.display(), endings = Format::ENDINGS
    )]
    UnknownEnding(PathBuf),
    #[error("không ghi được “{path}”; hãy kiểm tra chỗ trống và quyền ghi\ncannot write “{path}”; check free space and permissions", path = .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("không vẽ được biểu đồ “{chart}”: {cause}\ncannot draw the chart “{chart}”: {cause}")]
    Chart { chart: String, cause: String },
    #[error("không dàn được trang PDF: {0}\ncannot lay out the PDF: {0}")]
    Layout(String),
    #[error("không lập được bảng tính: {0}\ncannot make the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("không lập được bảng CSV: {0}\ncannot make the CSV table: {0}")]
    Table(String),
    #[error("không lập được báo cáo: {0}\ncannot make the report: {0}")]
    Assemble(#[from] io::Error),
}

/// Writes the report to `out` as a whole or not at all; the format follows the file's ending.
pub fn write(figures: &Figures, letter: &Letter, language: Language, out: &Path) -> Result<(), ReportError> {
    let format = Format::of(out).ok_or_else(|| ReportError::UnknownEnding(out.to_owned()))?;
    let bytes = bytes(figures, letter, language, format)?;
    write_whole(out, &bytes).map_err(|source| ReportError::Write { path: out.to_owned(), source })
}

/// The bytes of the report. The same figures and letter always give the same bytes.
pub fn bytes(figures: &Figures, letter: &Letter, language: Language, format: Format) -> Result<Vec<u8>, ReportError> {
    let figures = &guard::guarded(figures);
    match format {
        Format::Xlsx => xlsx::workbook(figures, language),
        Format::Docx => docx::document(&story::tell(figures, letter, language)),
        Format::Pdf => pdf::document(&story::tell(figures, letter, language)),
        Format::Csv => csv::one_file(figures, language),
        Format::Zip => csv::folder(figures, language),
        Format::Html => Ok(html::page(figures, &story::tell(figures, letter, language)).into_bytes()),
    }
}

/// One table of the report as CSV (UTF-8 with byte order mark), by its id in [`TABLES`]; none for another id.
pub fn table_csv(figures: &Figures, language: Language, id: &str) -> Option<Result<Vec<u8>, ReportError>> {
    let figures = guard::guarded(figures);
    tables::all(&figures, language)
        .into_iter()
        .find(|table| table.id == id)
        .map(|table| csv::one_table(&table, figures.threshold))
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests;
