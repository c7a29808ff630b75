//! Which pictures and sounds a row of a list means, and what it tells of them.

use super::columns::Column;
use super::draft::{DraftItem, DraftPage, DraftTrack, Texts};
use super::media::MediaKind;
use super::plain::{self, slug};
use super::rows::{Desk, Line, known_word};
use super::shown;
use super::words::{self, NATURES, VOICES};
use std::collections::BTreeSet;

pub fn pictures(desk: &mut Desk<'_>, line: Line<'_>, item: &mut DraftItem) {
    let files = match line.get(Column::Images) {
        Some(names) => named_pictures(desk, line, names),
        None => found_pictures(desk, line, item),
    };
    let nature = known_word(desk, line, Column::Nature, &NATURES);
    let licence = licence(desk, line, Column::Licence);
    let credit = desk.texts(line, Column::CreditVi, Column::CreditEn);
    let alts = desk.texts(line, Column::AltVi, Column::AltEn);
    let count = files.len();
    tell_lines_too_many(desk, line, &alts, count);
    for (index, file) in files.into_iter().enumerate() {
        let number = index + 1;
        let stem = if count == 1 { item.id.clone() } else { format!("{}-{number}", item.id) };
        let path = take(desk, file, "images", &stem);
        let name = desk.shelf.files[file].name.clone();
        let credit = credit.clone();
        let (alt, label) = (alt_of(&alts, index, count), label_of(desk.languages, number));
        let licence = licence.clone();
        let page = DraftPage { file: path, origin: name, nature, alt, licence, credit, label, ..DraftPage::default() };
        item.pages.push(page);
    }
    if item.kind == Some(words::ItemKind::Map) && count > 1 {
        let said = (
            format!("Một bản đồ có một ảnh, ở đây có {count}; chỉ ảnh đầu được dùng."),
            format!("A map has one picture, here are {count}; the first is used."),
        );
        desk.tell(
            "too-many-pictures",
            line,
            Column::Images,
            said,
            ("Ghi loại Văn bản, hoặc tách thành nhiều dòng.", "Call it a document, or make several rows of it."),
        );
    }
}

/// Copies a file of the shelf into the pack under a name made from the item's. The second page of one item may be
/// called as another item is.
fn take(desk: &mut Desk<'_>, file: usize, folder: &str, stem: &str) -> String {
    let found = &desk.shelf.files[file];
    let ending = found.ending();
    let mut path = format!("{folder}/{stem}.{ending}");
    let mut number = 1;
    while desk.copies.iter().any(|(_, taken)| *taken == path) {
        number += 1;
        path = format!("{folder}/{stem}-{number}.{ending}");
    }
    desk.copies.push((found.path.clone(), path.clone()));
    desk.shelf.mark_used(file);
    path
}

fn named_pictures(desk: &mut Desk<'_>, line: Line<'_>, names: &str) -> Vec<usize> {
    let mut files = Vec::new();
    for name in names.split([';', '\n', '|']).map(str::trim).filter(|name| !name.is_empty()) {
        files.extend(one_named(desk, line, Column::Images, name, MediaKind::Picture));
    }
    files
}

fn one_named(desk: &mut Desk<'_>, line: Line<'_>, column: Column, name: &str, kind: MediaKind) -> Option<usize> {
    let found = desk.shelf.named(name, kind);
    let name = shown(name);
    match found.as_slice() {
        [one] => return Some(*one),
        [] => not_found(desk, line, column, &name, kind),
        several => {
            let list: Vec<String> = several.iter().take(5).map(|at| desk.shelf.files[*at].name.clone()).collect();
            let list = list.join(", ");
            desk.tell(
                "file-not-clear",
                line,
                column,
                (format!("“{name}” có thể là: {list}."), format!("“{name}” may be any of: {list}.")),
                ("Ghi cả thư mục, ví dụ a/ban-do.jpg.", "Write the folder too, such as a/map.jpg."),
            );
        }
    }
    None
}

