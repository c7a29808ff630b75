//! `haidang-pack build`: a folder into one sealed file that travels on a stick.

use super::check;
use super::inspect::{self, restored};
use crate::diagnostics::{Problem, Said, json};
use crate::organiser::args::Build;
use crate::organiser::failure::{Done, Failure, cause};
use crate::organiser::screen::Screen;
use crate::organiser::{Outcome, pack_folder};
use crate::pack;
use crate::pack::sealed::{self, BuildError, ManifestError, Sealed, Step, in_vietnamese};
use crate::pack::tiles::CutError;
use serde_json::json;
use std::env;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How often the progress is told.
const TOLD_MILLIS: u128 = 100;

pub fn run(args: &Build, screen: Screen) -> Done {
    restored(&args.out)?;
    let opened = pack::check(pack_folder::of(&args.folder)?, check::this_year());
    let problems = check::told(&args.folder, opened.findings.clone().into_sorted(), args.json, screen);
    if !opened.readable || opened.findings.has_errors() {
        tell_problems(&problems, args.json, screen);
        return Ok(if opened.readable { Outcome::Problems } else { Outcome::CannotRead });
    }
    // After `check`, which knows the pack's id; long before anything is cut.
    let id = opened.exhibit.as_ref().map(|exhibit| exhibit.id.as_str());
    if let Some(said) = in_the_way(&args.out, id).filter(|_| !args.force) {
        return refuse(
            Failure { about: args.out.display().to_string(), said, outcome: Outcome::Problems },
            args,
            screen,
        );
    }
    let cache = args.cache.clone().unwrap_or_else(cache);
    let mut told: Option<Instant> = None;
    let built = sealed::build(&opened, &args.folder, &args.out, &cache, |step| {
        if told.is_none_or(|at| at.elapsed().as_millis() >= TOLD_MILLIS) {
            told = Some(Instant::now());
            screen.progress(&progress(step, screen));
        }
        true
    });
    screen.progress_ends();
    match built {
        Ok(built) if args.json => {
            let mut told = inspect::as_json(&built.manifest, built.length, false);
            told["warnings"] = json::render(&problems);
            screen.show(format_args!("{told:#}"));
            Ok(Outcome::Clean)
        }
        Ok(built) => {
            if !problems.is_empty() {
                screen.problems(&problems);
                check::count(&problems, screen);
            }
            screen.tell_of(args.out.display(), "Đã đóng gói.", "The pack is built.");
            screen.show(inspect::summary(&built.manifest, built.length, screen));
            let next = format!("haidang-pack sign {} --key …", args.out.display());
            screen.show(format_args!("{}: {next}", screen.words("Tiếp theo", "Next")));
            Ok(Outcome::Clean)
        }
        Err(error) => {
            let (vi, en) = said(&error);
            let failure = Failure { about: String::new(), said: Said::new(vi, en), outcome: Outcome::Problems };
            refuse(failure, args, screen)
        }
    }
}

/// Ends without a pack, told as it was asked for.
fn refuse(failure: Failure, args: &Build, screen: Screen) -> Done {
    if args.json {
        let Said { vi, en } = &failure.said;
        screen.show(format_args!("{:#}", json!({"error": {"vi": vi, "en": en}})));
        return Ok(failure.outcome);
    }
    Err(failure)
}

/// Why a file that is there may not be written over: only an unsigned pack of the same exhibit may.
fn in_the_way(out: &Path, id: Option<&str>) -> Option<Said> {
    out.symlink_metadata().ok()?;
    let hint_vi = "Ghi ra tên khác, hoặc thêm --force để ghi đè";
    let hint_en = "Write under another name, or add --force to write over it";
    let said = |vi: &str, en: &str| Some(Said::new(format!("{vi} {hint_vi}."), format!("{en} {hint_en}.")));
    match Sealed::open(out) {
        Ok(pack) if pack.signature_text().is_some() => {
            let version = &pack.manifest.version;
            said(
                &format!("Đây là gói đã ký, bản {version}; đóng lại sẽ mất chữ ký."),
                &format!("This is a signed pack, version {version}; building it again would drop the signature."),
            )
        }
        Ok(pack) if Some(pack.manifest.id.as_str()) != id => {
            let other = pack.manifest.id.as_str();
            said(
                &format!("Đây là gói của triển lãm khác, “{other}”."),
                &format!("This is the pack of another exhibit, “{other}”."),
            )
        }
        Ok(_) => None,
        Err(_) => said("Đã có một tệp khác ở đây.", "There is another file here."),
    }
}

fn tell_problems(problems: &[Problem], as_json: bool, screen: Screen) {
    if as_json {
        screen.show(format_args!("{:#}", json::render(problems)));
    } else {
        screen.problems(problems);
        check::count(problems, screen);
        screen.tell(
            "Gói chưa được đóng; sửa các lỗi rồi chạy lại.",
            "The pack was not built; mend the errors and run it again.",
        );
    }
}

/// Where cut pictures are kept for the next time: the user's own cache, else beside whatever is built.
fn cache() -> PathBuf {
    let home = || Some(PathBuf::from(env::var_os("HOME")?).join(".cache"));
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    cache.or_else(home).unwrap_or_else(env::temp_dir).join("haidang/pack-tiles")
}

fn progress(step: Step<'_>, screen: Screen) -> String {
    match step {
        Step::Cutting { picture, index, count, fraction } => {
            format!("[{}/{count}] {picture} {:3.0} %", index + 1, fraction * 100.0)
        }
        Step::Writing { done, total } => {
            let percent = done as f64 / total.max(1) as f64 * 100.0;
            format!("{} {percent:3.0} %", screen.words("Đang ghi", "Writing"))
        }
    }
}

/// Why a picture is not cut, without its name.
pub fn not_cut(why: &CutError) -> Said {
    let reason = match why {
        CutError::Source(error) => format!(": {}", error.said().vi),
        CutError::Write(error) => format!(": {}", cause(error).vi),
        _ => String::new(),
    };
    Said::new(format!("Không cắt được ảnh{reason}"), format!("The picture cannot be cut: {why}"))
}

fn said(error: &BuildError) -> (String, String) {
    match error {
        BuildError::Cut(picture, why) => {
            let Said { vi, en } = not_cut(why);
            (format!("{picture}: {vi}."), format!("{picture}: {en}."))
        }
        BuildError::Tiles(picture, why) => {
            let why = cause(why);
            (
                format!("{picture}: Không đọc được ảnh hoặc mảnh ảnh: {}.", why.vi),
                format!("{picture}: The picture or its tiles cannot be read: {}.", why.en),
            )
        }
        BuildError::Read(path, why) => {
            let (path, why) = (path.display(), cause(why));
            (
                format!("{path}: Không đọc được tệp: {}.", why.vi),
                format!("{path}: The file cannot be read: {}.", why.en),
            )
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
        BuildError::Manifest(why) => {
            let why = why.to_string();
            let vi = in_vietnamese(&why).unwrap_or_default();
            (
                format!("Một tên tệp không dùng được trong gói: {vi}. Đổi tên tệp."),
                format!("A file's name cannot be used in a pack: {why}. Rename the file."),
            )
        }
        BuildError::Write(why) => {
            let why = cause(why);
            (format!("Không ghi được gói: {}.", why.vi), format!("The pack cannot be written: {}.", why.en))
        }
        error => ("Không ghi được gói.".to_owned(), format!("The pack cannot be written: {error}.")),
    }
}
