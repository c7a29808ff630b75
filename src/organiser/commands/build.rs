//! `haidang-pack build`: a folder into one sealed file that travels on a stick.

use super::{check, inspect};
use crate::diagnostics::{Problem, json, plain_text};
use crate::organiser::Outcome;
use crate::organiser::args::Build;
use crate::pack;
use crate::pack::sealed::{self, BuildError, ManifestError, Step};
use serde_json::json;
use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::time::Instant;

/// How often the progress is told.
const TOLD_MILLIS: u128 = 100;

pub fn run(args: &Build) -> Outcome {
    let opened = pack::check(&args.folder, check::this_year());
    let problems = opened.findings.clone().into_sorted();
    if !opened.readable || opened.findings.has_errors() {
        tell_problems(&problems, args.json);
        return if opened.readable { Outcome::Problems } else { Outcome::CannotRead };
    }
    let cache = args.cache.clone().unwrap_or_else(cache);
    let is_watched = io::stderr().is_terminal();
    let mut told: Option<Instant> = None;
    let built = sealed::build(&opened, &args.folder, &args.out, &cache, |step| {
        if is_watched && told.is_none_or(|at| at.elapsed().as_millis() >= TOLD_MILLIS) {
            told = Some(Instant::now());
            tell(step);
        }
        true
    });
    if is_watched {
        // The line of the progress ends here.
        eprint!("\r\x1b[K");
    }
    match built {
        Ok(built) if args.json => {
            let mut told = inspect::as_json(&built.manifest, built.length, false);
            told["warnings"] = json::render(&problems);
            println!("{told:#}");
            Outcome::Clean
        }
        Ok(built) => {
            if !problems.is_empty() {
                print!("{}", plain_text::render(&problems));
                println!("{}", check::counted(&problems));
            }
            println!("{}\n{}", args.out.display(), inspect::summary(&built.manifest, built.length));
            Outcome::Clean
        }
        Err(error) => {
            let (vi, en) = said(&error);
            if args.json {
                println!("{:#}", json!({"error": {"vi": vi, "en": en}}));
            } else {
                eprintln!("{vi}\n{en}");
            }
            Outcome::Problems
        }
    }
}

fn tell_problems(problems: &[Problem], as_json: bool) {
    if as_json {
        println!("{:#}", json::render(problems));
    } else {
        print!("{}", plain_text::render(problems));
        println!("{}", check::counted(problems));
        println!(
            "Gói chưa được đóng; sửa các lỗi rồi chạy lại. · The pack was not built; mend the errors and run it again."
        );
    }
}

/// Where cut pictures are kept for the next time: the user's own cache, else beside whatever is built.
fn cache() -> PathBuf {
    let home = || Some(PathBuf::from(env::var_os("HOME")?).join(".cache"));
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    cache.or_else(home).unwrap_or_else(env::temp_dir).join("haidang/pack-tiles")
}

fn tell(step: Step<'_>) {
    match step {
        Step::Cutting { picture, index, count, fraction } => {
            eprint!("\r\x1b[K[{}/{count}] {picture} {:3.0} %", index + 1, fraction * 100.0);
        }
        Step::Writing { done, total } => {
            let percent = done as f64 / total.max(1) as f64 * 100.0;
            eprint!("\r\x1b[KĐang ghi · Writing {percent:3.0} %");
        }
    }
    // A terminal that cannot be written to is no reason to stop.
    let _ = io::stderr().flush();
}

fn said(error: &BuildError) -> (String, String) {
    match error {
        BuildError::Cut(picture, why) => {
            (format!("{picture}: Không cắt được ảnh: {why}."), format!("{picture}: The picture cannot be cut: {why}."))
        }
        BuildError::Tiles(picture, why) => (
            format!("{picture}: Không đọc được ảnh hoặc mảnh ảnh: {why}."),
            format!("{picture}: The picture or its tiles cannot be read: {why}."),
        ),
        BuildError::Read(path, why) => {
            let path = path.display();
            (format!("{path}: Không đọc được tệp: {why}."), format!("{path}: The file cannot be read: {why}."))
        }
        BuildError::Changed(path) => {
            let path = path.display();
            (
                format!("{path}: Tệp thay đổi trong lúc đóng gói. Hãy chạy lại."),
                format!("{path}: The file changed while the pack was built. Run it again."),
            )
        }
        BuildError::TooLarge { bytes, entries } => {
            let megabytes = bytes >> 20;
            (
                format!("Gói quá lớn: {megabytes} MiB, {entries} tệp. Tối đa 4095 MiB; chia thành nhiều gói."),
                format!("The pack is too large: {megabytes} MiB, {entries} files. 4095 MiB is the most; split it."),
            )
        }
        BuildError::Manifest(ManifestError::Malformed(_)) => (
            "Tên triển lãm, phiên bản hoặc quyết định quá dài (tối đa 400 byte) hay có dấu xuống dòng.".to_owned(),
            "The title, version or decision is too long (400 bytes at most) or has a line break.".to_owned(),
        ),
        BuildError::Manifest(why) => (
            format!("Một tên tệp không dùng được trong gói: {why}. Đổi tên tệp."),
            format!("A file's name cannot be used in a pack: {why}. Rename the file."),
        ),
        error => (format!("Không ghi được gói: {error}."), format!("The pack cannot be written: {error}.")),
    }
}