/// There is no such file, or there is one that is not read.
fn not_found(desk: &mut Desk<'_>, line: Line<'_>, column: Column, name: &str, kind: MediaKind) {
    if let Some(file) = desk.shelf.of_another_kind(name, kind).cloned() {
        let form = file.form_not_read().unwrap_or_else(|| file.ending().to_uppercase());
        let found = shown(&file.name);
        let said = (
            format!("Có tệp “{found}”, nhưng dạng {form} không đọc được ở cột này."),
            format!("The file “{found}” is there, but {form} is not read in this column."),
        );
        desk.shelf.mark_told(&file.name);
        return desk.tell("file-of-another-kind", line, column, said, file.saved_as());
    }
    let near = desk.shelf.nearest(name, kind).map(shown);
    let hint = match near {
        // Several names with the wrong sign between them.
        _ if kind == MediaKind::Picture && name.contains(',') => (
            format!("Ngăn các tên tệp bằng dấu chấm phẩy: “{}”.", name.replace(',', ";")),
            format!("Put semicolons between file names: “{}”.", name.replace(',', ";")),
        ),
        Some(near) => (format!("Có phải ý bạn là “{near}”?"), format!("Did you mean “{near}”?")),
        None => (
            "Sửa tên, hoặc chép tệp vào thư mục ảnh và âm thanh.".to_owned(),
            "Mend the name, or copy the file into the folder of scans and sounds.".to_owned(),
        ),
    };
    let said = (format!("Không tìm thấy tệp “{name}”."), format!("There is no file “{name}”."));
    desk.tell("file-not-found", line, column, said, (&hint.0, &hint.1));
}

/// The item's id, unless nobody wrote it: files that are called like it are another item's pages.
fn own_name(desk: &Desk<'_>, item: &DraftItem) -> Option<String> {
    Some(item.id.clone()).filter(|id| !desk.stand_ins.contains(id))
}

fn found_pictures(desk: &mut Desk<'_>, line: Line<'_>, item: &DraftItem) -> Vec<usize> {
    let mut plains: Vec<String> = own_name(desk, item).into_iter().collect();
    plains.extend([Column::TitleVi, Column::TitleEn].iter().filter_map(|column| line.get(*column)).map(slug));
    let others: BTreeSet<String> = desk.names.iter().filter(|name| !plains.contains(name)).cloned().collect();
    let mut files = desk.shelf.pages_of(&plains, &others);
    files.retain(|file| !desk.shelf.is_used(*file));
    let mut seen = BTreeSet::new();
    let twice = files.iter().find(|file| !seen.insert(desk.shelf.files[**file].plain.clone())).copied();
    if let Some(twice) = twice {
        let name = desk.shelf.files[twice].name.clone();
        desk.tell(
            "file-not-clear",
            line,
            Column::Images,
            (
                format!("Có nhiều ảnh cùng tên, trong đó có “{name}”."),
                format!("Several pictures have one name, “{name}” among them."),
            ),
            ("Ghi tên tệp vào cột Ảnh.", "Write the file's name into the column of images."),
        );
        return Vec::new();
    }
    if files.is_empty() {
        let name = own_name(desk, item).or_else(|| line.get(Column::TitleVi).map(shown)).unwrap_or(item.id.clone());
        desk.tell(
            "row-without-image",
            line,
            Column::Images,
            (format!("Không có ảnh nào tên như “{name}”."), format!("No picture has the name of “{name}”.")),
            (
                "Ghi tên tệp vào cột Ảnh, hoặc đổi tên ảnh theo mã.",
                "Write the file's name into the column of images, or name the picture like the id.",
            ),
        );
    }
    files
}

