//! The letter as PDF, laid out from a fixed template: the story comes in as data.

use std::sync::LazyLock;

use super::ReportError;
use super::fonts;
use super::story::{Part, Story};
use crate::print::{self, Leaf, Shelf};

const TEMPLATE: &str = include_str!("pdf/letter.typ");

static SHELF: LazyLock<Shelf> =
    LazyLock::new(|| Shelf::new(fonts::SERIF.iter().map(|face| face.bytes).chain(fonts::SANS).chain([fonts::HAN])));

pub fn document(story: &Story) -> Result<Vec<u8>, ReportError> {
    print::pdf(&SHELF, TEMPLATE, leaves(story)?).map_err(|error| ReportError::Layout(error.to_string()))
}

/// The story, and its charts as pictures.
fn leaves(story: &Story) -> Result<Vec<Leaf>, ReportError> {
    let json = serde_json::to_vec(story).map_err(|error| ReportError::Layout(error.to_string()))?;
    let charts = story.parts.iter().filter_map(|part| match part {
        Part::Chart { chart } => Some((format!("{}.svg", chart.id), chart.svg.clone().into_bytes())),
        _ => None,
    });
    Ok([("story.json".to_owned(), json)].into_iter().chain(charts).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::report::sample;
    use crate::department::report::story::tell;
    use crate::department::report::words::Language;

    fn pages(story: &Story) -> Vec<String> {
        print::words_of_pages(&SHELF, TEMPLATE, leaves(story).expect("leaves"))
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
        for held in ["pdfaid:part", "pdfuaid:part", "Tình hình lượt xem"] {
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
