//! `haidang-pack diff`: what changed between two versions of a pack, in words, for the officer who approves it.

use super::{inspect, page, renamed};
use crate::base::files::write_whole;
use crate::diagnostics::Said;
use crate::organiser::Outcome;
use crate::organiser::args::checking::Diff;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::field_words::{Fields, value};
use crate::organiser::screen::Screen;
use crate::pack::rules::written::{Texts, Written};
use crate::pack::sealed::{Sealed, picture_hash};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    place: Said,
    old: Option<Said>,
    new: Option<Said>,
}

impl Change {
    fn words(&self, screen: Screen) -> String {
        match (&self.old, &self.new) {
            (None, _) => screen.words("thêm", "added"),
            (_, None) => screen.words("bỏ", "removed"),
            _ => screen.words("sửa", "changed"),
        }
    }

    fn text(&self, screen: Screen) -> String {
        let line = |sign: &str, text: &Option<Said>| {
            text.as_ref().map_or_else(String::new, |text| format!("    {sign} {}\n", screen.words(&text.vi, &text.en)))
        };
        let (old, new) = (line("−", &self.old), line("+", &self.new));
        format!("{}: {}\n{old}{new}", self.words(screen), screen.words(&self.place.vi, &self.place.en))
    }
}

/// One version of a pack, as it is given.
enum Version<'a> {
    Folder(&'a Path),
    Sealed(Box<Sealed>),
}

impl Version<'_> {
    fn texts(&self) -> Texts {
        match self {
            Self::Folder(folder) => Texts::read(folder),
            Self::Sealed(pack) => Texts::read_sealed(pack),
        }
    }

    /// The beginning of the BLAKE3 of the file that a value names.
    fn content(&self, written: &Written) -> Option<Said> {
        if !written.is_text || !["file", "audio", "captions"].contains(&written.last_key()) {
            return None;
        }
        let inside = !written.text.starts_with('/') && !written.text.split('/').any(|part| part == "..");
        let hash = match self {
            Self::Folder(folder) => picture_hash(&folder.join(&written.text)).ok().filter(|_| inside)?,
            Self::Sealed(pack) => {
                let tiles = pack.manifest.pictures.iter().find(|(picture, _)| *picture == written.text);
                // Tiles are called by the hash of their picture.
                let of_picture = tiles.and_then(|(_, tiles)| tiles.strip_prefix("tiles/")?.strip_suffix(".tiles"));
                of_picture.map(str::to_owned).or_else(|| Some(pack.manifest.entry(&written.text)?.hex()))?
            }
        };
        let short = hash.get(..8)?;
        Some(Said::new(format!("tệp có mã nội dung {short}…"), format!("a file of fingerprint {short}…")))
    }
}

/// What is told of a place, and its name.
pub(super) struct Told {
    place: Said,
    pub(super) value: Said,
}

pub fn run(args: &Diff, screen: Screen) -> Done {
    let (mut old, new) = (values(&args.old, screen)?, values(&args.new, screen)?);
    let renamed = renamed::follow(&mut old, &new);
    let mut changes: Vec<Change> = renamed.iter().map(|pair| of_id(pair, &new)).collect();
    changes.extend(self::changes(&old, &new));
    for change in &changes {
        screen.show(change.text(screen).trim_end_matches('\n'));
    }
    let count = changes.len();
    screen.tell(&format!("{count} thay đổi"), &format!("{count} changes"));
    if !renamed.is_empty() {
        screen.tell(
            "Mã đổi theo tên vì cột Mã để trống; số lượt xem cũ ở lại với mã cũ. Điền mã cũ vào cột Mã để giữ.",
            "An id follows the title where the column of ids is empty; visits counted so far stay with the old one. Write \
             the old id into the list to keep it.",
        );
    }
    if let Some(path) = &args.html {
        let names = [&old, &new].map(|values| name_of(values, screen));
        let about = if names[0] == names[1] { names[1].clone() } else { names.join(" → ") };
        let title = screen.words("Thay đổi giữa hai bản", "What changed between two versions");
        let page = page::page(&format!("{title}: {about}"), &html(&changes, screen), screen.tongue());
        write_whole(path, page.as_bytes()).map_err(|error| Failure::not_written(path, &error))?;
    }
    Ok(if changes.is_empty() { Outcome::Clean } else { Outcome::Problems })
}

/// An item that is known by another id now.
fn of_id((old, new): &(String, String), values: &BTreeMap<String, Told>) -> Change {
    let title = |language: &str| {
        let told = values.get(&format!("items/{new}.ron · title.{language}"));
        told.map_or_else(|| new.clone(), |told| told.value.vi.clone())
    };
    Change {
        place: Said::new(format!("“{}”: mã tư liệu", title(" vi")), format!("“{}”: the item's id", title("en"))),
        old: Some(Said::new(old.as_str(), old.as_str())),
        new: Some(Said::new(new.as_str(), new.as_str())),
    }
}

