//! The gazetteer on made-up provinces, before and after 1 July 2025.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::fs;
use tempfile::TempDir;

const UNITS: &str = "code,level,name_vi,name_en,parent,valid_from,valid_to,successor
P1,province,Tỉnh Mẫu Một,Sample Province One,,2000-01-01,2025-06-30,P9
P2,province,Tỉnh Mẫu Hai,Sample Province Two,,2000-01-01,2025-06-30,P9
P9,province,Tỉnh Mẫu Mới,New Sample Province,,2025-07-01,,
D1,district,Huyện Mẫu,Sample District,P1,2000-01-01,2025-06-30,
C1,commune,Xã Mẫu Đông,Sample East,D1,2000-01-01,2025-06-30,C9
C2,commune,Xã Mẫu Tây,Sample West,P2,2000-01-01,2025-06-30,C9
C9,commune,Xã Mẫu,Sample Commune,P9,2025-07-01,,
";
const SCHOOLS: &str = "code,kind,school_level,governed_by,name_vi,name_en,valid_from,valid_to,commune
S1,school,lower-secondary,district,THCS Mẫu,Sample School,2010-09-01,2025-06-30,C1
S1,school,lower-secondary,commune,THCS Mẫu,Sample School,2025-07-01,,C9
S2,other,,other,Nhà văn hóa mẫu,Sample Hall,2010-09-01,,C2
";
const KIOSKS: &str = "kiosk,public_key,place,from,to
k-1,,S1,2025-01-01,2025-10-31
k-1,,S2,2025-11-15,
k-2,,S2,2025-01-01,2025-11-14
";

fn folder(units: &str, schools: &str, kiosks: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("temporary folder");
    for (name, text) in [("units.csv", units), ("schools.csv", schools), ("kiosks.csv", kiosks)] {
        fs::write(dir.path().join(name), text).expect("written");
    }
    dir
}

fn read(units: &str, schools: &str, kiosks: &str) -> (Gazetteer, Vec<Problem>) {
    Gazetteer::read(folder(units, schools, kiosks).path())
}

/// Code, file and line of every problem.
fn told(problems: &[Problem]) -> Vec<(&'static str, String)> {
    let at = |p: &Problem| format!("{}:{}", p.place.file, p.place.at.map_or(0, |at| at.line));
    problems.iter().map(|p| (p.code, at(p))).collect()
}

fn codes(chain: &[Unit]) -> Vec<&str> {
    chain.iter().map(|unit| unit.code.as_str()).collect()
}

#[test]
fn a_school_counts_under_the_units_of_the_day() {
    let (gazetteer, problems) = read(UNITS, SCHOOLS, KIOSKS);
    assert_eq!(told(&problems), []);
    let (before, after) = (date(2025, 6, 30), date(2025, 7, 1));
    assert_eq!(codes(&gazetteer.chain("S1", before)), ["S1", "C1", "P1", ""]);
    assert_eq!(codes(&gazetteer.chain("S1", after)), ["S1", "C9", "P9", ""]);
    // One line only: it follows its commune into the one that came after.
    assert_eq!(codes(&gazetteer.chain("S2", before)), ["S2", "C2", "P2", ""]);
    assert_eq!(codes(&gazetteer.chain("S2", after)), ["S2", "C9", "P9", ""]);
    assert_eq!(gazetteer.school_on("S1", before).map(|s| s.governed_by), Some(Governor::District));
    assert_eq!(gazetteer.school_on("S1", after).map(|s| s.governed_by), Some(Governor::Commune));
    assert!(gazetteer.chain("S1", date(2009, 1, 1)).is_empty());
}

#[test]
fn a_kiosk_stands_where_it_was_posted_on_the_day() {
    let (gazetteer, _) = read(UNITS, SCHOOLS, KIOSKS);
    let place = |kiosk, day| gazetteer.place_of(kiosk, day).map(|school| school.code.as_str());
    assert_eq!(place("k-1", date(2025, 10, 31)), Some("S1"));
    assert_eq!(place("k-1", date(2025, 11, 1)), None);
    assert_eq!(place("k-1", date(2026, 1, 1)), Some("S2"));
    assert_eq!(place("k-3", date(2025, 10, 31)), None);
}

