//! `haidang-pack new`: a pack from a few questions, or from a list and a folder of scans; or the list's template.

use super::check;
use crate::base::files::Staged;
use crate::base::ids::Id;
use crate::diagnostics::{Findings, Place, Problem, Said, Severity, json};
use crate::organiser::Outcome;
use crate::organiser::args::making::{Facts, New};
use crate::organiser::failure::{Done, Failure, cause};
use crate::organiser::making::draft::{Draft, put};
use crate::organiser::making::facts::{Fact, FactSheet};
use crate::organiser::making::media::{MediaKind, Shelf};
use crate::organiser::making::plain;
use crate::organiser::making::sheet::{self, List, MAX_CELL_CHARS, SheetError};
use crate::organiser::making::{approval, folder, rows, shown, tell, template, traced};
use crate::organiser::screen::Screen;
use crate::pack;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Files that a note names; their number says the rest.
const SPARES_NAMED: usize = 8;

pub fn run(args: &New, screen: Screen) -> Done {
    if let Some(path) = &args.template {
        return write_template(path, screen);
    }
    let Some(target) = &args.folder else { return Ok(Outcome::CannotRead) };
    if target.symlink_metadata().is_ok() {
        return Err(refusal(target));
    }
    let list = args.from.as_deref().map(sheet::read).transpose().map_err(|error| {
        let (vi, en) = said(&error);
        Failure::cannot_read(args.from.as_deref().unwrap_or(target), vi, en)
    })?;
    let list = list.unwrap_or_default();
    let mut shelf = shelf_of(args)?;
    let mut findings = Findings::default();
    let name = args.from.as_deref().unwrap_or(target).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let told = FactSheet::read(&list.facts, &name, &mut findings);
    let mut facts = with_list(args.facts.clone(), &told);
    if io::stdin().is_terminal() && !args.json {
        ask(&mut facts, screen);
    }
    if told.rows.is_empty() {
        tell_untold(&facts, &name, &mut findings);
    }
    let mut draft = draft_of(&facts);
    if args.from.is_some() {
        draft.origin.clone_from(&name);
        rows::fill(&mut draft, &list, &name, &mut shelf, &mut findings);
        approval::fill(&mut draft, &told, &mut findings);
        tell_left(&list, &name, &shelf, &mut findings);
        let spares = shelf.unused().filter(|file| file.kind != MediaKind::Other);
        draft.spares = spares.map(|file| file.name.clone()).collect();
    }
    finish(&draft, target, findings, args.json, screen)
}

fn shelf_of(args: &New) -> Result<Shelf, Failure> {
    // Without a folder of its own the list's folder is looked through.
    let folder = args.media.clone().or_else(|| args.from.as_ref()?.parent().map(Path::to_owned));
    let folder = folder.map(|f| if f.as_os_str().is_empty() { Path::new(".").to_owned() } else { f });
    let Some(folder) = folder else { return Ok(Shelf::default()) };
    Shelf::read(&folder).map_err(|error| {
        let why = cause(&error);
        let vi = format!("Không đọc được thư mục: {}.", why.vi);
        Failure::cannot_read(&folder, vi, format!("The folder cannot be read: {}.", why.en))
    })
}

pub fn refusal(target: &Path) -> Failure {
    Failure::problem(
        target,
        "Đã có; không ghi đè. Chọn tên khác.",
        "This is there already and is not overwritten. Choose another name.",
    )
}

fn write_template(path: &Path, screen: Screen) -> Done {
    if path.symlink_metadata().is_ok() {
        return Err(refusal(path));
    }
    let written = template::bytes().map_err(io::Error::other).and_then(|bytes| {
        let mut staged = Staged::beside(path)?;
        staged.file().write_all(&bytes)?;
        staged.publish()
    });
    written.map_err(|error| Failure::not_written(path, &error))?;
    screen.tell_of(path.display(), "Đã ghi bảng mẫu.", "The template is written.");
    Ok(Outcome::Clean)
}

/// What the command line leaves open, from the list's second sheet.
fn with_list(mut facts: Facts, told: &FactSheet) -> Facts {
    let value = |fact: Fact| told.get(fact).map(str::to_owned);
    facts.id = facts.id.or_else(|| value(Fact::Id));
    facts.title_vi = facts.title_vi.or_else(|| value(Fact::TitleVi));
    facts.title_en = facts.title_en.or_else(|| value(Fact::TitleEn));
    facts.publisher_vi = facts.publisher_vi.or_else(|| value(Fact::PublisherVi));
    facts.publisher_en = facts.publisher_en.or_else(|| value(Fact::PublisherEn));
    facts.languages = facts.languages.or_else(|| told.get(Fact::Languages).map(approval::languages));
    facts
}

