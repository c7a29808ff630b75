//! Lines and paragraphs with a look.

use docx_rs::{
    AlignmentType, BorderType, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, Run, SpecialIndentType, Table, TableBorders, TableCell, TableCellBorders, TableCellMargins,
    TableLayoutType, TableRow, WidthType,
};

/// How a line looks; sizes in half points, spaces in twentieths of a point.
#[derive(Clone, Copy)]
pub struct Look {
    pub size: usize,
    pub bold: bool,
    pub italic: bool,
    pub align: Align,
    pub before: u32,
    pub after: u32,
    /// Keeps with the paragraph after it.
    pub keep: bool,
}

#[derive(Clone, Copy)]
pub enum Align {
    Left,
    Centre,
    Right,
    Both,
}

pub const PLAIN: Look =
    Look { size: 26, bold: false, italic: false, align: Align::Left, before: 0, after: 0, keep: false };

pub fn line(text: &str, look: Look) -> Paragraph {
    let mut run = Run::new().add_text(text).size(look.size);
    if look.bold {
        run = run.bold();
    }
    if look.italic {
        run = run.italic();
    }
    empty(look).add_run(run)
}

pub fn empty(look: Look) -> Paragraph {
    let align = match look.align {
        Align::Left => AlignmentType::Left,
        Align::Centre => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
        Align::Both => AlignmentType::Both,
    };
    let spacing = LineSpacing::new().before(look.before).after(look.after).line(252).line_rule(LineSpacingType::Auto);
    let paragraph = Paragraph::new().align(align).line_spacing(spacing);
    if look.keep { paragraph.keep_next(true).keep_lines(true) } else { paragraph }
}

/// A text paragraph, its first line drawn in; with `keep` on one page with what follows.
pub fn body(text: &str, keep: bool) -> Paragraph {
    line(text, Look { align: Align::Both, after: 120, keep, ..PLAIN }).indent(
        None,
        Some(SpecialIndentType::FirstLine(567)),
        None,
        None,
    )
}

/// A short rule in the middle of a column; both widths in twentieths of a point.
pub fn rule(column: i32, width: i32) -> Paragraph {
    let side = ((column - width) / 2).max(0);
    let edge =
        ParagraphBorder::new(ParagraphBorderPosition::Top).val(BorderType::Single).size(6).space(0).color("000000");
    let spacing = LineSpacing::new().before(70).after(0).line(60).line_rule(LineSpacingType::Exact);
    let mut paragraph = Paragraph::new().indent(Some(side), None, Some(side), None).line_spacing(spacing);
    paragraph.property = paragraph.property.set_borders(ParagraphBorders::with_empty().set(edge));
    paragraph.add_run(Run::new().size(2))
}

/// Two columns without lines.
pub fn columns(left: Vec<Paragraph>, right: Vec<Paragraph>, widths: [usize; 2]) -> Table {
    let cell = |paragraphs: Vec<Paragraph>, width: usize| {
        let mut cell = TableCell::new().width(width, WidthType::Dxa).set_borders(TableCellBorders::with_empty());
        for paragraph in paragraphs {
            cell = cell.add_paragraph(paragraph);
        }
        cell
    };
    let row = TableRow::new(vec![cell(left, widths[0]), cell(right, widths[1])]).cant_split();
    Table::without_borders(vec![row])
        .set_grid(widths.to_vec())
        .layout(TableLayoutType::Fixed)
        .width(widths[0] + widths[1], WidthType::Dxa)
        .set_borders(TableBorders::with_empty())
        .margins(TableCellMargins::new().margin(0, 0, 0, 0))
}
