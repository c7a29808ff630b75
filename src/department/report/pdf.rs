//! The letter as PDF, laid out by Typst from a fixed template: the story comes in as data, so that no text is ever read
//! as markup. The file is PDF/A-2a (for archives) and PDF/UA-1 (for screen readers), all fonts inside.

mod world;

use typst::diag::SourceDiagnostic;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::world::Desk;
use super::ReportError;
use super::story::Story;

pub fn document(story: &Story) -> Result<Vec<u8>, ReportError> {
    let desk = Desk::new(story)?;
    let document = typst::compile(&desk).output.map_err(|errors| told(&errors))?;
    let strict = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| ReportError::Layout(error.message().to_string()))?;
    // A sign that none of the fonts has is not allowed in an archive; the letter itself is still good.
    let bytes = typst_pdf::pdf(&document, &options(strict))
        .or_else(|_| typst_pdf::pdf(&document, &options(PdfStandards::default())))
        .map_err(|errors| told(&errors));
    // What the layout remembered of this letter is of no use to the next.
    typst::comemo::evict(0);
    bytes
}

fn options(standards: PdfStandards) -> PdfOptions {
    PdfOptions { standards, ..PdfOptions::default() }
}

fn told(errors: &[SourceDiagnostic]) -> ReportError {
    ReportError::Layout(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use typst::layout::{Frame, FrameItem};

    use super::*;
    use crate::department::report::sample;
    use crate::department::report::story::tell;
    use crate::department::report::words::Language;

    fn words_of(frame: &Frame, words: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => words_of(&group.frame, words),
                FrameItem::Text(text) => words.push_str(&text.text),
                _ => {}
            }
        }
    }

    fn pages(story: &Story) -> Vec<String> {
        let desk = Desk::new(story).expect("a desk");
        let document = typst::compile(&desk).output.expect("laid out");
        assert!(typst_pdf::pdf(&document, &PdfOptions::default()).is_ok());
        let pages = document.pages().iter();
        pages
            .map(|page| {
                let mut words = String::new();
                words_of(&page.frame, &mut words);
                words
            })
            .collect()
    }

    #[test]
    fn the_pages_hold_the_whole_letter() {
        let story = tell(&sample::figures(), &sample::letter(), Language::Vietnamese);
        let pages = pages(&story);
        assert!(pages.len() > 1);
        for held in ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: ……/BC-SGDĐT", "BÁO CÁO", "48.210", "<\u{a0}5"]
        {
            assert!(pages.concat().contains(held), "{held}");
        }
        assert!(pages.last().is_some_and(|page| page.contains("Nơi nhận:") && page.contains("GIÁM ĐỐC")));
    }

    #[test]
    fn the_file_is_made_for_archives_and_screen_readers() {
        let bytes = document(&tell(&sample::figures(), &sample::letter(), Language::Vietnamese)).expect("a PDF");
        assert!(bytes.starts_with(b"%PDF-1."));
        let text = String::from_utf8_lossy(&bytes);
        for held in ["pdfaid:part", "pdfuaid:part", "Kết quả lượt xem"] {
            assert!(text.contains(held), "{held}");
        }
    }

    #[test]
    fn text_is_never_markup_and_an_unknown_sign_is_no_reason_to_fail() {
        let mut figures = sample::figures();
        figures.unit.name.vi = "#panic() *A* $x$ @b \u{1f5fa} 𠀀".to_owned();
        let story = tell(&figures, &sample::letter(), Language::Vietnamese);
        assert!(pages(&story).concat().contains("#panic() *A* $x$ @b"));
        assert!(document(&story).is_ok());
    }
}
