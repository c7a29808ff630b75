//! The letter as DOCX, laid out as Decree 30/2020/NĐ-CP has it: an official opens it, fills in number and name, and
//! signs. Charts are pictures with their words beside them; tables are tables.

mod body;
mod head;
mod package;
mod paragraphs;
mod picture;

use docx_rs::{
    Docx, Header, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run, RunFonts, RunProperty, Style,
    StyleType,
};

use self::picture::Draughtsman;
use super::ReportError;
use super::story::Story;

/// Lengths in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: PageMargin =
    PageMargin { top: 1134, bottom: 1134, left: 1701, right: 851, header: 567, footer: 567, gutter: 0 };
const TEXT_WIDTH: usize = 9354;
/// Sizes in half points.
const BODY: usize = 26;
const FONT: &str = "Times New Roman";

pub fn document(story: &Story) -> Result<Vec<u8>, ReportError> {
    let mut draughtsman = Draughtsman::new();
    let made = format!("{}T00:00:00Z", story.made_on);
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(MARGIN)
        .default_fonts(fonts())
        .default_size(BODY)
        .default_line_spacing(LineSpacing::new().before(0).after(0).line(252).line_rule(LineSpacingType::Auto))
        .created_at(&made)
        .updated_at(&made)
        .add_style(heading())
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .header(page_number());
    docx = head::put(docx, story);
    docx = body::put(docx, story, &mut draughtsman)?;
    docx = head::close(docx, story);
    package::pack(docx, story, draughtsman.told())
}

fn fonts() -> RunFonts {
    RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT)
}

/// Sections can be walked through in the navigation pane.
fn heading() -> Style {
    Style::new("Heading1", StyleType::Paragraph).name("heading 1").bold().size(BODY).fonts(fonts()).outline_lvl(0)
}

/// In the middle of the upper margin, from the second page on.
fn page_number() -> Header {
    let number = Paragraph::new().align(docx_rs::AlignmentType::Center).add_page_num(PageNum::new());
    Header::new().add_paragraph(number.run_property(RunProperty::new().size(BODY)).add_run(Run::new()))
}