/// Asks for what nobody told; an empty answer leaves it open.
fn ask(facts: &mut Facts, screen: Screen) {
    let questions: [(&str, &str, &mut Option<String>); 4] = [
        (
            "Tên triển lãm bằng tiếng Việt (Enter: bỏ qua)",
            "Title in Vietnamese (Enter: leave it open)",
            &mut facts.title_vi,
        ),
        (
            "Tên triển lãm bằng tiếng Anh (Enter: bỏ qua)",
            "Title in English (Enter: leave it open)",
            &mut facts.title_en,
        ),
        (
            "Đơn vị làm triển lãm, bằng tiếng Việt (Enter: bỏ qua)",
            "Publisher in Vietnamese (Enter: leave it open)",
            &mut facts.publisher_vi,
        ),
        (
            "Đơn vị làm triển lãm, bằng tiếng Anh (Enter: bỏ qua)",
            "Publisher in English (Enter: leave it open)",
            &mut facts.publisher_en,
        ),
    ];
    for (vi, en, answer) in questions {
        if answer.is_none() {
            *answer = screen.ask(vi, en);
        }
    }
    if facts.languages.is_none() {
        let told = screen.ask("Ngôn ngữ của gói (Enter: vi,en)", "The pack's languages (Enter: vi,en)");
        facts.languages = told.map(|text| text.split(',').map(|tag| tag.trim().to_owned()).collect());
    }
}

/// The exhibit as a whole, without halls and items.
pub fn draft_of(facts: &Facts) -> Draft {
    let languages = facts.languages.clone().unwrap_or_else(|| vec!["vi".to_owned(), "en".to_owned()]);
    let mut draft =
        Draft { version: "0.1.0".to_owned(), languages, origin: "haidang-pack new".to_owned(), ..Draft::default() };
    let mut words = |texts: fn(&mut Draft) -> &mut _, vi: Option<&str>, en: Option<&str>| {
        for (language, text) in [("vi", vi), ("en", en)] {
            if draft.languages.iter().any(|l| l == language) {
                put(texts(&mut draft), language, text);
            }
        }
    };
    words(|draft| &mut draft.title, facts.title_vi.as_deref(), facts.title_en.as_deref());
    words(|draft| &mut draft.publisher, facts.publisher_vi.as_deref(), facts.publisher_en.as_deref());
    words(
        |draft| &mut draft.approval_note,
        Some("Bản nháp, chưa trình duyệt."),
        Some("A draft, not yet submitted for approval."),
    );
    let title = facts.id.as_ref().or(facts.title_vi.as_ref()).or(facts.title_en.as_ref());
    let made = || title.map(|title| plain::free_id(title, "exhibit", &BTreeSet::new()).to_string());
    draft.id = facts.id.clone().filter(|id| Id::new(id).is_some()).or_else(made);
    draft
}

/// Title and publisher, when nobody told them: a CSV list has no second sheet.
fn tell_untold(facts: &Facts, name: &str, findings: &mut Findings) {
    let untold = [
        (facts.title_vi.is_none() && facts.title_en.is_none(), "title", "tên triển lãm", "the exhibit's title"),
        (facts.publisher_vi.is_none() && facts.publisher_en.is_none(), "publisher", "tên đơn vị", "the publisher"),
    ];
    for (_, key, vi, en) in untold.into_iter().filter(|(is_untold, ..)| *is_untold) {
        let hint = (
            format!("Thêm --{key}-vi và --{key}-en, hoặc điền tờ thứ hai của bảng .xlsx."),
            format!("Add --{key}-vi and --{key}-en, or fill in the second sheet of an .xlsx list."),
        );
        let said = (format!("Chưa có {vi}."), format!("Nobody tells {en}."));
        tell(findings, "exhibit-fact-missing", (name, None, key), said, (&hint.0, &hint.1));
    }
}

/// Sheets and files that were not read.
fn tell_left(list: &List, name: &str, shelf: &Shelf, findings: &mut Findings) {
    for sheet in &list.other_sheets {
        let said = (format!("Tờ “{sheet}” không được đọc."), format!("The sheet “{sheet}” is not read."));
        tell(
            findings,
            "sheet-not-read",
            (name, None, ""),
            said,
            ("Chuyển sang tờ đầu nếu cần.", "Move it to the first sheet if it is needed."),
        );
    }
    for file in shelf.unused() {
        let Some(form) = file.form_not_read() else { continue };
        let said = (format!("Dạng {form} không đọc được."), format!("{form} is not read."));
        tell(findings, "file-not-read", (&file.name, None, ""), said, file.saved_as());
    }
    if shelf.is_cut {
        let said = (
            "Thư mục quá sâu hoặc quá nhiều tệp; một phần không được xem.".to_owned(),
            "The folder is too deep or holds too many files; a part was not looked at.".to_owned(),
        );
        tell(
            findings,
            "folder-too-large",
            ("--media", None, ""),
            said,
            ("Chép riêng ảnh cần dùng.", "Put the pictures that are needed into a folder of their own."),
        );
    }
}

/// With what `check` would say of a pack made of a list, by cell: whoever has only the list mends the list.
fn with_check(draft: &Draft, target: &Path, mut findings: Findings) -> Findings {
    if !draft.layout.columns.is_empty() {
        let problems = pack::check(target, check::this_year()).findings.into_sorted();
        traced::to_cells(target, &draft.layout, problems, &mut findings);
    }
    findings
}

