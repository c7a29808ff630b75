//! All that Typst may see: the template, the story, the charts and the bundled fonts. No disk, no network, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::department::report::ReportError;
use crate::department::report::fonts;
use crate::department::report::story::{Part, Story};

const TEMPLATE: &str = include_str!("letter.typ");

/// The library and the fonts, made once.
struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let files = fonts::SERIF.iter().map(|face| face.bytes).chain(fonts::SANS).chain([fonts::HAN]);
    let fonts: Vec<Font> = files.flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    Shelf { library: LazyHash::new(Library::default()), book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

/// What lies on the desk for one letter.
pub struct Desk {
    template: Source,
    files: Vec<(FileId, Bytes)>,
}

impl Desk {
    pub fn new(story: &Story) -> Result<Self, ReportError> {
        let json = serde_json::to_vec(story).map_err(|error| ReportError::Layout(error.to_string()))?;
        let mut files = vec![(file("story.json")?, Bytes::new(json))];
        for part in &story.parts {
            if let Part::Chart { chart } = part {
                files.push((file(&format!("{}.svg", chart.id))?, Bytes::from_string(chart.svg.clone())));
            }
        }
        Ok(Self { template: Source::new(file("letter.typ")?, TEMPLATE.to_owned()), files })
    }
}

fn file(name: &str) -> Result<FileId, ReportError> {
    let path = VirtualPath::new(name).map_err(|_| ReportError::Layout(name.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHELF.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(missing(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(held, _)| *held == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    /// The date is in the story; the template asks for no other.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
