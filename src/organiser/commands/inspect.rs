//! `haidang-pack inspect`: what a sealed pack says it is, and what lies in it.

use crate::base::days::{english, vietnamese};
use crate::base::in_place;
use crate::diagnostics::{Said, Tongue, size};
use crate::organiser::Outcome;
use crate::organiser::args::Inspect;
use crate::organiser::failure::{Done, Failure, cause};
use crate::organiser::screen::Screen;
use crate::pack::sealed::{Approval, Manifest, Sealed, SealedError, in_vietnamese};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &Inspect, screen: Screen) -> Done {
    restored(&args.file)?;
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

/// Puts a pack back that a `build` was changing when it was interrupted.
pub fn restored(pack: &Path) -> Result<(), Failure> {
    in_place::restore(pack).map_err(|error| {
        let why = cause(&error);
        let vi = format!("Lần đóng gói trước bị ngắt và gói chưa khôi phục được: {}.", why.vi);
        let en = format!("Building was interrupted the last time, and the pack cannot be restored yet: {}.", why.en);
        Failure::new(pack, vi, en, Outcome::CannotRead)
    })
}

/// A pack to work with, whatever interrupted the one who built it.
pub fn open(pack: &Path) -> Result<Sealed, Failure> {
    restored(pack)?;
    Sealed::open(pack).map_err(|error| refused(pack, &error))
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
    let (count, size, hash) = (manifest.entries.len(), size(length), manifest.hash());
    let contents = screen.words(&format!("{count} tệp, {}", size.vi), &format!("{count} files, {}", size.en));
    let hash = screen.words(&format!("Mã nhận biết (BLAKE3): {hash}"), &format!("Fingerprint (BLAKE3): {hash}"));
    format!("{}\n{contents}\n{hash}", identity(manifest, screen))
}

/// Id, version and titles, and on a second line how far the pack was approved.
pub fn identity(manifest: &Manifest, screen: Screen) -> String {
    named(manifest, &approval(&manifest.approval), screen)
}

/// The same of a pack that nobody signed who is trusted: what it tells of its approval is its own word.
pub fn own_word(manifest: &Manifest, screen: Screen) -> String {
    let Said { vi, en } = approval(&manifest.approval);
    let vi = format!("Gói tự ghi, chưa ai bảo đảm: “{vi}”");
    let en = format!("The pack says of itself, and nobody vouches for it: “{en}”");
    named(manifest, &Said::new(vi, en), screen)
}

fn named(manifest: &Manifest, approval: &Said, screen: Screen) -> String {
    let mut titles: Vec<(&str, &str)> = manifest.title.iter().map(|(l, title)| (l.as_str(), title.as_str())).collect();
    let first = if screen.tongue() == Tongue::English { "en" } else { "vi" };
    titles.sort_by_key(|(language, _)| *language != first);
    let titles: Vec<&str> = titles.into_iter().map(|(_, title)| title).collect();
    let approval = screen.words(&approval.vi, &approval.en);
    format!("{} {}: {}\n{approval}", manifest.id, manifest.version, titles.join(" · "))
}

pub fn approval(approval: &Approval) -> Said {
    let (vi, en) = match approval.status.as_str() {
        "Sample" => ("Mẫu, chưa thẩm định", "Sample, not appraised"),
        "Submitted" => ("Đã trình, chờ duyệt", "Submitted, not yet approved"),
        "Approved" => ("Đã duyệt", "Approved"),
        other => (other, other),
    };
    let mut said = Said::new(vi, en);
    if let Some(decision) = &approval.decision {
        said.vi.push_str(&format!(", quyết định {decision}"));
        said.en.push_str(&format!(", decision {decision}"));
    }
    if let Some(date) = &approval.date {
        let day = date.parse::<Date>();
        let (vi, en) = day.map_or_else(|_| (date.clone(), date.clone()), |day| (vietnamese(day), english(day)));
        said.vi.push_str(&format!(", ngày {vi}"));
        said.en.push_str(&format!(", {en}"));
    }
    said
}

pub fn as_json(manifest: &Manifest, length: u64, is_signed: bool) -> Value {
    let entry =
        |entry: &crate::pack::sealed::Entry| json!({"path": entry.path, "length": entry.length, "blake3": entry.hex()});
    json!({
        "id": manifest.id.as_str(),
        "version": manifest.version,
        "title": titles(manifest),
        "approval": approval_as_json(&manifest.approval),
        "manifest": manifest.hash(),
        "bytes": length,
        "signed": is_signed,
        "entries": manifest.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

pub fn titles(manifest: &Manifest) -> Value {
    manifest.title.iter().map(|(language, title)| (language.clone(), Value::from(title.as_str()))).collect()
}

pub fn approval_as_json(approval: &Approval) -> Value {
    json!({"status": approval.status, "decision": approval.decision, "date": approval.date})
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
        SealedError::Altered(why) => {
            let vi = in_vietnamese(why).map_or_else(String::new, |why| format!(": {why}"));
            (
                format!("Gói đã bị thay đổi hoặc hỏng{vi}. Hãy chép lại từ nơi phát hành."),
                format!("The pack was altered or is damaged: {why}. Copy it again from whoever issued it."),
            )
        }
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
