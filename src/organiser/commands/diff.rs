//! `haidang-pack diff`: what changed between two versions of a pack, in words, for the officer who approves it.

use super::page;
use crate::base::files::write_whole;
use crate::organiser::Outcome;
use crate::organiser::args::checking::Diff;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::screen::Screen;
use crate::pack::rules::written::{Texts, Written};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    /// File and key path, list elements by their id.
    place: String,
    old: Option<String>,
    new: Option<String>,
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
        let line = |sign: &str, text: &Option<String>| text.as_ref().map(|text| format!("    {sign} {text}\n"));
        let (old, new) = (line("−", &self.old), line("+", &self.new));
        format!("{}: {}\n{}{}", self.words(screen), self.place, old.unwrap_or_default(), new.unwrap_or_default())
    }
}

pub fn run(args: &Diff, screen: Screen) -> Done {
    let (old, new) = (values(&args.old, screen), values(&args.new, screen));
    for (folder, values) in [(&args.old, &old), (&args.new, &new)] {
        if values.is_empty() {
            return Err(Failure::cannot_read(folder, "không đọc được gói", "the pack cannot be read"));
        }
    }
    let changes = changes(&old, &new);
    for change in &changes {
        screen.show(change.text(screen).trim_end_matches('\n'));
    }
    let count = changes.len();
    screen.tell(&format!("{count} thay đổi"), &format!("{count} changes"));
    if let Some(path) = &args.html {
        let title = screen.words("Thay đổi giữa hai bản", "What changed between two versions");
        let page = page::page(&title, &html(&changes, screen), screen.tongue());
        write_whole(path, page.as_bytes()).map_err(|error| Failure::not_written(path, &error))?;
    }
    Ok(if changes.is_empty() { Outcome::Clean } else { Outcome::Problems })
}

/// Everything of a pack by a name that stays when lists grow: elements with an id are named by it.
fn values(folder: &Path, screen: Screen) -> BTreeMap<String, String> {
    let texts = Texts::read(folder);
    let mut ids: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for written in texts.all.iter().filter(|w| w.last_key() == "id" && w.parent().ends_with(']')) {
        ids.insert((&written.place.file, written.parent()), &written.text);
    }
    let content_words = screen.words("nội dung tệp", "content");
    let mut values = BTreeMap::new();
    let mut lists: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for written in &texts.all {
        let file = written.place.file.as_str();
        if written.place.key_path.is_empty() {
            // Captions line by line would move with every new line; they are compared as files.
            continue;
        }
        let key = format!("{file} · {}", stable(written, &ids));
        // A list of names, such as items of a hall, is one value: its order is what a visitor sees.
        if written.is_text && written.place.key_path.ends_with(']') {
            lists.entry(key[..key.rfind('[').unwrap_or(key.len())].to_owned()).or_default().push(&written.text);
        } else {
            values.insert(key.clone(), written.text.clone());
            if let Some(hash) = content(folder, written) {
                values.insert(format!("{key} · {content_words}"), hash);
            }
        }
    }
    values.extend(lists.into_iter().map(|(key, names)| (key, names.join(", "))));
    let is_hall = |w: &&Written| w.place.file == "exhibit.ron" && w.path() == "halls.id";
    let halls: Vec<&str> = texts.all.iter().filter(is_hall).map(|w| w.text.as_str()).collect();
    if !halls.is_empty() {
        let words = screen.words("thứ tự gian", "order of halls");
        values.insert(format!("exhibit.ron · {words}"), halls.join(", "));
    }
    values
}

/// The key path with ids for numbers where elements have one.
fn stable(written: &Written, ids: &BTreeMap<(&str, &str), &str>) -> String {
    let path = written.place.key_path.as_str();
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in path.match_indices(']') {
        let prefix = &path[..=at];
        if let Some(id) = ids.get(&(written.place.file.as_str(), prefix)) {
            let open = prefix.rfind('[').unwrap_or(at);
            out.push_str(&path[from..open]);
            out.push_str(&format!("[{id}]"));
            from = at + 1;
        }
    }
    out + &path[from..]
}

/// The beginning of the BLAKE3 of the file that a value names.
fn content(folder: &Path, written: &Written) -> Option<String> {
    let names_file = written.is_text && ["file", "audio", "captions"].contains(&written.last_key());
    let inside = !written.text.starts_with('/') && !written.text.split('/').any(|part| part == "..");
    let file = File::open(folder.join(&written.text)).ok().filter(|_| names_file && inside)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file).ok()?;
    Some(format!("BLAKE3 {}…", &hasher.finalize().to_hex()[..16]))
}

fn changes(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<Change> {
    let places: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ = places.into_iter().filter(|place| old.get(*place) != new.get(*place));
    let change =
        |place: &String| Change { place: place.clone(), old: old.get(place).cloned(), new: new.get(place).cloned() };
    differ.map(change).collect()
}

fn html(changes: &[Change], screen: Screen) -> String {
    let cell = |kind: &str, text: &Option<String>| {
        text.as_ref().map_or_else(String::new, |text| format!("<{kind}>{}</{kind}>", page::escaped(text)))
    };
    let row = |change: &Change| {
        let (place, old, new) = (page::escaped(&change.place), cell("del", &change.old), cell("ins", &change.new));
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
