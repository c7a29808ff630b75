//! The parts of a DOCX as one archive, always the same bytes, with what the library for its parts leaves out: the
//! language, embedded fonts, words beside pictures, heads of tables repeated on every page.

use docx_rs::Docx;

use super::FONT;

use crate::department::report::ReportError;
use crate::department::report::archive::Archive;
use crate::department::report::fonts::SERIF;
use crate::department::report::story::Story;

/// By this height the first row of a table is known.
pub const HEAD_ROW_HEIGHT: f32 = 397.0;

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE_RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub fn pack(docx: Docx, story: &Story, told: Vec<String>) -> Result<Vec<u8>, ReportError> {
    let parts = docx.build();
    let mut archive = Archive::default();
    archive.add("[Content_Types].xml", typed(&text(parts.content_type)).as_bytes())?;
    archive.add("_rels/.rels", &parts.rels)?;
    archive.add("docProps/app.xml", &parts.doc_props.app)?;
    archive.add("docProps/core.xml", &parts.doc_props.core)?;
    archive.add("docProps/custom.xml", &parts.doc_props.custom)?;
    archive.add("word/_rels/document.xml.rels", &parts.document_rels)?;
    archive.add("word/document.xml", document(text(parts.document), &told).as_bytes())?;
    archive.add("word/styles.xml", styles(&text(parts.styles), story).as_bytes())?;
    archive.add("word/settings.xml", settings(&text(parts.settings)).as_bytes())?;
    archive.add("word/comments.xml", &parts.comments)?;
    archive.add("word/commentsExtended.xml", &parts.comments_extended)?;
    archive.add("word/numbering.xml", &parts.numberings)?;
    archive.add("word/footnotes.xml", &parts.footnotes)?;
    for (number, header) in (1..).zip(&parts.headers) {
        archive.add(&format!("word/header{number}.xml"), header)?;
    }
    for (number, relations) in (1..).zip(&parts.header_rels) {
        archive.add(&format!("word/_rels/header{number}.xml.rels"), relations)?;
    }
    for (name, picture) in &parts.media {
        archive.add(&format!("word/media/{name}.png"), picture)?;
    }
    fonts(&mut archive)?;
    Ok(archive.finish()?)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

fn typed(types: &str) -> String {
    let font =
        r#"<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>"#;
    types.replacen("<Default ", &format!("{font}<Default "), 1)
}

/// Numbers the pictures, says what they show, and marks the heads of tables.
fn document(xml: String, told: &[String]) -> String {
    let plain = r#"<wp:docPr id="1" name="Figure" />"#;
    let mut marked = String::with_capacity(xml.len() + 4096);
    for (place, piece) in xml.split(plain).enumerate() {
        if let Some(number) = place.checked_sub(1) {
            let words = super::super::charts::escaped(told.get(number).map_or("", String::as_str));
            marked.push_str(&format!(r#"<wp:docPr id="{place}" name="Figure {place}" descr="{words}" />"#));
        }
        marked.push_str(piece);
    }
    let height = format!(r#"<w:trHeight w:val="{HEAD_ROW_HEIGHT}" w:hRule="atLeast" />"#);
    marked.replace(&height, &format!("{height}<w:tblHeader />"))
}

fn styles(xml: &str, story: &Story) -> String {
    let region = story.language.pick("vi-VN", "en-GB");
    let language =
        format!(r#"<w:lang w:val="{region}" w:eastAsia="{region}" w:bidi="ar-SA" /></w:rPr></w:rPrDefault>"#);
    xml.replacen("</w:rPr></w:rPrDefault>", &language, 1)
}

fn settings(xml: &str) -> String {
    // The schema wants this order: zoom, fonts, tab stop.
    let zoom = r#"<w:zoom w:percent="100" />"#;
    let without = xml.replacen(zoom, "", 1);
    without.replacen(
        "<w:defaultTabStop",
        &format!("{zoom}<w:embedTrueTypeFonts /><w:saveSubsetFonts /><w:defaultTabStop"),
        1,
    )
}

/// The font table, its relations, and the four faces. They stand under the name that the letter is set in: where another
/// name is given beside it, LibreOffice takes its own font of that name, which may lack Vietnamese letters.
fn fonts(archive: &mut Archive) -> Result<(), ReportError> {
    let (mut embedded, mut relations) = (String::new(), String::new());
    for (number, face) in (1..).zip(&SERIF) {
        let key = Key::of(face.bytes);
        let style = face.style;
        embedded.push_str(&format!(r#"<w:embed{style} r:id="rId{number}" w:fontKey="{}"/>"#, key.text));
        relations.push_str(&format!(
            r#"<Relationship Id="rId{number}" Type="{OFFICE_RELATIONS}/font" Target="fonts/font{number}.odttf"/>"#
        ));
        archive.add(&format!("word/fonts/font{number}.odttf"), &key.hidden(face.bytes))?;
    }
    let kind = r#"<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/>"#;
    let table = format!(
        r#"{XML}<w:fonts xmlns:w="{WORD}" xmlns:r="{OFFICE_RELATIONS}"><w:font w:name="{FONT}">{kind}{embedded}</w:font></w:fonts>"#
    );
    archive.add("word/fontTable.xml", table.as_bytes())?;
    let relations = format!(r#"{XML}<Relationships xmlns="{RELATIONS}">{relations}</Relationships>"#);
    Ok(archive.add("word/_rels/fontTable.xml.rels", relations.as_bytes())?)
}

/// The key that an embedded font is masked with (ECMA-376, part 4, 2.8.1): no secret, it stands beside the font.
struct Key {
    bytes: [u8; 16],
    text: String,
}

impl Key {
    fn of(font: &[u8]) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&blake3::hash(font).as_bytes()[..16]);
        let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        let text = format!("{{{}-{}-{}-{}-{}}}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
        Self { bytes, text }
    }

    fn hidden(&self, font: &[u8]) -> Vec<u8> {
        let mut masked = font.to_vec();
        for (place, byte) in masked.iter_mut().take(32).enumerate() {
            *byte ^= self.bytes[15 - place % 16];
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_font_is_unmasked_by_its_key() {
        let key = Key::of(SERIF[0].bytes);
        assert_eq!(key.text.len(), 38);
        let masked = key.hidden(SERIF[0].bytes);
        assert_ne!(masked[..32], SERIF[0].bytes[..32]);
        assert_eq!(key.hidden(&masked), SERIF[0].bytes);
    }

    #[test]
    fn pictures_are_numbered_and_told() {
        let xml = r#"<a><wp:docPr id="1" name="Figure" /><wp:docPr id="1" name="Figure" /></a>"#;
        let told = ["A & B".to_owned(), "C".to_owned()];
        let expected = r#"<a><wp:docPr id="1" name="Figure 1" descr="A &amp; B" /><wp:docPr id="2" name="Figure 2" descr="C" /></a>"#;
        assert_eq!(document(xml.to_owned(), &told), expected);
    }
}
