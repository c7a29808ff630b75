//! `haidang-pack verify`: is a pack whole, and does its signature count?

use super::inspect;
use crate::organiser::Outcome;
use crate::organiser::args::signing::Verify;
use crate::organiser::key_files::{Told, complain, ring};
use crate::organiser::today::today;
use crate::pack::sealed::Sealed;
use crate::pack::signing::{Verdict, judge};
use serde_json::json;

pub fn run(args: &Verify) -> Outcome {
    verify(args).unwrap_or_else(Outcome::from)
}

fn verify(args: &Verify) -> Result<Outcome, Told> {
    let ring = ring(&args.ring)?;
    let pack = Sealed::open(&args.pack).map_err(|error| {
        let (vi, en) = inspect::said(&error);
        complain(&args.pack, &vi, &en, inspect::outcome_of(&error))
    })?;
    let manifest = &pack.manifest;
    let today = args.on.unwrap_or_else(today);
    let id = manifest.id.as_str();
    let judged = judge(&ring, ring.revocations(), pack.manifest_bytes(), pack.signature_text(), id, today);
    // Only a pack whose signature counts is worth reading whole.
    let damage = if judged.is_trusted() { inspect::verify_whole(&pack).err() } else { None };
    if let Some(error) = &damage {
        let (vi, en) = inspect::said(error);
        complain(&args.pack, &vi, &en, inspect::outcome_of(error));
    }
    let verdict = if damage.is_some() { Verdict::Altered } else { judged };
    let (vi, en) = verdict.sentence();
    if args.json {
        let mut told = json!({
            "trusted": verdict.is_trusted(),
            "verdict": verdict.word(),
            "pack": id,
            "version": manifest.version,
            "sentence": {"vi": vi, "en": en},
        });
        if let Verdict::Trusted { signer, key_id, root } = &verdict {
            told["signer"] = json!({"name": signer, "id": key_id.to_string(), "root": root});
        }
        println!("{told:#}");
    } else {
        println!("{vi} · {en}");
    }
    Ok(if verdict.is_trusted() { Outcome::Clean } else { Outcome::Problems })
}
