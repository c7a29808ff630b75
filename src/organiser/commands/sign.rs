//! `haidang-pack sign`: a seal over a built pack's manifest.

use super::inspect;
use crate::organiser::Outcome;
use crate::organiser::args::signing::Sign;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::key_files::{no_key, secret_key};
use crate::organiser::screen::Screen;
use crate::organiser::today::today;
use crate::pack::sealed::{self, BuildError, Manifest, SealedError};
use crate::pack::signing::seal::Seal;

pub fn run(args: &Sign, screen: Screen) -> Done {
    let refused = |error: SealedError| inspect::refused(&args.pack, &error);
    let pack = inspect::open(&args.pack)?;
    let key = secret_key(&args.key, &args.passphrase, screen)?;
    // What is damaged is not signed.
    inspect::verify_whole(&pack, screen).map_err(refused)?;
    let manifest = &pack.manifest;
    let seal = Seal::new(manifest.id.as_str(), &manifest.version, &approval(manifest), today());
    let signature = seal.put_on(pack.manifest_bytes(), &key).map_err(|error| no_key(&args.key, error))?;
    let out = args.out.as_ref().unwrap_or(&args.pack);
    sealed::with_signature(&args.pack, out, &signature).map_err(|error| {
        if let BuildError::Write(why) = &error {
            return Failure::not_written(out, why);
        }
        Failure::cannot_read(out, "Không ghi được gói.", format!("The pack cannot be written: {error}."))
    })?;
    screen.tell_of(out.display(), "Đã ký.", "Signed.");
    screen.show(inspect::identity(manifest, screen));
    if manifest.approval.status != "Approved" {
        screen.note(
            out.display(),
            "Lưu ý: gói này chưa được duyệt, nhưng nay đã mang chữ ký; máy trưng bày sẽ nhận. Chỉ dùng để thử.",
            "Note: this pack is not approved, yet it is signed now, and kiosks will take it. For trying out only.",
        );
    }
    Ok(Outcome::Clean)
}

/// `Approved 123/QĐ-SVHTT 2026-11-20`, as far as the pack tells.
fn approval(manifest: &Manifest) -> String {
    let approval = &manifest.approval;
    let told = [Some(&approval.status), approval.decision.as_ref(), approval.date.as_ref()];
    told.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}
