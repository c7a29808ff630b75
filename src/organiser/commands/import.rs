//! `haidang-pack import`: a IIIF manifest with its pictures on this machine, into a pack.

use super::new::{draft_of, finish, refusal};
use crate::diagnostics::Findings;
use crate::organiser::args::making::{Import, KindWord, NatureWord};
use crate::organiser::failure::{Done, Failure, cause};
use crate::organiser::iiif::import::{Wishes, fill};
use crate::organiser::iiif::manifest::{ManifestError, Reading};
use crate::organiser::making::words::ItemKind;
use crate::organiser::screen::Screen;
use std::path::Path;

pub fn run(args: &Import, screen: Screen) -> Done {
    if args.into.symlink_metadata().is_ok() {
        return Err(refusal(&args.into));
    }
    let file = args.manifest.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut findings = Findings::default();
    let manifest = crate::organiser::iiif::read(&args.manifest, args.media.as_deref(), &file, &mut findings);
    let manifest = manifest.map_err(|error| {
        let (vi, en) = said(&error);
        Failure::cannot_read(&args.manifest, vi, en)
    })?;
    let mut draft = draft_of(&args.facts);
    draft.origin.clone_from(&file);
    let wishes = Wishes {
        kind: args.kind.map(|kind| match kind {
            KindWord::Map => ItemKind::Map,
            KindWord::Document => ItemKind::Document,
            KindWord::Artefact => ItemKind::Artefact,
        }),
        nature: args.nature.map(|nature| match nature {
            NatureWord::Scan => "Scan",
            NatureWord::Photograph => "Photograph",
            NatureWord::Drawing => "Drawing",
        }),
    };
    let folder = args.manifest.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut reading = Reading::new(&file, folder, args.media.as_deref(), &mut findings);
    fill(&mut draft, &manifest, &wishes, &mut reading);
    finish(&draft, &args.into, findings, args.json, screen)
}

fn said(error: &ManifestError) -> (String, String) {
    let vi = match error {
        ManifestError::Io(error) => format!("Không đọc được tệp: {}.", cause(error).vi),
        ManifestError::Json(why) => format!("Tệp này không phải JSON: {why}."),
        ManifestError::OtherKind(kind) => format!("Đây là “{kind}”; chỉ nhập Manifest."),
        ManifestError::OtherVersion => "Không phải IIIF Presentation 2 hay 3.".to_owned(),
    };
    let en = match error {
        ManifestError::Io(error) => format!("The file cannot be read: {error}."),
        ManifestError::Json(why) => format!("This is no JSON: {why}."),
        ManifestError::OtherKind(kind) => format!("This is a “{kind}”; only a Manifest is imported."),
        ManifestError::OtherVersion => "This is neither IIIF Presentation 2 nor 3.".to_owned(),
    };
    (vi, en)
}