#[test]
fn the_way_down_is_the_way_up() {
    let (gazetteer, _) = read(UNITS, SCHOOLS, KIOSKS);
    let day = date(2025, 6, 30);
    let below = |level, code| {
        let unit = gazetteer.unit(level, code, day).expect("there");
        gazetteer.units_below(&unit, day).into_iter().map(|unit| unit.code).collect::<Vec<_>>()
    };
    assert_eq!(below(Level::Nation, ""), ["P1", "P2"]);
    // Through the district.
    assert_eq!(below(Level::Province, "P1"), ["C1"]);
    assert_eq!(below(Level::Commune, "C2"), ["S2"]);
    assert_eq!(below(Level::School, "S2"), ["k-2"]);
    assert_eq!(gazetteer.unit(Level::Province, "P9", day), None);
    assert_eq!(gazetteer.unit(Level::Commune, "P1", day), None);
}

#[test]
fn a_spreadsheet_may_write_semicolons_dates_its_own_way_and_a_mark_at_the_beginning() {
    let day = |text: &str| text.replace("2025-06-30", "30/6/2025").replace("2025-07-01", "01/07/2025");
    let bent = |text: &str| format!("\u{feff}{}", day(text).replace(',', ";").replace('\n', "\r\n"));
    let (gazetteer, problems) = read(&bent(UNITS), &bent(SCHOOLS), &bent(KIOSKS));
    assert_eq!(told(&problems), []);
    assert_eq!(codes(&gazetteer.chain("S1", date(2025, 7, 1))), ["S1", "C9", "P9", ""]);
}

#[test]
fn all_problems_are_told_at_once_with_their_lines() {
    let units = UNITS.replace("C2,commune", "C-ü,comune").replace(",2025-07-01,,\nD1", ",1/13/2025,,\nD1");
    let (_, problems) = read(&units, SCHOOLS, "kiosk,place,from,to\n");
    let told = told(&problems);
    let at = |code, place: &str| assert!(told.contains(&(code, place.into())), "{code} at {place}: {told:?}");
    at("cell-code", "units.csv:7");
    at("cell-choice", "units.csv:7");
    at("cell-day", "units.csv:4");
    at("column-missing", "kiosks.csv:1");
    // What the rows left out would have held is missed, too.
    at("unit-unknown", "schools.csv:4");
    assert!(problems.iter().all(|p| !p.message.vi.is_empty() && !p.message.en.is_empty()));
    assert!(problems.iter().all(|p| !p.hint.vi.is_empty() && !p.hint.en.is_empty()));
}

#[test]
fn each_rule_tells_of_its_slip() {
    let cases: [(&str, &str, &str, &str); 17] = [
        ("code-twice", "units.csv", "C9,commune,A,A,P9,2025-07-01,,\n", "units.csv:9"),
        ("validity-overlap", "units.csv", "C9,commune,A,A,P9,2025-08-01,,\n", "units.csv:9"),
        ("validity-overlap", "units.csv", "C9,commune,A,A,P9,2025-07-01,2025-08-01,\n", "units.csv:9"),
        ("validity-gap", "units.csv", "C1,commune,A,A,P9,2025-08-01,,\n", "units.csv:9"),
        ("validity-backwards", "units.csv", "X1,commune,A,A,P9,2025-08-01,2025-07-31,\n", "units.csv:9"),
        ("unit-unknown", "units.csv", "X1,commune,A,A,P7,2025-08-01,,\n", "units.csv:9"),
        ("unit-parent", "units.csv", "X1,commune,A,A,C9,2025-08-01,,\n", "units.csv:9"),
        ("unit-parent", "units.csv", "X1,province,A,A,P9,2025-08-01,,\n", "units.csv:9"),
        ("no-unit-on-day", "units.csv", "X1,commune,A,A,D1,2025-01-01,,\n", "units.csv:9"),
        ("successor", "units.csv", "X1,commune,A,A,P9,2025-08-01,,C9\n", "units.csv:9"),
        ("successor", "units.csv", "X1,province,A,A,,2001-01-01,2002-12-31,P9\n", "units.csv:9"),
        ("code-twice", "schools.csv", "C9,other,,other,A,A,2025-07-01,,C9\n", "schools.csv:5"),
        ("school-without-level", "schools.csv", "X1,school,,other,A,A,2025-07-01,,C9\n", "schools.csv:5"),
        ("school-commune", "schools.csv", "X1,other,,other,A,A,2025-07-01,,P9\n", "schools.csv:5"),
        ("place-unknown", "kiosks.csv", "k-9,,S7,2025-07-01,\n", "kiosks.csv:5"),
        ("validity-overlap", "kiosks.csv", "k-2,,S1,2025-11-14,\n", "kiosks.csv:5"),
        ("no-place-on-day", "kiosks.csv", "k-9,,S1,2005-07-01,\n", "kiosks.csv:5"),
    ];
    for (code, file, line, at) in cases {
        let dir = folder(UNITS, SCHOOLS, KIOSKS);
        let path = dir.path().join(file);
        let text = fs::read_to_string(&path).expect("read");
        fs::write(&path, text + line).expect("written");
        let found = told(&Gazetteer::read(dir.path()).1);
        assert!(found.contains(&(code, at.into())), "{line}: {found:?}");
    }
}

