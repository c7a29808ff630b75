//! The sections of the letter: headings, paragraphs, charts, tables and notes.

use docx_rs::{
    BorderType, Docx, HeightRule, Pic, Run, Shading, ShdType, Table, TableBorder, TableBorderPosition, TableBorders,
    TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::TEXT_WIDTH;
use super::package::HEAD_ROW_HEIGHT;
use super::paragraphs::{Align, Look, PLAIN, body, empty, line};
use super::picture::Draughtsman;
use crate::department::report::ReportError;
use crate::department::report::charts::Chart;
use crate::department::report::story::{Part, ShortColumn, ShortTable, Story};

/// English metric units in a twentieth of a point.
const EMU: u32 = 635;

pub fn put(mut docx: Docx, story: &Story, draughtsman: &mut Draughtsman) -> Result<Docx, ReportError> {
    for (place, part) in story.parts.iter().enumerate() {
        // What leads to a table or to the signature is not left behind.
        let leads = matches!(story.parts.get(place + 1), None | Some(Part::Table { .. }));
        docx = match part {
            Part::Heading { text } => {
                let look = Look { bold: true, before: 200, after: 100, keep: true, ..PLAIN };
                docx.add_paragraph(line(text, look).style("Heading1"))
            }
            Part::Paragraph { text } | Part::Note { text } => docx.add_paragraph(body(text, leads)),
            Part::Chart { chart } => self::chart(docx, chart, draughtsman)?,
            Part::Table { table } => self::table(docx, table),
        };
    }
    Ok(docx)
}

fn chart(docx: Docx, chart: &Chart, draughtsman: &mut Draughtsman) -> Result<Docx, ReportError> {
    let (png, id) = draughtsman.draw(chart)?;
    let width = TEXT_WIDTH as u32 * EMU;
    let height = u32::try_from(u64::from(width) * u64::from(chart.height) / u64::from(chart.width)).unwrap_or(width);
    let picture = Pic::new_with_dimensions(png, chart.width, chart.height).id(id).size(width, height);
    let title = Look { bold: true, size: 24, before: 120, after: 60, keep: true, ..PLAIN };
    Ok(docx
        .add_paragraph(line(&chart.title, title))
        .add_paragraph(empty(Look { after: 160, ..PLAIN }).add_run(Run::new().add_image(picture))))
}

fn table(docx: Docx, table: &ShortTable) -> Docx {
    let title = Look { bold: true, size: 24, before: 120, after: 60, keep: true, ..PLAIN };
    let widths: Vec<usize> = table.columns.iter().map(|column| TEXT_WIDTH * column.width as usize / 100).collect();
    let head = table.columns.iter().zip(&widths).map(|(column, width)| head_cell(column, *width)).collect();
    // The height is the sign by which the packing finds the row that every page repeats.
    let head = TableRow::new(head).row_height(HEAD_ROW_HEIGHT).height_rule(HeightRule::AtLeast).cant_split();
    let rows = table.rows.iter().enumerate().map(|(place, row)| {
        // No single row stands alone below the head or on the next page.
        let keep = place < 2 || place + 2 == table.rows.len();
        let cells = row.iter().zip(&table.columns).zip(&widths);
        TableRow::new(cells.map(|((text, column), width)| cell(text, column, *width, keep)).collect()).cant_split()
    });
    let built = Table::new(std::iter::once(head).chain(rows).collect())
        .set_grid(widths)
        .layout(TableLayoutType::Fixed)
        .width(TEXT_WIDTH, WidthType::Dxa)
        .set_borders(borders())
        .margins(TableCellMargins::new().margin(20, 80, 20, 80));
    // Without a note, a small gap.
    let (note, size) = if table.note.is_empty() { (" ", 12) } else { (table.note.as_str(), 22) };
    docx.add_paragraph(line(&table.title, title))
        .add_table(built)
        .add_paragraph(line(note, Look { italic: true, size, before: 40, after: 60, ..PLAIN }))
}

fn borders() -> TableBorders {
    let edge = |position| TableBorder::new(position).border_type(BorderType::Single).size(4).color("000000");
    [
        TableBorderPosition::Top,
        TableBorderPosition::Bottom,
        TableBorderPosition::Left,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ]
    .into_iter()
    .fold(TableBorders::with_empty(), |borders, position| borders.set(edge(position)))
}

fn head_cell(column: &ShortColumn, width: usize) -> TableCell {
    let look = Look { bold: true, size: 24, align: Align::Centre, keep: true, ..PLAIN };
    TableCell::new()
        .width(width, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
        .shading(Shading::new().shd_type(ShdType::Clear).color("auto").fill("EEF2F3"))
        .add_paragraph(line(&column.title, look))
}

fn cell(text: &str, column: &ShortColumn, width: usize, keep: bool) -> TableCell {
    let align = if column.is_number { Align::Right } else { Align::Left };
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(line(text, Look { size: 24, align, keep, ..PLAIN }))
}