fn lines_of(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// More lines of words than there are pictures.
fn tell_lines_too_many(desk: &mut Desk<'_>, line: Line<'_>, alts: &Texts, count: usize) {
    for (language, column) in [("vi", Column::AltVi), ("en", Column::AltEn)] {
        let told = alts.get(language).map_or(0, |text| lines_of(text).len());
        if (2..told).contains(&count) {
            let said = (
                format!("Có {told} dòng lời tả mà chỉ có {count} ảnh; từ dòng thứ {} không được dùng.", count + 1),
                format!("There are {told} lines for {count} pictures; those from line {} are not used.", count + 1),
            );
            let hint = ("Mỗi ảnh một dòng, theo thứ tự của ảnh.", "A line for each picture, in their order.");
            desk.tell("too-many-lines", line, column, said, hint);
        }
    }
}

/// The words for a picture: a line each, or one line for all with its page number.
fn alt_of(alts: &Texts, index: usize, count: usize) -> Texts {
    let mut alt = Texts::new();
    for (language, text) in alts {
        let lines = lines_of(text);
        let words = match lines.as_slice() {
            [one] if one.contains("{n}") => Some(one.replace("{n}", &(index + 1).to_string())),
            _ if count == 1 => Some(lines.join(" ")),
            _ => lines.get(index).map(|line| (*line).to_owned()),
        };
        alt.extend(words.filter(|words| !words.is_empty()).map(|words| (language.clone(), words)));
    }
    alt
}

pub fn label_of(languages: &[String], number: usize) -> Texts {
    let labels = [("vi", format!("Trang {number}")), ("en", format!("Page {number}"))];
    let wanted = labels.into_iter().filter(|(language, _)| languages.iter().any(|l| l == language));
    wanted.map(|(language, label)| (language.to_owned(), label)).collect()
}

fn licence(desk: &mut Desk<'_>, line: Line<'_>, column: Column) -> Option<String> {
    let text = line.get(column)?;
    let found = words::licence(text);
    if found.is_none() {
        let text = shown(text);
        desk.tell(
            "unknown-licence",
            line,
            column,
            (format!("Không hiểu giấy phép “{text}”."), format!("The licence “{text}” is not understood.")),
            (
                "Ví dụ: CC0-1.0, CC-BY-4.0, Phạm vi công cộng, Được phép, Tư liệu của đơn vị.",
                "For example CC0-1.0, CC-BY-4.0, public domain, with permission, own material.",
            ),
        );
    }
    found
}

pub fn narration(desk: &mut Desk<'_>, line: Line<'_>, item: &mut DraftItem) {
    for (language, column) in [("vi", Column::AudioVi), ("en", Column::AudioEn)] {
        if !desk.languages.iter().any(|l| l == language) {
            continue;
        }
        let sound = match line.get(column).map(str::to_owned) {
            Some(name) => one_named(desk, line, column, &name, MediaKind::Sound),
            None => own_name(desk, item)
                .and_then(|name| only(&desk.shelf.named(&format!("{name}.{language}"), MediaKind::Sound))),
        };
        let Some(sound) = sound else { continue };
        let stem = format!("{}.{language}", item.id);
        let mut track = DraftTrack { audio: Some(take(desk, sound, "narration", &stem)), ..DraftTrack::default() };
        let plain = desk.shelf.files[sound].plain.clone();
        let is_captions = |at: &usize| {
            let file = &desk.shelf.files[*at];
            file.kind == MediaKind::Captions && file.plain == plain
        };
        let captions: Vec<usize> = (0..desk.shelf.files.len()).filter(is_captions).collect();
        track.captions = only(&captions).map(|file| take(desk, file, "narration", &stem));
        track.voice = voice(desk, line);
        track.licence = licence(desk, line, Column::AudioLicence);
        track.credit = desk.texts(line, Column::AudioCreditVi, Column::AudioCreditEn);
        item.narration.insert(language.to_owned(), track);
    }
}

fn only(found: &[usize]) -> Option<usize> {
    if let [one] = found { Some(*one) } else { None }
}

/// `Nguyễn Thị Lan`, `Người đọc: Lan`, `synthetic: eSpeak NG`. A name alone is a person, unless it looks like a program.
fn voice(desk: &mut Desk<'_>, line: Line<'_>) -> Option<(&'static str, String)> {
    let text = line.get(Column::Voice)?;
    let told = match text.split_once(':') {
        Some((word, who)) => words::meaning(word, &VOICES).map(|voice| (voice, who.trim().to_owned())),
        None => Some(("Recorded", text.trim().to_owned())).filter(|(_, who)| is_person(who)),
    };
    let told = told.filter(|(_, who)| !who.is_empty());
    if told.is_none() {
        let text = shown(text);
        desk.tell(
            "unknown-word",
            line,
            Column::Voice,
            (
                format!("Không rõ “{text}” là người đọc hay giọng máy."),
                format!("Nobody can tell whether “{text}” is a person or a program."),
            ),
            (
                "Viết tên người đọc, hoặc “Giọng máy: tên phần mềm”.",
                "Write the name of who reads, or “synthetic: a program”.",
            ),
        );
    }
    told
}

/// What is no word for the kind of voice by itself, and has no number of a version and no name of a known program.
fn is_person(who: &str) -> bool {
    const PROGRAMS: [&str; 12] = [
        "espeak",
        "piper",
        "google",
        "azure",
        "microsoft",
        "amazon",
        "vbee",
        "fpt",
        "zalo",
        "viettel",
        "elevenlabs",
        "tts",
    ];
    let plain = plain::words(who);
    let is_program = plain.split(' ').any(|word| PROGRAMS.contains(&word));
    !is_program && !who.contains(|c: char| c.is_ascii_digit()) && words::meaning(who, &VOICES).is_none()
}
