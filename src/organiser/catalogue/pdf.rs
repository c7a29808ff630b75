//! The catalogue as a PDF to print: A4, from a fixed template.

use super::reduced::reduced;
use super::telling::{Told, tell};
use crate::organiser::fonts;
use crate::pack::model::Exhibit;
use crate::pack::tiles::CutError;
use crate::print::{self, Leaf, PrintError, Shelf};
use std::sync::LazyLock;

const TEMPLATE: &str = include_str!("catalogue.typ");

static SHELF: LazyLock<Shelf> = LazyLock::new(|| Shelf::new(fonts::ALL));

#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    #[error("{path}: {why}", path = .path.display())]
    Picture { path: std::path::PathBuf, why: CutError },
    #[error(transparent)]
    Print(#[from] PrintError),
}

/// The whole file. `progress` is told of every picture.
pub fn document(exhibit: &Exhibit, progress: impl FnMut(usize, usize)) -> Result<Vec<u8>, CatalogueError> {
    Ok(print::pdf(&SHELF, TEMPLATE, leaves(exhibit, progress)?)?)
}

/// The data and the pictures.
pub fn leaves(exhibit: &Exhibit, mut progress: impl FnMut(usize, usize)) -> Result<Vec<Leaf>, CatalogueError> {
    let Told { data, pictures } = tell(exhibit);
    let mut leaves = vec![("catalogue.json".to_owned(), data.to_string().into_bytes())];
    for (place, picture) in pictures.iter().enumerate() {
        progress(place, pictures.len());
        let jpeg = reduced(picture).map_err(|why| CatalogueError::Picture { path: picture.path.clone(), why })?;
        leaves.push((format!("{place}.jpg"), jpeg));
    }
    Ok(leaves)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn pages() -> Vec<String> {
        let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/packs/valid/small");
        let exhibit = crate::pack::open(&small).exhibit.expect("an exhibit");
        print::words_of_pages(&SHELF, TEMPLATE, leaves(&exhibit, |_, _| ()).expect("leaves"))
    }

    #[test]
    fn every_text_of_the_pack_is_printed() {
        let words = pages().concat();
        let told = [
            "Gói thử",
            "Test pack",
            "Gói mẫu, chưa thẩm định · Sample, not appraised",
            "A sample, for tests only.",
            "Mọi nội dung ở đây đều là mẫu.",
            "Tabula probationis",
            "(hình mô phỏng)",
            "Drawing. Test group – CC0-1.0",
            "Words in the band.",
            "“Angulus”",
            "試",
            "thí",
            "A line with a translation only.",
            "1901 or 1903; sources differ",
            "https://example.org/test-book",
        ];
        for part in told {
            assert!(words.contains(part), "{part}\n{words}");
        }
    }

    #[test]
    fn pages_carry_their_hall_and_their_number() {
        let pages = pages();
        let map = pages.iter().position(|page| page.contains("Tabula probationis")).expect("the map");
        assert!(pages[map].contains("Bản đồ · Maps") && pages[map].contains(&(map + 1).to_string()), "{}", pages[map]);
    }
}
