//! `haidang-pack export`: an exhibit as IIIF, or as a catalogue to print.

use super::build::not_cut;
use crate::base::files::write_whole;
use crate::diagnostics::Said;
use crate::organiser::args::making::Export;
use crate::organiser::failure::{Done, Failure};
use crate::organiser::iiif::export::{self, ExportError};
use crate::organiser::screen::Screen;
use crate::organiser::{Outcome, catalogue, pack_folder};
use crate::pack::{self, Exhibit};
use std::path::Path;

pub fn run(args: &Export, screen: Screen) -> Done {
    let opened = pack::open(pack_folder::of(&args.folder)?);
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
        ExportError::Foreign { path, why } => Failure::problem(
            &path,
            "Ảnh cắt sẵn (Deep Zoom, IIIF) có mảnh thiếu hoặc hỏng; chạy “haidang-pack check”.",
            format!("Tiles made elsewhere are missing or damaged ({why}); run “haidang-pack check”."),
        ),
        ExportError::Cut { path, why } => {
            let Said { vi, en } = not_cut(&why);
            Failure::cannot_read(&path, format!("{vi}."), format!("{en}."))
        }
        ExportError::Io(error) => Failure::not_written(target, &error),
    })?;
    screen.progress_ends();
    let made = format!("{} manifest, collection.json", exhibit.items.len());
    screen.tell_of(target.display(), &format!("{made}. Phục vụ tại: {base}"), &format!("{made}. Serve it at: {base}"));
    Ok(())
}

fn as_catalogue(exhibit: &Exhibit, target: &Path, screen: Screen) -> Result<(), Failure> {
    let ending = target.extension().unwrap_or_default().to_ascii_lowercase();
    let write = match ending.to_str() {
        Some("html" | "htm") => html,
        #[cfg(feature = "print")]
        Some("pdf") => pdf,
        #[cfg(not(feature = "print"))]
        Some("pdf") => {
            return Err(Failure::cannot_read(
                target,
                "Bản này không ghi được PDF; hãy ghi .html rồi in từ trình duyệt.",
                "This build writes no PDF; write .html and print it from a browser.",
            ));
        }
        _ => {
            return Err(Failure::cannot_read(
                target,
                "Tập tư liệu chỉ ghi được thành .pdf hoặc .html.",
                "A catalogue is written as .pdf or .html only.",
            ));
        }
    };
    if target.symlink_metadata().is_ok() {
        return Err(super::new::refusal(target));
    }
    let bytes = write(exhibit, screen).map_err(|why| {
        Failure::cannot_read(target, format!("Không làm được: {why}."), format!("It cannot be made: {why}."))
    })?;
    screen.progress_ends();
    write_whole(target, &bytes).map_err(|error| Failure::not_written(target, &error))?;
    screen.tell_of(target.display(), "Đã ghi.", "Written.");
    Ok(())
}

fn html(exhibit: &Exhibit, screen: Screen) -> Result<Vec<u8>, String> {
    let page = catalogue::html::page(exhibit, |done, all| screen.progress(&format!("{done}/{all}")));
    page.map(String::into_bytes).map_err(|why| why.to_string())
}

#[cfg(feature = "print")]
fn pdf(exhibit: &Exhibit, screen: Screen) -> Result<Vec<u8>, String> {
    let told = |done, all| screen.progress(&format!("{done}/{all}"));
    catalogue::pdf::document(exhibit, told).map_err(|why| why.to_string())
}