#[test]
fn circles_are_told_and_end() {
    let circle = "X1,commune,A,A,X2,2025-08-01,2025-09-01,X2\nX2,commune,A,A,X1,2025-08-01,2025-09-01,X1\n";
    let (gazetteer, problems) = read(&format!("{UNITS}{circle}"), SCHOOLS, KIOSKS);
    let told = told(&problems);
    for code in ["parent-cycle", "successor-cycle"] {
        assert!(told.contains(&(code, "units.csv:9".into())), "{code}: {told:?}");
    }
    assert_eq!(gazetteer.unit_on("X1", date(2025, 12, 1)), None);
}

#[test]
fn a_key_belongs_to_one_kiosk() {
    let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    let id: String = blake3::hash(key.as_bytes()).to_hex().chars().take(16).collect();
    let with = |kiosk: &str| read(UNITS, SCHOOLS, &format!("{KIOSKS}{kiosk},{key},S2,2025-07-01,\n")).1;
    assert_eq!(told(&with(&id)), []);
    assert_eq!(told(&with("0123456789abcdef")), [("kiosk-key", "kiosks.csv:5".into())]);
}

#[test]
fn a_mistyped_kiosk_id_is_not_told_as_a_wrong_key_alone_and_a_key_cut_off_is_told_as_such() {
    let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    let id: String = blake3::hash(key.as_bytes()).to_hex().chars().take(16).collect();
    let with = |kiosk: &str, key: &str| read(UNITS, SCHOOLS, &format!("{KIOSKS}{kiosk},{key},S2,2025-07-01,\n")).1;
    let mistyped = with("0123456789abcdef", key).remove(0);
    assert!(mistyped.message.vi.contains("mã máy hoặc khóa sai") && mistyped.hint.vi.contains(&id), "{mistyped:?}");
    let cut = with(&id, &key[..50]).remove(0);
    assert!(cut.message.vi.contains("chép chưa đủ: 50 ký tự"), "{cut:?}");
    assert_eq!(told(&with("A/B", key)), [("kiosk-id", "kiosks.csv:5".into())]);
}

#[test]
fn rows_of_a_file_that_excel_saved_are_numbered_as_excel_shows_them() {
    let units = UNITS.replace("C2,commune", "C2,comune").replace("Huyện Mẫu", "\"Huyện\nMẫu\"").replace('\n', "\r\n");
    let problems = read(&units, SCHOOLS, KIOSKS).1;
    let cells: Vec<String> = problems.iter().map(|problem| problem.place.to_string()).collect();
    assert!(cells.contains(&"units.csv: B7 · level".to_owned()), "{cells:?}");
    assert!(cells.contains(&"units.csv: C5 · name_vi".to_owned()), "a line break in a cell: {cells:?}");
}

