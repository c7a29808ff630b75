//! Paper: a fixed template and its data become a PDF. Typst lays it out; the fonts come from whoever prints. What is
//! printed comes in as files that the template reads, so that no text is ever read as markup. Nothing here knows a
//! domain word, and nothing reads a disk, a network or a clock.

mod desk;

use desk::Desk;
use typst::diag::SourceDiagnostic;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use desk::Shelf;

/// A file that a template reads: its name and its bytes.
pub type Leaf = (String, Vec<u8>);

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PrintError(String);

/// PDF/A-2a (for archives) and PDF/UA-1 (for screen readers), all fonts inside. The same input always gives the same
/// bytes.
pub fn pdf(shelf: &'static Shelf, template: &str, leaves: Vec<Leaf>) -> Result<Vec<u8>, PrintError> {
    let desk = Desk::new(shelf, template, leaves)?;
    let document = typst::compile(&desk).output.map_err(|errors| told(&errors))?;
    let write = |standards: &[PdfStandard]| {
        let standards = PdfStandards::new(standards).map_err(|error| PrintError(error.message().to_string()))?;
        typst_pdf::pdf(&document, &PdfOptions { standards, ..PdfOptions::default() }).map_err(|errors| told(&errors))
    };
    // An archive wants a date, and no sign that none of the fonts has; without them the pages themselves are still good.
    let bytes =
        write(&[PdfStandard::A_2a, PdfStandard::Ua_1]).or_else(|_| write(&[PdfStandard::Ua_1])).or_else(|_| write(&[]));
    // What the layout remembered of these pages is of no use to the next.
    typst::comemo::evict(0);
    bytes
}

fn told(errors: &[SourceDiagnostic]) -> PrintError {
    PrintError(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
}

/// The words of every page, for tests.
#[cfg(test)]
pub fn words_of_pages(shelf: &'static Shelf, template: &str, leaves: Vec<Leaf>) -> Vec<String> {
    use typst::layout::{Frame, FrameItem};

    fn gather(frame: &Frame, words: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => gather(&group.frame, words),
                FrameItem::Text(text) => words.push_str(&text.text),
                _ => {}
            }
        }
    }

    let desk = Desk::new(shelf, template, leaves).expect("a desk");
    let document = typst::compile(&desk).output.expect("laid out");
    assert!(typst_pdf::pdf(&document, &PdfOptions::default()).is_ok());
    let words = document.pages().iter().map(|page| {
        let mut words = String::new();
        gather(&page.frame, &mut words);
        words
    });
    words.collect()
}
