//! The rules of the house, as ARCHITECTURE.md tells them, held over the text of `src`. Each rule takes the texts as a
//! list, so that a made-up text shows that it can fail.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Rooms outside the kiosk and what each may import besides itself.
const TABLE: [(&str, &[&str]); 10] = [
    ("base", &[]),
    ("diagnostics", &["base"]),
    ("command_line", &["diagnostics"]),
    ("print", &[]),
    ("sea", &["base"]),
    ("pack", &["base", "diagnostics", "sea"]),
    ("visits", &["base", "diagnostics"]),
    ("caretaking", &["base", "diagnostics", "pack", "visits"]),
    ("organiser", &["base", "command_line", "diagnostics", "pack", "print", "sea", "visits"]),
    ("department", &["base", "command_line", "diagnostics", "print", "visits"]),
];
/// Rooms of the kiosk that others in it may import.
const PLATFORM: [&str; 14] = [
    "canvas",
    "caretaker",
    "exhibit",
    "input",
    "language",
    "replay",
    "screens",
    "session",
    "settings",
    "sound",
    "theme",
    "touch",
    "trouble",
    "window",
];
/// Rooms of the kiosk that nobody but `kiosk/mod.rs` knows.
const FEATURES: [&str; 11] = [
    "attract",
    "deep_zoom",
    "document",
    "evidence",
    "home",
    "narration",
    "overlay",
    "preview",
    "staff",
    "still_there",
    "support",
];
/// What a feature sees of a pack.
const PACK_OF_FEATURES: [&str; 4] = ["Exhibit", "captions", "model", "tiles"];
/// What no feature touches: raw pointers, disk, raw colours.
const NOT_IN_FEATURES: [&str; 6] =
    ["bevy::input", "TouchInput", "MouseButtonInput", "std::fs", "Color::srgb", "Color::WHITE"];
/// The binaries and the room each opens.
const DOORS: [(&str, &str); 3] =
    [("haidang-kiosk", "kiosk"), ("haidang-pack", "organiser"), ("haidang-visits", "department")];

const NAMELESS: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "misc", "core"];
const UNFINISHED: [&str; 6] = ["todo!(", "unimplemented!(", "dbg!(", ".unwrap()", "FIXME", "XXX"];
// Put together, so that this file does not hold what it looks for.
const SLEEPS: [&str; 2] = [concat!("thread::", "sleep"), concat!("thread::", "{sleep")];

const MAX_FILE_LINES: usize = 400;
const MAX_FUNCTION_LINES: usize = 60;
const MAX_DOOR_LINES: usize = 25;

/// A file of Rust, its path from the root of the project.
struct Source {
    path: String,
    text: String,
}

type Rule = fn(&[Source]) -> Vec<String>;

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The text before its tests.
    fn production(&self) -> &str {
        self.text.split("#[cfg(test)]").next().unwrap_or_default()
    }

    /// Lines that are no comment, each with its number from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered_code(&self.text)
    }

    /// The same without the tests.
    fn production_code(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered_code(self.production())
    }

    /// The module's path: `src/kiosk/home/mod.rs` is `["kiosk", "home"]`, `src/lib.rs` is empty.
    fn module(&self) -> Vec<&str> {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let inner = inner.strip_suffix(".rs").unwrap_or(inner);
        inner.split('/').filter(|part| !["mod", "lib"].contains(part)).collect()
    }

    fn is_feature(&self) -> bool {
        matches!(self.module()[..], ["kiosk", room, ..] if FEATURES.contains(&room))
    }
}

fn numbered_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What follows each place where a name begins with these words.
fn after<'a>(line: &'a str, words: &str) -> Vec<&'a str> {
    line.match_indices(words)
        .filter(|(at, _)| !line[..*at].ends_with(is_word_part))
        .map(|(at, found)| &line[at + found.len()..])
        .collect()
}

fn holds_word(line: &str, word: &str) -> bool {
    after(line, word).iter().any(|rest| !rest.starts_with(is_word_part))
}

