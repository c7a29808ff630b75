//! The catalogue as one HTML file that needs nothing else, in all languages of the exhibit.

use super::licences;
use super::small::thumbnail;
use crate::base::days::{english, vietnamese};
use crate::base::ids::Id;
use crate::pack::model::{Exhibit, Item, Kind, Language, Picture, SourceStatus, Text};
use crate::pack::tiles::CutError;
use jiff::civil::Date;
use std::fmt::Write;

const STYLE: &str = "
body { font: 11pt/1.45 'Be Vietnam Pro', 'Noto Sans', 'Segoe UI', sans-serif; color: #14202e; margin: 2rem auto; max-width: 48rem; }
h1 { font-size: 26pt; margin: 0 0 .3rem } h2 { font-size: 18pt; border-bottom: 1px solid #888; margin-top: 2.2rem }
h3 { font-size: 13pt; margin: 1.4rem 0 .3rem } p { margin: .3rem 0 }
[lang]:not(html) + [lang] { color: #44566a }
article { break-inside: avoid; border-top: 1px solid #ccc; padding-top: .4rem; margin-top: 1rem }
figure { display: inline-block; margin: .3rem .6rem .3rem 0; max-width: 9cm; vertical-align: top; break-inside: avoid }
figure img { max-width: 100%; max-height: 9cm } figcaption { font-size: 8.5pt; color: #44566a }
dl { display: grid; grid-template-columns: 10rem 1fr; gap: .1rem .8rem; margin: .4rem 0 } dt { color: #44566a } dd { margin: 0 }
td, th { border: 1px solid #bbb; padding: .2rem .4rem; text-align: left; vertical-align: top; font-size: 9.5pt }
table { border-collapse: collapse; width: 100% } .wide { overflow-wrap: anywhere }
@media print { body { margin: 0; max-width: none } h2 { break-before: page } a { color: inherit; text-decoration: none } }
@page { size: A4; margin: 18mm 16mm }
";

/// The whole file. `progress` is told of every picture.
pub fn page(exhibit: &Exhibit, mut progress: impl FnMut(usize, usize)) -> Result<String, CutError> {
    let languages = &exhibit.languages;
    let first = languages.first().map_or("vi", |language| language.0.as_str());
    let title = languages.first().map_or("", |language| exhibit.title.get(language));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{}</title><style>{STYLE}</style></head><body>\n",
        escaped(first),
        escaped(title)
    );
    out += &each("h1", &exhibit.title, languages);
    out += &exhibit.subtitle.as_ref().map(|text| each("p", text, languages)).unwrap_or_default();
    out += &each("p", &exhibit.publisher, languages);
    out += &each("p", &exhibit.approval.note, languages);
    out += &decision(exhibit);
    let all = exhibit.items.values().map(|item| item.pictures().len()).sum();
    let mut done = 0;
    for hall in &exhibit.halls {
        let _ = writeln!(out, "<section>");
        out += &each("h2", &hall.title, languages);
        out += &each("p", &hall.lead.text, languages);
        for item in hall.items.iter().filter_map(|id| exhibit.items.get(id)) {
            progress(done, all);
            item_html(exhibit, item, &mut out)?;
            done += item.pictures().len();
        }
        let _ = writeln!(out, "</section>");
    }
    sources(exhibit, &mut out);
    out += "</body></html>\n";
    Ok(out)
}

/// Id, version, decision and its day, as each language writes days.
fn decision(exhibit: &Exhibit) -> String {
    let approval = &exhibit.approval;
    let day = approval.date.as_ref().map(|written| match written.parse::<Date>() {
        Ok(day) => {
            let one = |l: &Language| if l.0.starts_with("vi") { vietnamese(day) } else { english(day) };
            exhibit.languages.iter().map(one).collect::<Vec<_>>().join(" · ")
        }
        Err(_) => written.clone(),
    });
    let told: Vec<String> = approval.decision.iter().cloned().chain(day).collect();
    let (id, version) = (escaped(exhibit.id.as_str()), escaped(&exhibit.version));
    format!("<p>{id} {version} {}</p>\n", escaped(&told.join(", ")))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// An element for every language.
fn each(element: &str, text: &Text, languages: &[Language]) -> String {
    let one = |language: &Language| {
        format!("<{element} lang=\"{}\">{}</{element}>\n", escaped(&language.0), escaped(text.get(language)))
    };
    languages.iter().map(one).collect()
}

fn inline(text: &Text, languages: &[Language]) -> String {
    let one =
        |language: &Language| format!("<span lang=\"{}\">{}</span>", escaped(&language.0), escaped(text.get(language)));
    languages.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn item_html(exhibit: &Exhibit, item: &Item, out: &mut String) -> Result<(), CutError> {
    let languages = &exhibit.languages;
    let _ = writeln!(out, "<article id=\"{}\">", escaped(item.id.as_str()));
    *out += &each("h3", &item.title, languages);
    let original = item.original_title.as_ref();
    *out += &original
        .map(|o| format!("<p lang=\"{}\">{}</p>\n", escaped(&o.language), escaped(&o.text)))
        .unwrap_or_default();
    for (index, picture) in item.pictures().into_iter().enumerate() {
        figure(picture, label_of(item, index), languages, out)?;
    }
    *out += "<dl>\n";
    let facts = [
        ("Niên đại · Date", Some(&item.date.text)),
        ("Tác giả · Creator", item.creator.as_ref()),
        ("Nơi lưu giữ · Holder", item.holder.as_ref()),
        ("Nơi làm · Place", item.place.as_ref()),
    ];
    for (name, text) in facts {
        if let Some(text) = text {
            let _ = writeln!(out, "<dt>{name}</dt><dd>{}</dd>", inline(text, languages));
        }
    }
    let link = |id: &Id| {
        let title = exhibit.sources.get(id).map_or_else(|| id.to_string(), |source| inline(&source.title, languages));
        format!("<a href=\"#source-{id}\">{title}</a>")
    };
    let links: Vec<String> = item.sources.iter().map(link).collect();
    let _ = writeln!(out, "<dt>Nguồn · Sources</dt><dd>{}</dd>\n</dl>", links.join("<br>"));
    for statement in &item.description {
        *out += &each("p", &statement.text, languages);
    }
    *out += "</article>\n";
    Ok(())
}

fn label_of(item: &Item, index: usize) -> Option<&Text> {
    match &item.kind {
        Kind::Document { pages } => pages.get(index).map(|page| &page.label),
        Kind::Map { .. } | Kind::Artefact { .. } => None,
    }
}

fn figure(picture: &Picture, label: Option<&Text>, languages: &[Language], out: &mut String) -> Result<(), CutError> {
    let alt = languages.iter().map(|language| picture.alt.get(language)).collect::<Vec<_>>().join(" · ");
    let label = label.map(|label| format!("{}. ", inline(label, languages))).unwrap_or_default();
    let _ = writeln!(
        out,
        "<figure><img alt=\"{}\" src=\"data:image/jpeg;base64,{}\"><figcaption>{label}{} – {}</figcaption></figure>",
        escaped(&alt),
        base64(&thumbnail(picture)?),
        inline(&picture.credit, languages),
        escaped(&licences::told(&picture.licence, languages))
    );
    Ok(())
}

fn sources(exhibit: &Exhibit, out: &mut String) {
    *out += "<h2>Nguồn · Sources</h2>\n<table><tr><th>Tài liệu · Document</th><th>Đã đọc ở · Read in</th>\
             <th>Mức kiểm chứng · Status</th></tr>\n";
    for source in exhibit.sources.values() {
        let read = source.read_in.iter().map(|read| {
            let link = read.url.as_ref().map(|url| escaped(url));
            let link = link.map(|url| format!("<br><a href=\"{url}\">{url}</a>")).unwrap_or_default();
            format!("{}{link}", escaped(&read.publisher))
        });
        let read = read.collect::<Vec<_>>().join("<br>");
        // Read where it is kept.
        let kept = source.holder.as_ref().filter(|_| read.is_empty());
        let read = kept.map(|holder| inline(holder, &exhibit.languages)).unwrap_or(read);
        let holder = source.holder.as_ref().map(|h| format!("<br>{}", inline(h, &exhibit.languages)));
        let status = match source.status {
            SourceStatus::Verified => "Đã kiểm chứng · Verified",
            SourceStatus::Reported => "Theo nguồn · Reported",
            SourceStatus::DisputedReading => "Còn tranh luận · Disputed",
            SourceStatus::NeedsChecking => "Cần kiểm tra · Needs checking",
        };
        let title = inline(&source.title, &exhibit.languages);
        let _ = writeln!(
            out,
            "<tr id=\"source-{id}\"><td>{title}{}</td><td class=\"wide\">{read}</td><td>{status}</td></tr>",
            holder.unwrap_or_default(),
            id = source.id
        );
    }
    *out += "</table>\n";
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |index: usize| u32::from(three.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_base64() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(escaped("<b a=\"'&\">"), "&lt;b a=&quot;&#39;&amp;&quot;&gt;");
    }
}
