//! `haidang-pack export`: an exhibit as IIIF, or as a catalogue to print.

use crate::base::files::write_whole;
use crate::organiser::args::making::Export;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::iiif::export::{self, ExportError};
use crate::organiser::screen::Screen;
use crate::organiser::{Outcome, catalogue};
use crate::pack::{self, Exhibit};
use std::path::Path;

pub fn run(args: &Export, screen: Screen) -> Done {
    let opened = pack::open(&args.folder);
    let problems = opened.findings.iter().count();
    let Some(exhibit) = opened.exhibit else {
        return Err(Failure::cannot_read(
            &args.folder,
            "Không đọc được gói; chạy “haidang-pack check”.",
            "The pack cannot be read; run “haidang-pack check”.",
        ));
    };
    if problems > 0 {
        screen.note(
            args.folder.display(),
            &format!("{problems} vấn đề trong gói; chỉ phần đọc được được xuất."),
            &format!("{problems} problems; what can be read is exported."),
        );
    }
    let mut outcome = if problems == 0 { Outcome::Clean } else { Outcome::Problems };
    let exported = args.iiif.as_ref().map(|target| as_iiif(&exhibit, target, &args.base, screen));
    let printed = args.catalogue.as_ref().map(|target| as_catalogue(&exhibit, target, screen));
    // One that fails does not keep the other from being made.
    for done in exported.into_iter().chain(printed) {
        screen.progress_ends();
        if let Err(failure) = done {
            screen.complain(&failure);
            outcome = if outcome == Outcome::Clean { failure.outcome } else { outcome };
        }
    }
    Ok(outcome)
}

fn as_iiif(exhibit: &Exhibit, target: &Path, base: &str, screen: Screen) -> Result<(), Failure> {
    if target.symlink_metadata().is_ok() {
        return Err(super::new::refusal(target));
    }
    let told = |done: usize, all: usize, part: f32| screen.progress(&format!("{done}/{all} {:3.0} %", part * 100.0));
    export::export(exhibit, target, base, told).map_err(|error| match error {
        ExportError::Foreign { path } => Failure::problem(
            &path,
            "Ảnh cắt sẵn (Deep Zoom, IIIF) chưa xuất được.",
            "Tiles made elsewhere (Deep Zoom, IIIF) are not exported yet.",
        ),
        error => Failure::cannot_read(
            target,
            format!("Không xuất được: {error}."),
            format!("It cannot be exported: {error}."),
        ),
    })?;
    screen.progress_ends();
    let made = format!("{} manifest, collection.json", exhibit.items.len());
    screen.tell_of(target.display(), &format!("{made}. Phục vụ tại: {base}"), &format!("{made}. Serve it at: {base}"));
    Ok(())
}

fn as_catalogue(exhibit: &Exhibit, target: &Path, screen: Screen) -> Result<(), Failure> {
    if !target.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm")) {
        return Err(Failure::cannot_read(
            target,
            "Chỉ ghi được HTML; PDF: in từ trình duyệt.",
            "Only HTML is written; for PDF print it from a browser.",
        ));
    }
    if target.symlink_metadata().is_ok() {
        return Err(super::new::refusal(target));
    }
    let html = catalogue::html(exhibit, |done, all| screen.progress(&format!("{done}/{all}"))).map_err(|why| {
        Failure::cannot_read(target, format!("Không làm được: {why}."), format!("It cannot be made: {why}."))
    })?;
    screen.progress_ends();
    write_whole(target, html.as_bytes()).map_err(|error| Failure::not_written(target, &error))?;
    screen.tell_of(target.display(), "Đã ghi.", "Written.");
    Ok(())
}
