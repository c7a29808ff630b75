//! `haidang-pack export`: an exhibit as IIIF, or as a catalogue to print.

use crate::base::files::write_whole;
use crate::organiser::args::making::Export;
use crate::organiser::iiif::export::{self, ExportError};
use crate::organiser::{Outcome, catalogue};
use crate::pack::{self, Exhibit};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

pub fn run(args: &Export) -> Outcome {
    let opened = pack::open(&args.folder);
    let problems = opened.findings.iter().count();
    let Some(exhibit) = opened.exhibit else {
        eprintln!(
            "{}: Không đọc được gói; chạy “haidang-pack check”. · The pack cannot be read; run “haidang-pack check”.",
            args.folder.display()
        );
        return Outcome::CannotRead;
    };
    if problems > 0 {
        eprintln!(
            "{problems} vấn đề trong gói; chỉ phần đọc được được xuất. · {problems} problems; what can be read is exported."
        );
    }
    let mut outcome = if problems == 0 { Outcome::Clean } else { Outcome::Problems };
    if let Some(target) = &args.iiif {
        outcome = worse(outcome, as_iiif(&exhibit, target, &args.base));
    }
    if let Some(target) = &args.catalogue {
        outcome = worse(outcome, as_catalogue(&exhibit, target));
    }
    outcome
}

fn worse(one: Outcome, other: Outcome) -> Outcome {
    if one == Outcome::Clean { other } else { one }
}

/// On a terminal only; one that cannot be written to is no reason to stop.
fn show(text: &str) {
    let mut out = io::stderr();
    if out.is_terminal() {
        let _ = write!(out, "\r{text}").and_then(|()| out.flush());
    }
}

fn as_iiif(exhibit: &Exhibit, target: &Path, base: &str) -> Outcome {
    if target.symlink_metadata().is_ok() {
        return super::new::refuse(target);
    }
    let told = |done: usize, all: usize, part: f32| show(&format!("{done}/{all} {:3.0} % ", part * 100.0));
    match export::export(exhibit, target, base, told) {
        Ok(()) => {
            println!(
                "{}: {} manifest, collection.json. Phục vụ tại · serve it at: {base}",
                target.display(),
                exhibit.items.len()
            );
            Outcome::Clean
        }
        Err(ExportError::Foreign { path }) => {
            eprintln!(
                "{}: Ảnh cắt sẵn (Deep Zoom, IIIF) chưa xuất được. · Tiles made elsewhere (Deep Zoom, IIIF) are not exported yet.",
                path.display()
            );
            Outcome::Problems
        }
        Err(error) => {
            eprintln!("{}: Không xuất được: {error}. · It cannot be exported: {error}.", target.display());
            Outcome::CannotRead
        }
    }
}

fn as_catalogue(exhibit: &Exhibit, target: &Path) -> Outcome {
    if !target.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm")) {
        eprintln!(
            "{}: Chỉ ghi được HTML; PDF: in từ trình duyệt. · Only HTML is written; for PDF print it from a browser.",
            target.display()
        );
        return Outcome::CannotRead;
    }
    if target.symlink_metadata().is_ok() {
        return super::new::refuse(target);
    }
    let html = catalogue::html(exhibit, |done, all| show(&format!("{done}/{all} ")));
    let written = html
        .map_err(|why| why.to_string())
        .and_then(|html| write_whole(target, html.as_bytes()).map_err(|why| why.to_string()));
    match written {
        Ok(()) => {
            println!("{}: Đã ghi. · Written.", target.display());
            Outcome::Clean
        }
        Err(why) => {
            eprintln!("{}: Không ghi được: {why}. · It cannot be written: {why}.", target.display());
            Outcome::CannotRead
        }
    }
}