#[test]
fn days_that_excel_in_english_wrote_are_told_for_the_whole_table() {
    let schools = SCHOOLS.replace("2010-09-01", "9/1/2010").replace("2025-06-30", "6/30/2025");
    let problems = read(UNITS, &schools, KIOSKS).1;
    let order = problems.iter().find(|problem| problem.code == "day-order").expect("told");
    assert!(order.place.to_string() == "schools.csv" && order.message.vi.contains("6/30/2025"), "{order:?}");
    assert!(order.message.vi.contains("9/1/2010: đọc là ngày 09/01/2010"), "{order:?}");
}

#[test]
fn an_office_without_english_names_is_no_error() {
    let units = UNITS.replace("Sample East", "").replace("Sample Commune", "");
    let (gazetteer, problems) = read(&units, &SCHOOLS.replace("Sample Hall", ""), KIOSKS);
    assert_eq!(told(&problems), []);
    assert_eq!(gazetteer.school_on("S2", date(2025, 8, 1)).map(|s| s.name.en.as_str()), Some("Nhà văn hóa mẫu"));
}

#[test]
fn the_same_slip_in_a_whole_column_is_told_once_with_its_cells() {
    let lines: String = (1..=36).map(|n| format!("X{n},commune,,,P9,2025-07-01,,\n")).collect();
    let problems = read(&format!("{UNITS}{lines}"), SCHOOLS, KIOSKS).1;
    assert_eq!(told(&problems), [("cell-empty", "units.csv:9".into())]);
    assert!(problems[0].message.vi.contains("Còn 35 ô như vậy: C10, C11,"), "{}", problems[0].message.vi);
}

#[test]
fn an_empty_cell_is_told_as_empty() {
    let schools = SCHOOLS.replace(",,other,Nhà văn hóa mẫu,Sample Hall,2010-09-01,,C2", ",,,Nhà,Hall,,,");
    let problems = read(UNITS, &schools, KIOSKS).1;
    let columns: Vec<&str> =
        problems.iter().filter(|p| p.code == "cell-empty").map(|p| p.place.key_path.as_str()).collect();
    assert_eq!(columns, ["commune", "governed_by", "valid_from"]);
    assert!(problems.iter().all(|problem| !problem.message.vi.contains("“”")), "{problems:?}");
}

#[test]
fn a_code_is_guessed_from_a_row_that_was_left_out_too() {
    let schools = format!("{SCHOOLS}510003,othr,,other,A,A,2025-07-01,,C9\n510090,other,,other,A,A,2025-07-01,,C9\n");
    let problems = read(UNITS, &schools, &format!("{KIOSKS}k-9,,51003,2025-07-01,\n")).1;
    let problem = problems.iter().find(|problem| problem.code == "place-unknown").expect("told");
    assert!(problem.hint.vi.contains("Có phải 510003 (dòng của mã này trong bảng còn lỗi)"), "{problem:?}");
}

#[test]
fn an_id_of_which_a_spreadsheet_made_a_number_is_told_as_such() {
    let problem = read(UNITS, SCHOOLS, &format!("{KIOSKS}1.5E+15,,S2,2026-01-01,\n")).1.remove(0);
    assert!(problem.code == "kiosk-id" && problem.hint.vi.contains("đã biến mã này thành số"), "{problem:?}");
}

#[test]
fn classes_are_called_as_schools_call_them_and_no_person_is_one() {
    let counted = |class: &str| {
        let dir = folder(UNITS, SCHOOLS, KIOSKS);
        let text = format!("place,date,class,people\nS1,2025-03-03,{class},34\n");
        fs::write(dir.path().join("headcounts.csv"), text).expect("written");
        told(&Gazetteer::read(dir.path()).1).is_empty()
    };
    for class in ["8A", "10-A2", "12 Toán", "12 chuyên Toán", "Lá 1", "Mầm", ""] {
        assert!(counted(class), "{class}");
    }
    for person in ["Nguyễn Văn A", "Trần Thị Bích Ngọc", "Hoa B", "Nguyễn Văn An 12"] {
        assert!(!counted(person), "{person}");
    }
}