/// Writes the draft and tells what could not be placed.
pub fn finish(draft: &Draft, target: &Path, findings: Findings, as_json: bool, screen: Screen) -> Done {
    let written = folder::write(draft, target, |done, all| {
        if !as_json {
            screen.progress(&format!("{done}/{all}"));
        }
    });
    screen.progress_ends();
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => refusal(target),
        _ => Failure::not_written(target, &error),
    })?;
    let problems = with_check(draft, target, findings).into_sorted();
    if as_json {
        let spares = draft.spares.iter().map(|name| spare(name));
        let all: Vec<Problem> = problems.iter().cloned().chain(spares).collect();
        screen.show(format_args!("{:#}", json::render(&all)));
    } else {
        screen.problems(&problems);
        let (items, halls, files, left) = (draft.items.len(), draft.halls.len(), draft.copies.len(), problems.len());
        screen.tell_of(
            target.display(),
            &format!("{items} tư liệu, {halls} gian, {files} tệp; {left} điều cần xem lại."),
            &format!("{items} items, {halls} halls, {files} files; {left} to look at."),
        );
        tell_spares(&draft.spares, screen);
        let next = format!("haidang-pack check {}", target.display());
        screen.show(format_args!("{}: {next}", screen.words("Tiếp theo", "Next")));
    }
    Ok(if problems.is_empty() { Outcome::Clean } else { Outcome::Problems })
}

/// A spare file is nothing to mend: whoever keeps more scans than the exhibit shows has done nothing wrong.
fn tell_spares(spares: &[String], screen: Screen) {
    if spares.is_empty() {
        return;
    }
    let (count, names) = (spares.len(), spares.iter().take(SPARES_NAMED).map(|name| shown(name)));
    let more = if count > SPARES_NAMED { ", …" } else { "" };
    let names = names.collect::<Vec<_>>().join(", ") + more;
    screen.tell(
        &format!("{count} tệp trong thư mục ảnh không dòng nào dùng, bỏ qua cũng được: {names}."),
        &format!("{count} files of the folder are used by no row, which is no fault: {names}."),
    );
}

fn spare(name: &str) -> Problem {
    Problem {
        place: Place::file(name),
        severity: Severity::Warning,
        code: "file-not-used",
        message: Said::new("Không dòng nào dùng tệp này.", "No row uses this file."),
        hint: Said::new(
            "Ghi tên tệp vào cột Ảnh, hoặc bỏ qua.",
            "Write its name into the column of images, or leave it.",
        ),
    }
}

fn said(error: &SheetError) -> (String, String) {
    let vi = match error {
        SheetError::Io(error) => format!("Không đọc được bảng: {}.", cause(error).vi),
        SheetError::Kind => {
            "Chỉ đọc bảng .xlsx hoặc .csv. Trong LibreOffice hoặc Excel: Tệp → Lưu thành → .xlsx.".to_owned()
        }
        SheetError::LockFile(list) => {
            format!("Đây là tệp khóa mà Excel hay LibreOffice tạo khi bảng đang mở; hãy dùng “{list}”.")
        }
        SheetError::Parts(why) => format!("Không phải bảng tính đọc được: {}.", why.in_vietnamese()),
        SheetError::Workbook(_) => "Bảng tính bị hỏng: mở bằng Excel hoặc LibreOffice rồi lưu lại.".to_owned(),
        SheetError::NotUtf8(at) => format!("Tệp không theo UTF-8 (byte {at}): lưu lại dạng “CSV UTF-8” hoặc .xlsx."),
        SheetError::Table(_) => "Không đọc được bảng: lưu lại dạng “CSV UTF-8” hoặc .xlsx.".to_owned(),
        SheetError::TooManyRows(most) => format!("Bảng quá lớn: nhiều hơn {most} dòng."),
        SheetError::TooManyColumns(most) => format!("Bảng quá lớn: nhiều hơn {most} cột."),
        SheetError::TooManyCells(most) => format!("Bảng quá lớn: nhiều hơn {most} ô."),
        SheetError::LongCell(row) => format!("Bảng quá lớn: một ô ở dòng {row} dài hơn {MAX_CELL_CHARS} ký tự."),
        SheetError::Empty => "Bảng trống.".to_owned(),
    };
    let en = match error {
        SheetError::Kind => {
            "Only .xlsx and .csv lists are read. In LibreOffice or Excel: File → Save As → .xlsx.".to_owned()
        }
        SheetError::LockFile(list) => {
            format!("This is the lock file of a list that is open in Excel or LibreOffice; use “{list}”.")
        }
        SheetError::NotUtf8(at) => format!("It is not in UTF-8 (byte {at}): save it as “CSV UTF-8” or as .xlsx."),
        other => format!("The list cannot be read: {other}."),
    };
    (vi, en)
}