/// The first steps of a path such as `kiosk::theme::{Look}`: a brace or star counts as a step of its own.
fn steps(path: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    let mut rest = path;
    while steps.len() < 3 {
        let end = rest.find(|c: char| !is_word_part(c)).unwrap_or(rest.len());
        if end == 0 {
            steps.extend(rest.get(..1).filter(|sign| ["{", "*"].contains(sign)));
            break;
        }
        steps.push(&rest[..end]);
        match rest[end..].strip_prefix("::") {
            Some(further) => rest = further,
            None => break,
        }
    }
    steps
}

/// Rooms that a file names, as paths from the crate's root, each with its line. `super` is followed outside tests,
/// whose own modules lie one deeper.
fn imports(source: &Source) -> Vec<(usize, Vec<&str>)> {
    let mut found = Vec::new();
    for (number, line) in source.code() {
        for root in ["crate::", "haidang::"] {
            found.extend(after(line, root).into_iter().map(|path| (number, steps(path))));
        }
    }
    for (number, line) in source.production_code() {
        for mut path in after(line, "super::") {
            // The chain's first `super` only; the others are walked here.
            let before = &line[..line.len() - path.len() - "super::".len()];
            if before.ends_with("::") {
                continue;
            }
            let mut module = source.module();
            module.pop();
            while let Some(further) = path.strip_prefix("super::") {
                module.pop();
                path = further;
            }
            module.extend(steps(path));
            found.push((number, module));
        }
    }
    found
}

/// May a file of this module name that path?
fn may_import(module: &[&str], path: &[&str]) -> bool {
    let to = path.first().copied().unwrap_or_default();
    let in_kiosk = path.get(1).copied().unwrap_or_default();
    match module {
        [] | ["kiosk"] => true,
        ["bin", door] => DOORS.contains(&(*door, to)),
        ["kiosk", room, ..] if PLATFORM.contains(room) => match to {
            "kiosk" => PLATFORM.contains(&in_kiosk),
            _ => ["base", "caretaking", "diagnostics", "pack", "sea", "visits"].contains(&to),
        },
        ["kiosk", room, ..] => match to {
            "base" | "sea" => true,
            "pack" => PACK_OF_FEATURES.contains(&in_kiosk),
            "visits" => in_kiosk == "Event",
            "kiosk" => in_kiosk == *room || PLATFORM.contains(&in_kiosk),
            _ => false,
        },
        [room, ..] => to == *room || TABLE.iter().any(|(name, may)| name == room && may.contains(&to)),
    }
}

fn every_file_says_what_lives_in_it(sources: &[Source]) -> Vec<String> {
    let silent = sources.iter().filter(|s| !s.text.starts_with("//!"));
    silent.map(|s| format!("{}: no //! saying what lives here", s.path)).collect()
}

fn every_room_has_a_name(sources: &[Source]) -> Vec<String> {
    let nameless = |part: &str| NAMELESS.contains(&part.strip_suffix(".rs").unwrap_or(part));
    let found = sources.iter().filter(|s| s.path.split('/').any(nameless));
    found.map(|s| format!("{}: a room without a name", s.path)).collect()
}

fn every_room_is_in_the_table(sources: &[Source]) -> Vec<String> {
    let is_known = |module: &[&str]| match module {
        [] | ["kiosk"] => true,
        ["bin", door] => DOORS.iter().any(|(name, _)| name == door),
        ["kiosk", room, ..] => PLATFORM.contains(room) || FEATURES.contains(room),
        [room, ..] => TABLE.iter().any(|(name, _)| name == room),
    };
    let strange = sources.iter().filter(|s| !is_known(&s.module()));
    strange.map(|s| format!("{}: this room stands in no table", s.path)).collect()
}

fn stairs_go_down_only(sources: &[Source]) -> Vec<String> {
    let mut violations = BTreeSet::new();
    for source in sources {
        let module = source.module();
        for (number, path) in imports(source) {
            if !may_import(&module, &path) {
                violations.insert(format!("{}:{number}: may not import {}", source.path, path.join("::")));
            }
        }
    }
    violations.into_iter().collect()
}