#[test]
fn headcounts_are_read_and_kept_apart() {
    let dir = folder(UNITS, SCHOOLS, KIOSKS);
    let text = "place,date,class,people\nS1,2025-03-03,8A,34\nS1,2025-03-03,8A,35\nS1,2025-03-04,Nguyễn Văn A,34\nS1,2025-03-04,8B,0\nS9,2025-03-04,8B,3\n";
    fs::write(dir.path().join("headcounts.csv"), text).expect("written");
    let (gazetteer, problems) = Gazetteer::read(dir.path());
    assert_eq!(gazetteer.headcounts.len(), 3);
    let expected = [("headcount-twice", 3), ("headcount-class", 4), ("cell-number", 5), ("place-unknown", 6)];
    assert_eq!(told(&problems), expected.map(|(code, line)| (code, format!("headcounts.csv:{line}"))));
}

#[test]
fn journals_without_a_place_are_told() {
    let (gazetteer, _) = read(UNITS, SCHOOLS, KIOSKS);
    let seen = |kiosk: &str, days: &[Date]| Seen {
        kiosk: kiosk.into(),
        public_key: None,
        file: format!("{kiosk}/visits-1-9.sqlite"),
        days: days.iter().copied().collect(),
    };
    assert_eq!(gazetteer.check(&[seen("k-1", &[date(2025, 10, 31), date(2025, 11, 15)])]), []);
    let problems = gazetteer.check(&[
        seen("k-1", &[date(2025, 10, 31), date(2025, 11, 2), date(2025, 11, 3)]),
        seen("k-7", &[date(2025, 10, 31)]),
    ]);
    assert_eq!(problems.len(), 2);
    assert!(problems.iter().all(|p| p.code == "kiosk-without-place"));
    assert!(problems[0].message.en.contains("2 days") && problems[0].message.en.contains("2025-11-02"));
    let forty: Vec<Seen> = (0..40).map(|n| seen(&format!("la-{n:02}"), &[date(2025, 10, 31)])).collect();
    let problems = gazetteer.check(&forty);
    assert_eq!(problems.len(), 1, "forty blocks would bury the rest");
    assert!(problems[0].message.vi.starts_with("40 máy") && problems[0].message.vi.contains("la-39"));
}

#[test]
fn a_missing_folder_is_three_problems_and_no_panic() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (_, problems) = Gazetteer::read(&dir.path().join("none"));
    let files: Vec<&str> = problems.iter().map(|p| p.place.file.as_str()).collect();
    assert_eq!(files, ["units.csv", "schools.csv", "kiosks.csv"]);
    assert!(problems.iter().all(|p| p.message.vi.contains("không có tệp hay thư mục này")), "{problems:?}");
}

#[test]
fn a_problem_is_told_with_its_cell_as_the_spreadsheet_has_it() {
    let units = UNITS.replace("C2,commune", "C2,comune").replace("code,level,name_vi", "level,code,name_vi");
    let units = units.lines().map(|line| line.splitn(3, ',').collect::<Vec<_>>()).map(|parts| match parts[..] {
        [a, b, rest] if a != "level" => format!("{b},{a},{rest}\n"),
        _ => format!("{}\n", parts.join(",")),
    });
    let problems = read(&units.collect::<String>(), SCHOOLS, KIOSKS).1;
    assert_eq!(problems[0].place.to_string(), "units.csv: A7 · level");
}

#[test]
fn one_unreadable_table_is_told_first_and_what_rests_on_it_in_one_line_a_file() {
    let dir = folder(UNITS, SCHOOLS, KIOSKS);
    fs::write(dir.path().join("units.csv"), b"code,level\xff\n").expect("written");
    let problems = Gazetteer::read(dir.path()).1;
    let expected = [("table-unreadable", "units.csv:1".to_owned()), ("not-checked", "schools.csv:0".to_owned())];
    assert_eq!(told(&problems), expected);
    assert!(!problems[0].message.vi.contains("not"), "{}", problems[0].message.vi);
    assert!(problems[1].message.vi.starts_with("3 dòng"), "{}", problems[1].message.vi);
}

