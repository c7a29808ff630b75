//! The two command-line tools as a person runs them: exit codes that mean something, and what they print.

use haidang::base::clock::Clock;
use haidang::base::ids::{Id, random_token};
use haidang::visits::event::Ending;
use haidang::visits::{Event, Journal};
use rusqlite::Connection;
use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const SAMPLE: &str = "exhibits/hoang-sa-truong-sa";
/// Records that [`journal`] writes.
const RECORDS: usize = 5;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a person gets who runs a tool: the one in the folder `HAIDANG_BIN`, or the one built with this test.
fn run<A: AsRef<OsStr>>(name: &str, built: &str, arguments: &[A]) -> Output {
    let program = std::env::var_os("HAIDANG_BIN").map_or_else(|| PathBuf::from(built), |f| Path::new(&f).join(name));
    // Without a language of its own the machine is told both.
    Command::new(program).args(arguments).current_dir(root()).env("LC_ALL", "C").output().expect("tool runs")
}

fn pack<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    run("haidang-pack", env!("CARGO_BIN_EXE_haidang-pack"), arguments)
}

fn visits<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    run("haidang-visits", env!("CARGO_BIN_EXE_haidang-visits"), arguments)
}

/// Fails with all that the tool said when it ended otherwise.
fn ended_with(code: i32, output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}\n{complained}");
    said
}

/// Copies what is in a folder into another.
fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-r").arg(from.join(".")).arg(to).status().expect("cp runs").success());
}

/// A journal of one visit, as the kiosk writes it.
fn journal() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("visits.sqlite");
    let clock = Clock::stepped(1_788_224_400_000);
    let journal = Journal::start(path.clone(), clock.clone(), |said| panic!("{said}"));
    let visit = random_token();
    let item = Id::new("map-bien-dong").expect("id");
    journal.note("", Event::KioskStarted { version: "0.1.0".to_owned() });
    journal.note(&visit, Event::VisitStarted);
    journal.note(&visit, Event::ItemOpened { item: item.clone() });
    clock.step(9_000);
    journal.note(&visit, Event::ItemLeft { item, dwell_millis: 9_000 });
    journal.note(&visit, Event::VisitEnded { how: Ending::Finished, millis: 9_000 });
    drop(journal);
    (dir, path)
}

#[test]
fn a_clean_pack_is_told_so() {
    ended_with(0, &pack(&["check", "tests/data/packs/valid/small"]));
    let said = ended_with(0, &pack(&["check", "--json", "tests/data/packs/valid/small"]));
    assert_eq!(serde_json::from_str::<Value>(&said).expect("JSON"), Value::Array(Vec::new()));
}

#[test]
fn a_broken_pack_is_told_with_file_line_and_code() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let packs = root().join("tests/data/packs");
    copy(&packs.join("valid/small"), dir.path());
    copy(&packs.join("invalid/unknown-field/items"), &dir.path().join("items"));
    let folder = dir.path().as_os_str();
    let said = ended_with(1, &pack(&[OsStr::new("check"), folder]));
    assert!(said.contains("items/map-test.ron:3:5"), "{said}");
    let said = ended_with(1, &pack(&[OsStr::new("check"), OsStr::new("--json"), folder]));
    let problems: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(problems.as_array().map(Vec::len), Some(1), "{said}");
    let problem = &problems[0];
    assert_eq!(problem["file"], "items/map-test.ron");
    assert_eq!((problem["line"].as_u64(), problem["column"].as_u64()), (Some(3), Some(5)));
    assert_eq!(problem["code"], "unknown-field");
    for language in ["vi", "en"] {
        assert!(problem["message"][language].as_str().is_some_and(|text| !text.is_empty()), "{said}");
    }
}

/// The small pack with the one mistake of a folder of `invalid` in it.
fn broken(code: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    let packs = root().join("tests/data/packs");
    copy(&packs.join("valid/small"), dir.path());
    copy(&packs.join("invalid").join(code), dir.path());
    dir
}

/// Every sentence of one language in the JSON of problems.
fn sentences(json: &str, language: &str) -> Vec<String> {
    let problems: Value = serde_json::from_str(json).expect("JSON");
    let texts = problems.as_array().expect("a list").iter().flat_map(|problem| {
        ["message", "hint"].map(|what| problem[what][language].as_str().expect("a sentence").to_owned())
    });
    texts.filter(|text| !text.is_empty()).collect()
}

/// Runs the tool where the locale is this one.
fn pack_at(locale: &str, arguments: &[&str]) -> Output {
    let built = PathBuf::from(env!("CARGO_BIN_EXE_haidang-pack"));
    let program = std::env::var_os("HAIDANG_BIN").map_or(built, |folder| Path::new(&folder).join("haidang-pack"));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", locale);
    command.output().expect("tool runs")
}