fn features_leave_pointers_disk_and_colours_alone(sources: &[Source]) -> Vec<String> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|s| s.is_feature()) {
        for (number, line) in source.code() {
            let words = NOT_IN_FEATURES.iter().filter(|word| !after(line, word).is_empty());
            violations.extend(words.map(|word| format!("{}:{number}: {word} in a feature", source.path)));
        }
    }
    violations
}

/// A word that only files chosen by `may` hold outside their tests.
fn only_in(sources: &[Source], words: &[&str], may: impl Fn(&[&str]) -> bool) -> Vec<String> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|s| !may(&s.module())) {
        for (number, line) in source.production_code() {
            let held = words.iter().filter(|word| holds_word(line, word));
            violations.extend(held.map(|word| format!("{}:{number}: {word} has no place here", source.path)));
        }
    }
    violations
}

fn bevy_stays_in_the_kiosk(sources: &[Source]) -> Vec<String> {
    only_in(sources, &["bevy"], |module| matches!(module, ["kiosk", ..]))
}

fn only_apps_read_a_command_line(sources: &[Source]) -> Vec<String> {
    only_in(sources, &["clap"], |module| {
        matches!(module, ["command_line" | "organiser" | "department", ..] | ["kiosk"] | ["kiosk", "settings"])
    })
}

fn only_apps_print(sources: &[Source]) -> Vec<String> {
    only_in(sources, &["println!", "eprintln!", "print!", "eprint!"], |module| {
        matches!(module, ["organiser", "screen"] | ["department", ..] | ["kiosk"])
    })
}

fn only_mirrors_of_texts_know_serde(sources: &[Source]) -> Vec<String> {
    only_in(sources, &["Serialize", "Deserialize"], |module| {
        let mirrors = matches!(module, ["pack", "source", ..] | ["kiosk", "settings"] | ["kiosk", "replay", "script"]);
        // Figures are told as JSON, and the lake's ledger is kept as such.
        mirrors || matches!(module, ["department", ..])
    })
}

fn doors_are_short(sources: &[Source]) -> Vec<String> {
    let lines = |s: &Source| s.text.lines().count();
    let long = sources.iter().filter(|s| s.path.starts_with("src/bin/") && lines(s) >= MAX_DOOR_LINES);
    long.map(|s| format!("{}: {} lines, a door has fewer than {MAX_DOOR_LINES}", s.path, lines(s))).collect()
}

fn files_are_short(sources: &[Source]) -> Vec<String> {
    let lines = |s: &Source| s.production().lines().count();
    let long = sources.iter().filter(|s| lines(s) >= MAX_FILE_LINES);
    long.map(|s| format!("{}: {} lines before its tests ({MAX_FILE_LINES})", s.path, lines(s))).collect()
}

/// The name of the function that begins on this line.
fn function_name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    if let Some(public) = rest.strip_prefix("pub") {
        rest = match public.strip_prefix('(') {
            Some(scope) => scope.split_once(") ")?.1,
            None => public.strip_prefix(' ')?,
        };
    }
    while let Some(further) = ["async ", "const ", "unsafe "].iter().find_map(|word| rest.strip_prefix(word)) {
        rest = further;
    }
    let name = rest.strip_prefix("fn ")?;
    Some(&name[..name.find(|c: char| !is_word_part(c)).unwrap_or(name.len())])
}

fn functions_are_short(sources: &[Source]) -> Vec<String> {
    let mut violations = Vec::new();
    for source in sources {
        let lines: Vec<&str> = source.production().lines().collect();
        for (start, line) in lines.iter().enumerate() {
            // One that ends on its own line is short, one without a body has no end to look for.
            let Some(name) = function_name(line).filter(|_| !line.ends_with(['}', ';'])) else { continue };
            let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
            let length = lines[start..].iter().position(|l| l.starts_with(&end)).map_or(0, |rows| rows + 1);
            if length > MAX_FUNCTION_LINES {
                violations.push(format!("{}: fn {name} is {length} lines ({MAX_FUNCTION_LINES})", source.path));
            }
        }
    }
    violations
}