#[test]
fn one_wrong_cell_of_a_school_does_not_fill_the_headcounts_with_errors() {
    let dir = folder(UNITS, &SCHOOLS.replace("S2,other", "S2,othr"), KIOSKS);
    let counts: String = (1..=26).map(|day| format!("S2,2025-03-{day:02},8A,34\n")).collect();
    fs::write(dir.path().join("headcounts.csv"), format!("place,date,class,people\n{counts}")).expect("written");
    let problems = Gazetteer::read(dir.path()).1;
    let expected =
        [("cell-choice", "schools.csv:4"), ("not-checked", "kiosks.csv:0"), ("not-checked", "headcounts.csv:0")];
    assert_eq!(told(&problems), expected.map(|(code, at)| (code, at.to_owned())));
    assert!(problems[2].message.vi.starts_with("26 dòng"), "{}", problems[2].message.vi);
}

#[test]
fn a_kiosk_id_in_capitals_is_quoted_and_told_to_be_written_small() {
    let problems = read(UNITS, SCHOOLS, &format!("{KIOSKS}EC11EF2C,,S2,2026-01-01,\n")).1;
    let problem = problems.iter().find(|p| p.code == "kiosk-id").expect("told");
    assert!(problem.message.vi.contains("“EC11EF2C”") && problem.hint.vi.contains("chữ thường: ec11ef2c"));
}

#[test]
fn the_sample_gazetteer_has_no_problems() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/places");
    let (gazetteer, problems) = Gazetteer::read(&folder);
    assert_eq!(told(&problems), []);
    assert!(gazetteer.units.iter().all(|unit| unit.name.vi.contains("mẫu") || unit.name.vi.contains("Mẫu")));
    assert!(gazetteer.kiosks.iter().all(|row| !gazetteer.chain(&row.place, row.valid.first).is_empty()));
}

proptest! {
    /// Whatever stands in the files: problems, not panics, and every row that is kept can be asked for.
    #[test]
    fn any_bytes_are_read(units in prop::collection::vec(any::<u8>(), 0..300), row in "[A-Z0-9,;\"\n/-]{0,120}") {
        let dir = tempfile::tempdir().expect("temporary folder");
        fs::write(dir.path().join("units.csv"), &units).expect("written");
        fs::write(dir.path().join("schools.csv"), format!("{SCHOOLS}{row}")).expect("written");
        fs::write(dir.path().join("kiosks.csv"), format!("{KIOSKS}{row}")).expect("written");
        let (gazetteer, problems) = Gazetteer::read(dir.path());
        prop_assert!(!problems.is_empty());
        for school in &gazetteer.schools {
            let _ = gazetteer.chain(&school.code, school.valid.first);
        }
    }

    /// On every day of its validity a school leads up to a province, or a problem was told.
    #[test]
    fn without_problems_every_day_leads_up(cut in 1..400_i32, ends in any::<bool>(), follows in any::<bool>()) {
        let first = date(2024, 12, 1);
        let day = first.saturating_add(jiff::Span::new().days(cut));
        let next = day.tomorrow().expect("a day");
        let last = if ends { day.to_string() } else { String::new() };
        let successor = if ends && follows { "C2" } else { "" };
        let units = format!(
            "code,level,name_vi,name_en,parent,valid_from,valid_to,successor\nP1,province,A,A,,2000-01-01,,\n\
             C1,commune,A,A,P1,{first},{last},{successor}\nC2,commune,A,A,P1,{next},,\n"
        );
        let schools = "code,kind,school_level,governed_by,name_vi,name_en,valid_from,valid_to,commune\n\
                       S1,other,,other,A,A,2024-12-01,2026-12-31,C1\n";
        let (gazetteer, problems) = read(&units, schools, "kiosk,public_key,place,from,to\n");
        let missing = (0..700).find(|days| gazetteer.chain("S1", first.saturating_add(jiff::Span::new().days(*days))).is_empty());
        prop_assert_eq!(problems.iter().any(|p| p.code == "no-unit-on-day"), missing.is_some());
    }
}
