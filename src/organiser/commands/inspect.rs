//! `haidang-pack inspect`: what a sealed pack says it is, and what lies in it.

use crate::organiser::Outcome;
use crate::organiser::args::Inspect;
use crate::organiser::failure::{Done, Failure, cause};
use crate::organiser::screen::Screen;
use crate::pack::sealed::{Manifest, Sealed, SealedError};
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &Inspect, screen: Screen) -> Done {
    let opened = Sealed::open(&args.file).and_then(|sealed| {
        if args.whole {
            verify_whole(&sealed, screen)?;
        }
        Ok(sealed)
    });
    let sealed = match opened {
        Ok(sealed) => sealed,
        Err(error) if args.json => {
            let (vi, en) = said(&error);
            screen.show(format_args!("{:#}", json!({"error": {"vi": vi, "en": en}})));
            return Ok(outcome_of(&error));
        }
        Err(error) => return Err(refused(&args.file, &error)),
    };
    let is_signed = sealed.signature_text().is_some();
    if args.json {
        screen.show(format_args!("{:#}", as_json(&sealed.manifest, sealed.length(), is_signed)));
        return Ok(Outcome::Clean);
    }
    screen.show(summary(&sealed.manifest, sealed.length(), screen));
    let (vi, en) = if is_signed { ("Có chữ ký.", "Signed.") } else { ("Chưa ký.", "Not signed.") };
    screen.tell(vi, en);
    for entry in &sealed.manifest.entries {
        screen.show(format_args!("{:>12}  {}  {}", entry.length, &entry.hex()[..16], entry.path));
    }
    for (picture, tiles) in &sealed.manifest.pictures {
        screen.show(format_args!("{picture} → {tiles}"));
    }
    Ok(Outcome::Clean)
}

/// Why a verb ends at a pack that is not taken.
pub fn refused(pack: &Path, error: &SealedError) -> Failure {
    let (vi, en) = said(error);
    Failure::new(pack, vi, en, outcome_of(error))
}

pub fn outcome_of(error: &SealedError) -> Outcome {
    match error {
        SealedError::Io(_) | SealedError::NotAPack => Outcome::CannotRead,
        _ => Outcome::Problems,
    }
}

/// What a pack is, in a few lines.
pub fn summary(manifest: &Manifest, length: u64, screen: Screen) -> String {
    let titles: Vec<&str> = manifest.title.iter().map(|(_, title)| title.as_str()).collect();
    let approval = &manifest.approval;
    let decided = [&approval.decision, &approval.date].into_iter().filter_map(|d| d.as_deref());
    let status = status(&approval.status, screen);
    let decided: Vec<&str> = std::iter::once(status.as_str()).chain(decided).collect();
    let (count, megabytes) = (manifest.entries.len(), length as f64 / f64::from(1 << 20));
    let files = screen.words("tệp", "files");
    format!(
        "{} {}: {}\n{}\n{count} {files}, {megabytes:.1} MiB\nBLAKE3 {}",
        manifest.id,
        manifest.version,
        titles.join(" · "),
        decided.join(", "),
        manifest.hash(),
    )
}

fn status(word: &str, screen: Screen) -> String {
    match word {
        "Sample" => screen.words("Mẫu, chưa thẩm định", "Sample, not appraised"),
        "Submitted" => screen.words("Đã trình, chờ duyệt", "Submitted, not yet approved"),
        "Approved" => screen.words("Đã duyệt", "Approved"),
        other => other.to_owned(),
    }
}

pub fn as_json(manifest: &Manifest, length: u64, is_signed: bool) -> Value {
    let approval = &manifest.approval;
    let entry =
        |entry: &crate::pack::sealed::Entry| json!({"path": entry.path, "length": entry.length, "blake3": entry.hex()});
    json!({
        "id": manifest.id.as_str(),
        "version": manifest.version,
        "title": manifest.title.iter().map(|(l, t)| (l.clone(), Value::from(t.as_str()))).collect::<serde_json::Map<_, _>>(),
        "approval": {"status": approval.status, "decision": approval.decision, "date": approval.date},
        "manifest": manifest.hash(),
        "bytes": length,
        "signed": is_signed,
        "entries": manifest.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

/// Why a file is not taken, in Vietnamese and English.
pub fn said(error: &SealedError) -> (String, String) {
    match error {
        SealedError::Io(why) => {
            let why = cause(why);
            (format!("Không đọc được tệp: {}.", why.vi), format!("The file cannot be read: {}.", why.en))
        }
        SealedError::NotAPack => {
            ("Đây không phải gói trưng bày.".to_owned(), "This is no sealed exhibit pack.".to_owned())
        }
        SealedError::Newer(format) => (
            format!("Gói theo định dạng {format}, mới hơn chương trình này. Hãy cập nhật Hải Đăng."),
            format!("The pack is of format {format}, newer than this program. Update Hải Đăng."),
        ),
        SealedError::TooLarge => {
            ("Tệp lớn hơn mức một gói có thể có.".to_owned(), "The file is larger than a pack can be.".to_owned())
        }
        SealedError::Altered(why) => (
            format!("Gói đã bị thay đổi hoặc hỏng: {why}. Hãy chép lại từ nơi phát hành."),
            format!("The pack was altered or is damaged: {why}. Copy it again from whoever issued it."),
        ),
        SealedError::Stopped => ("Đã dừng.".to_owned(), "Stopped.".to_owned()),
    }
}

/// Whether every entry holds what the manifest says; the signature is looked at elsewhere.
pub fn verify_whole(sealed: &Sealed, screen: Screen) -> Result<(), SealedError> {
    let mut told = 101;
    let verified = sealed.verify_whole(|done, total| {
        let percent = done * 100 / total.max(1);
        if percent != told {
            told = percent;
            screen.progress(&format!("{percent:3} %"));
        }
        true
    });
    screen.progress_ends();
    verified
}