fn nothing_is_left_unfinished(sources: &[Source]) -> Vec<String> {
    let mut violations = Vec::new();
    for source in sources {
        for (index, line) in source.production().lines().enumerate() {
            let held = UNFINISHED.iter().filter(|word| line.contains(**word));
            violations.extend(held.map(|word| format!("{}:{}: {word}", source.path, index + 1)));
        }
    }
    violations
}

fn nothing_sleeps(sources: &[Source]) -> Vec<String> {
    let sleepers = sources.iter().filter(|s| s.code().any(|(_, line)| SLEEPS.iter().any(|word| line.contains(*word))));
    sleepers.map(|s| format!("{}: sleeps", s.path)).collect()
}

/// Every file of Rust in a folder of the project, in order.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).expect("folder listed") {
            let entry = entry.expect("folder listed");
            let inner = format!("{path}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().expect("kind of file").is_dir() {
                waiting.push(inner);
            } else if inner.ends_with(".rs") {
                found.push(Source::new(&inner, &fs::read_to_string(entry.path()).expect("file read")));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

const RULES: [Rule; 13] = [
    every_file_says_what_lives_in_it,
    every_room_has_a_name,
    every_room_is_in_the_table,
    stairs_go_down_only,
    features_leave_pointers_disk_and_colours_alone,
    bevy_stays_in_the_kiosk,
    only_apps_read_a_command_line,
    only_apps_print,
    only_mirrors_of_texts_know_serde,
    doors_are_short,
    files_are_short,
    functions_are_short,
    nothing_is_left_unfinished,
];

#[test]
fn the_house_keeps_its_rules() {
    let house = sources("src");
    assert!(house.iter().any(|s| s.path == "src/kiosk/canvas/view.rs"), "the kiosk's files were not read");
    let mut violations: Vec<String> = RULES.iter().flat_map(|rule| rule(&house)).collect();
    violations.extend(nothing_sleeps(&house));
    violations.extend(nothing_sleeps(&sources("tests")));
    assert!(violations.is_empty(), "{violations:#?}");
}

/// The rule tells of the first text and not of the second.
fn tells(rule: Rule, path: &str, bad: &str, good: (&str, &str)) {
    let told = rule(&[Source::new(path, bad)]);
    assert!(told.iter().any(|line| line.starts_with(path)), "{path} is not told of: {bad}");
    assert_eq!(rule(&[Source::new(good.0, good.1)]), Vec::<String>::new(), "{}: {}", good.0, good.1);
}

#[test]
fn files_without_a_word_or_a_name_are_told() {
    tells(every_file_says_what_lives_in_it, "src/base/a.rs", "use std::fs;", ("src/base/a.rs", "//! Words."));
    for path in ["src/base/utils.rs", "src/pack/common/mod.rs", "src/core/mod.rs"] {
        tells(every_room_has_a_name, path, "", ("src/base/files.rs", ""));
    }
    tells(every_room_is_in_the_table, "src/cellar/mod.rs", "", ("src/base/mod.rs", ""));
    tells(every_room_is_in_the_table, "src/kiosk/quiz/mod.rs", "", ("src/kiosk/home/mod.rs", ""));
}

#[test]
fn a_stair_that_goes_up_is_told() {
    let cases = [
        ("src/base/a.rs", "use crate::diagnostics::Problem;", "use crate::base::ids::Id;"),
        ("src/diagnostics/a.rs", "fn a(p: &crate::pack::Exhibit) {}", "use crate::base::ids::Id;"),
        ("src/pack/a.rs", "use crate::visits::Event;", "use crate::diagnostics::{Findings, Place};"),
        ("src/pack/mod.rs", "use super::visits::Event;", "use super::base::ids::Id;"),
        ("src/visits/a.rs", "use crate::{base::ids::Id, pack};", "use super::record::Record;"),
        ("src/visits/a.rs", "#[cfg(test)]\nmod tests { use crate::pack::model::Item; }", "use crate::base::ids::Id;"),
        ("src/organiser/a.rs", "use crate::department;", "use crate::pack;"),
        ("src/department/mod.rs", "use crate::pack::Exhibit;", "use crate::visits::read;"),
        ("src/kiosk/theme/look.rs", "use crate::kiosk::home::Hall;", "use crate::kiosk::window::Shape;"),
        ("src/kiosk/theme/look.rs", "use super::super::home::Hall;", "use super::super::window::Shape;"),
        ("src/kiosk/touch/mod.rs", "use super::home::Hall;", "use super::theme::Look;"),
        ("src/kiosk/touch/mod.rs", "use crate::organiser;", "use crate::visits::Journal;"),
        ("src/kiosk/home/mod.rs", "use crate::kiosk::document::Page;", "use crate::kiosk::theme::Look;"),
        ("src/kiosk/home/mod.rs", "use crate::kiosk::{home, document};", "use crate::kiosk::theme::{Look, Face};"),
        ("src/kiosk/home/mod.rs", "use crate::visits::{Event, Journal};", "use crate::visits::Event;"),
        ("src/kiosk/home/mod.rs", "use crate::diagnostics::Problem;", "use crate::base::ids::Id;"),
        ("src/kiosk/home/mod.rs", "use crate::pack::source;", "use crate::pack::model::Hall;"),
        ("src/bin/haidang-pack.rs", "fn main() { haidang::kiosk::run() }", "fn main() { haidang::organiser::run() }"),
    ];
    for (path, bad, good) in cases {
        tells(stairs_go_down_only, path, bad, (path, good));
    }
}

#[test]
fn a_word_in_the_wrong_room_is_told() {
    let (home, touch) = ("src/kiosk/home/mod.rs", "src/kiosk/touch/mod.rs");
    for word in NOT_IN_FEATURES {
        let text = format!("use {word};");
        tells(features_leave_pointers_disk_and_colours_alone, home, &text, (touch, &text));
    }
    let cases: [(Rule, &str, &str, &str); 7] = [
        (bevy_stays_in_the_kiosk, "use bevy::prelude::*;", "src/pack/model.rs", home),
        (only_apps_read_a_command_line, "use clap::Parser;", "src/pack/model.rs", "src/organiser/args.rs"),
        (only_apps_read_a_command_line, "use clap::Parser;", home, "src/kiosk/settings.rs"),
        (only_apps_print, "fn a() { println!(); }", "src/diagnostics/json.rs", "src/department/mod.rs"),
        (only_apps_print, "fn a() { eprint!(\"a\"); }", home, "src/kiosk/mod.rs"),
        (only_apps_print, "fn a() { print!(); }", "src/organiser/commands/check.rs", "src/organiser/screen.rs"),
        (only_mirrors_of_texts_know_serde, "#[derive(Deserialize)]", "src/pack/model.rs", "src/pack/source/schema.rs"),
    ];
    for (rule, text, bad, good) in cases {
        tells(rule, bad, text, (good, text));
    }
}

#[test]
fn what_grew_too_long_is_told() {
    let lines = |count: usize| "// a line\n".repeat(count);
    let (door, file) = ("src/bin/haidang-pack.rs", "src/base/files.rs");
    tells(doors_are_short, door, &lines(25), (door, &lines(24)));
    tells(files_are_short, file, &lines(400), (file, &format!("{}#[cfg(test)]\n{}", lines(399), lines(400))));
    let function = |count: usize| format!("impl A {{\n    pub(super) const fn b(\n{}    }}\n}}\n", lines(count));
    tells(functions_are_short, file, &function(59), (file, &function(58)));
}

#[test]
fn what_is_unfinished_or_sleeps_is_told() {
    let file = "src/base/files.rs";
    for word in UNFINISHED {
        tells(nothing_is_left_unfinished, file, word, (file, &format!("#[cfg(test)]\n{word}")));
    }
    for word in SLEEPS {
        tells(nothing_sleeps, file, word, (file, "// Sleeps until woken.\nthread::yield_now();"));
    }
}