#[test]
fn a_broken_pack_is_told_in_the_language_that_was_chosen() {
    for code in ["unknown-field", "unknown-source", "missing-field--hall-lead", "empty-text--voice"] {
        let dir = broken(code);
        let folder = dir.path().to_str().expect("UTF-8");
        let json = ended_with(1, &pack(&["check", "--json", folder]));
        for (other, language, locale) in [("en", "vi", "vi_VN.UTF-8"), ("vi", "en", "en_GB.UTF-8")] {
            let chosen = ended_with(1, &pack(&["check", "--lang", language, folder]));
            assert_eq!(chosen, ended_with(1, &pack_at(locale, &["check", folder])), "option and locale differ");
            for sentence in sentences(&json, language) {
                assert!(chosen.contains(&sentence), "{code}: {sentence}: {chosen}");
            }
            for sentence in sentences(&json, other) {
                assert!(!chosen.contains(&sentence), "{code}: {sentence}: {chosen}");
            }
            assert!(!chosen.contains(" · "), "{chosen}");
            // What programs read is the same for everybody.
            assert_eq!(json, ended_with(1, &pack_at(locale, &["--lang", language, "check", "--json", folder])));
        }
        assert!(ended_with(1, &pack_at("vi_VN.UTF-8", &["check", "--lang", "both", folder])).contains(" · "));
    }
}

#[test]
fn complaints_are_told_in_the_language_that_was_chosen() {
    let cases: [(&[&str], i32, &str, &str); 6] = [
        (&["check"], 2, "thiếu tham số bắt buộc", "the following required arguments"),
        (&["chek", "."], 2, "không có lệnh 'chek'", "unrecognized subcommand 'chek'"),
        (&["keys", "list", "--ring", "nowhere"], 3, "không có tệp", "cannot be read"),
        (&["inspect", "Cargo.toml"], 3, "Đây không phải gói", "This is no sealed"),
        (&["new", "src"], 1, "Đã có; không ghi đè", "is not overwritten"),
        (&["verify", "--ring", "r", "--on", "tomorrow", "p"], 2, "một ngày như", "A day such as"),
    ];
    for (arguments, code, vietnamese, english) in cases {
        let told = |locale| {
            let output = pack_at(locale, arguments);
            assert_eq!(output.status.code(), Some(code), "{arguments:?}");
            String::from_utf8_lossy(&output.stderr).into_owned()
        };
        let (vi, en, both) = (told("vi_VN.UTF-8"), told("en_US.UTF-8"), told("C"));
        assert!(vi.contains(vietnamese) && !vi.contains(english), "{vi}");
        assert!(en.contains(english) && !en.contains(vietnamese), "{en}");
        assert!(both.contains(vietnamese) && both.to_lowercase().contains(&english.to_lowercase()), "{both}");
        for told in [vi, en] {
            assert!(!told.contains(" · "), "{told}");
        }
    }
}

#[test]
fn a_pack_that_is_not_there_cannot_be_read() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let missing = dir.path().join("missing");
    ended_with(3, &pack(&[OsStr::new("check"), missing.as_os_str()]));
    ended_with(3, &pack(&[OsStr::new("draw"), missing.as_os_str()]));
}

#[test]
fn wrong_usage_is_told_apart() {
    for arguments in [&["check"][..], &["chek", "."], &["check", ".", "--jason"], &[]] {
        ended_with(2, &pack(arguments));
    }
    for arguments in [&["list"][..], &["export", "visits.sqlite"], &[]] {
        ended_with(2, &visits(arguments));
    }
}

#[test]
fn the_sample_exhibit_is_clean() {
    if !root().join(SAMPLE).join("plates/map-bien-dong.png").exists() {
        ended_with(0, &pack(&["draw", SAMPLE]));
    }
    ended_with(0, &pack(&["check", SAMPLE]));
}

#[test]
fn a_journal_is_listed_and_exported() {
    let (_dir, path) = journal();
    let said = ended_with(0, &visits(&[OsStr::new("list"), path.as_os_str()]));
    assert!(said.starts_with(&format!("1 lượt xem · visits, {RECORDS} bản ghi")), "{said}");
    assert!(said.contains("    9 s  finished"), "{said}");
    let said = ended_with(0, &visits(&[OsStr::new("export"), OsStr::new("--csv"), path.as_os_str()]));
    assert!(said.starts_with("\u{feff}sequence,"), "{said}");
    assert_eq!(said.lines().count(), 1 + RECORDS, "{said}");
    assert!(said.contains(",item-left,map-bien-dong,,9000\r\n"), "{said}");
}

#[test]
fn a_changed_row_is_noticed() {
    let (_dir, path) = journal();
    let connection = Connection::open(&path).expect("journal opened");
    let changed = connection.execute("UPDATE record SET amount = 1 WHERE kind = 'item-left'", ()).expect("row changed");
    assert_eq!(changed, 1);
    drop(connection);
    let said = ended_with(1, &visits(&[OsStr::new("export"), OsStr::new("--csv"), path.as_os_str()]));
    assert_eq!(said.lines().count(), 1 + RECORDS, "the records are still handed out: {said}");
    ended_with(1, &visits(&[OsStr::new("list"), path.as_os_str()]));
}

#[test]
fn a_journal_that_is_not_there_cannot_be_read() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let missing = dir.path().join("visits.sqlite");
    ended_with(3, &visits(&[OsStr::new("list"), missing.as_os_str()]));
    assert!(!missing.exists(), "reading made a journal");
}
