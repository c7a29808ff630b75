//! `haidang-pack verify`: is a pack whole, and does its signature count?

use super::inspect;
use crate::organiser::Outcome;
use crate::organiser::args::signing::Verify;
use crate::organiser::failure::Done;
use crate::organiser::key_files::ring;
use crate::organiser::screen::Screen;
use crate::organiser::today::today;
use crate::pack::signing::{Verdict, judge};
use serde_json::json;

pub fn run(args: &Verify, screen: Screen) -> Done {
    let ring = ring(&args.ring, screen)?;
    let pack = inspect::open(&args.pack)?;
    let manifest = &pack.manifest;
    let today = args.on.unwrap_or_else(today);
    let id = manifest.id.as_str();
    let judged = judge(&ring, ring.revocations(), pack.manifest_bytes(), pack.signature_text(), id, today);
    // Only a pack whose signature counts is worth reading whole.
    let damage = if judged.is_trusted() { inspect::verify_whole(&pack, screen).err() } else { None };
    if let Some(error) = &damage {
        screen.complain(&inspect::refused(&args.pack, error));
    }
    let verdict = if damage.is_some() { Verdict::Altered } else { judged };
    let (vi, en) = verdict.sentence();
    if args.json {
        let mut told = json!({
            "trusted": verdict.is_trusted(),
            "verdict": verdict.word(),
            "pack": id,
            "version": manifest.version,
            "title": inspect::titles(manifest),
            "approval": inspect::approval_as_json(&manifest.approval),
            "sentence": {"vi": vi, "en": en},
        });
        if let Verdict::Trusted { signer, key_id, root } = &verdict {
            told["signer"] = json!({"name": signer, "id": key_id.to_string(), "root": root});
        }
        screen.show(format_args!("{told:#}"));
    } else {
        screen.tell(&vi, &en);
        match verdict {
            Verdict::Trusted { .. } => screen.show(inspect::identity(manifest, screen)),
            // What an altered manifest says of itself is worth nothing.
            Verdict::Altered => {}
            _ => screen.show(inspect::own_word(manifest, screen)),
        }
    }
    Ok(if verdict.is_trusted() { Outcome::Clean } else { Outcome::Problems })
}
