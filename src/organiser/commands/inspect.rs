//! `haidang-pack inspect`: what a sealed pack says it is, and what lies in it.

use crate::organiser::Outcome;
use crate::organiser::args::Inspect;
use crate::pack::sealed::{Manifest, Sealed, SealedError};
use serde_json::{Value, json};
use std::io::{self, IsTerminal};

pub fn run(args: &Inspect) -> Outcome {
    let opened = Sealed::open(&args.file).and_then(|sealed| {
        if args.whole {
            verify_whole(&sealed)?;
        }
        Ok(sealed)
    });
    let sealed = match opened {
        Ok(sealed) => sealed,
        Err(error) => {
            let (vi, en) = said(&error);
            if args.json {
                println!("{:#}", json!({"error": {"vi": vi, "en": en}}));
            } else {
                eprintln!("{}: {vi}\n{}: {en}", args.file.display(), args.file.display());
            }
            return outcome_of(&error);
        }
    };
    let is_signed = sealed.signature_text().is_some();
    if args.json {
        println!("{:#}", as_json(&sealed.manifest, sealed.length(), is_signed));
        return Outcome::Clean;
    }
    println!("{}", summary(&sealed.manifest, sealed.length()));
    println!("{}", if is_signed { "Có chữ ký. · Signed." } else { "Chưa ký. · Not signed." });
    for entry in &sealed.manifest.entries {
        println!("{:>12}  {}  {}", entry.length, &entry.hex()[..16], entry.path);
    }
    for (picture, tiles) in &sealed.manifest.pictures {
        println!("{picture} → {tiles}");
    }
    Outcome::Clean
}

pub fn outcome_of(error: &SealedError) -> Outcome {
    match error {
        SealedError::Io(_) | SealedError::NotAPack => Outcome::CannotRead,
        _ => Outcome::Problems,
    }
}

/// What a pack is, in a few lines.
pub fn summary(manifest: &Manifest, length: u64) -> String {
    let titles: Vec<&str> = manifest.title.iter().map(|(_, title)| title.as_str()).collect();
    let approval = &manifest.approval;
    let decided = [&approval.decision, &approval.date].into_iter().filter_map(|d| d.as_deref());
    let decided: Vec<&str> = std::iter::once(status(&approval.status)).chain(decided).collect();
    let (count, megabytes) = (manifest.entries.len(), length as f64 / f64::from(1 << 20));
    format!(
        "{} {}: {}\n{}\n{count} tệp · files, {megabytes:.1} MiB\nBLAKE3 {}",
        manifest.id,
        manifest.version,
        titles.join(" · "),
        decided.join(", "),
        manifest.hash(),
    )
}

fn status(word: &str) -> &str {
    match word {
        "Sample" => "Mẫu, chưa thẩm định · Sample, not appraised",
        "Submitted" => "Đã trình, chờ duyệt · Submitted, not yet approved",
        "Approved" => "Đã duyệt · Approved",
        other => other,
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
        SealedError::Io(why) => (format!("Không đọc được tệp: {why}."), format!("The file cannot be read: {why}.")),
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
pub fn verify_whole(sealed: &Sealed) -> Result<(), SealedError> {
    let is_watched = io::stderr().is_terminal();
    let mut told = 101;
    let verified = sealed.verify_whole(|done, total| {
        let percent = done * 100 / total.max(1);
        if is_watched && percent != told {
            told = percent;
            eprint!("\r{percent:3} %");
        }
        true
    });
    if is_watched {
        eprint!("\r\x1b[K");
    }
    verified
}