/// Title and version of an exhibit.
fn name_of(values: &BTreeMap<String, Told>, screen: Screen) -> String {
    let value = |key: &str| values.get(&format!("exhibit.ron · {key}")).map(|told| told.value.vi.clone());
    let (vi, en) = (value("title. vi"), value("title.en"));
    let title = screen.words(
        vi.as_ref().or(en.as_ref()).map_or("", String::as_str),
        en.as_ref().or(vi.as_ref()).map_or("", String::as_str),
    );
    format!("{title}, {}", value("version").unwrap_or_default())
}

fn opened<'a>(path: &'a Path, screen: Screen) -> Result<Version<'a>, Failure> {
    inspect::restored(path)?;
    if !path.is_file() {
        return Ok(Version::Folder(path));
    }
    let refused = |error| inspect::refused(path, &error);
    let pack = Sealed::open(path).map_err(refused)?;
    // What was altered is not compared as if somebody had written it.
    inspect::verify_whole(&pack, screen).map_err(refused)?;
    Ok(Version::Sealed(Box::new(pack)))
}

/// Everything of a pack by a name that stays when lists grow: elements with an id are named by it.
fn values(path: &Path, screen: Screen) -> Result<BTreeMap<String, Told>, Failure> {
    let version = opened(path, screen)?;
    let texts = version.texts();
    if texts.all.is_empty() {
        return Err(Failure::cannot_read(
            path,
            "Không đọc được gói; cần thư mục của gói hoặc tệp .haidang.",
            "The pack cannot be read; a pack's folder or a .haidang file is needed.",
        ));
    }
    let fields = Fields::of(&texts);
    let mut values = BTreeMap::new();
    let mut lists: BTreeMap<String, (Said, Vec<&str>)> = BTreeMap::new();
    // Captions line by line would move with every new line; they are compared as files.
    for written in texts.all.iter().filter(|written| !written.place.key_path.is_empty()) {
        let (file, key_path) = (written.place.file.as_str(), written.place.key_path.as_str());
        let key = format!("{file} · {}", vietnamese_first(&fields.stable(written)));
        // A list of names, such as items of a hall, is one value: its order is what a visitor sees.
        if written.is_text && key_path.ends_with(']') {
            let whole = |path: &str| path[..path.rfind('[').unwrap_or(path.len())].to_owned();
            let list = lists.entry(whole(&key)).or_insert_with(|| (fields.told(file, &whole(key_path)), Vec::new()));
            list.1.push(&written.text);
            continue;
        }
        let place = fields.told(file, key_path);
        if let Some(value) = version.content(written) {
            let (vi, en) = (format!("{}, nội dung", place.vi), format!("{}, content", place.en));
            let told = Told { place: Said::new(vi, en), value };
            values.insert(format!("{key} · content"), told);
        }
        values.insert(key, Told { place, value: value(written) });
    }
    let joined = |names: Vec<&str>| Said::new(names.join(", "), names.join(", "));
    let listed = lists.into_iter().map(|(key, (place, names))| (key, Told { place, value: joined(names) }));
    values.extend(listed);
    let is_hall = |w: &&Written| w.place.file == "exhibit.ron" && w.path() == "halls.id";
    let halls: Vec<&str> = texts.all.iter().filter(is_hall).map(|w| w.text.as_str()).collect();
    if !halls.is_empty() {
        let place = Said::new("Triển lãm: thứ tự gian", "Exhibit: order of halls");
        values.insert("exhibit.ron · order of halls".to_owned(), Told { place, value: joined(halls) });
    }
    Ok(values)
}

/// A key under which Vietnamese stands before all other languages.
fn vietnamese_first(key: &str) -> String {
    key.strip_suffix(".vi").map_or_else(|| key.to_owned(), |field| format!("{field}. vi"))
}

fn changes(old: &BTreeMap<String, Told>, new: &BTreeMap<String, Told>) -> Vec<Change> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |key: &String| {
        let (old, new) = (old.get(key), new.get(key));
        let place = new.or(old)?.place.clone();
        let value = |told: Option<&Told>| told.map(|told| told.value.clone());
        let (old, new) = (value(old), value(new));
        (old != new).then_some(Change { place, old, new })
    };
    keys.into_iter().filter_map(change).collect()
}

fn html(changes: &[Change], screen: Screen) -> String {
    let words = |said: &Said| page::escaped(&screen.words(&said.vi, &said.en));
    let cell = |kind: &str, text: &Option<Said>| {
        text.as_ref().map_or_else(String::new, |text| format!("<{kind}>{}</{kind}>", words(text)))
    };
    let row = |change: &Change| {
        let (place, old, new) = (words(&change.place), cell("del", &change.old), cell("ins", &change.new));
        format!("<tr><td>{}</td><td>{place}</td><td>{old}</td><td>{new}</td></tr>\n", change.words(screen))
    };
    let rows: String = changes.iter().map(row).collect();
    let count = changes.len();
    let counted = screen.words(&format!("{count} thay đổi"), &format!("{count} changes"));
    let [place, old, new] = [("chỗ", "place"), ("cũ", "old"), ("mới", "new")].map(|(vi, en)| screen.words(vi, en));
    format!(
        "<p>{counted}</p>\n<table>\n<tr><th></th><th>{place}</th><th>{old}</th><th>{new}</th></tr>\n{rows}</table>\n"
    )
}
