//! `haidang-pack tiles`: cuts one picture, as the kiosk does on first opening, or into tiles for other viewers.

use crate::organiser::Outcome;
use crate::organiser::args::{Layout, Tiles};
use crate::organiser::failure::{Done, Failure, cause};
use crate::organiser::screen::Screen;
use crate::pack::tiles::container::Writer;
use crate::pack::tiles::dzi::DeepZoomSink;
use crate::pack::tiles::pyramid::Pyramid;
use crate::pack::tiles::rows::{self, Note, RowsError};
use crate::pack::tiles::sink::TileSink;
use crate::pack::tiles::{self, CutError};
use std::io;

pub fn run(args: &Tiles, screen: Screen) -> Done {
    // What cannot be read at all is told below.
    for note in rows::notes_of(&args.picture).unwrap_or_default() {
        let (vi, en) = noted(&note);
        screen.note(args.picture.display(), &vi, &en);
    }
    let sink_for = |pyramid: Pyramid| -> io::Result<Box<dyn TileSink>> {
        Ok(match args.layout {
            Layout::Container => Box::new(Writer::create(&args.out, pyramid)?),
            Layout::Dzi => Box::new(DeepZoomSink::create(&args.out, pyramid)?),
        })
    };
    let cut = tiles::cut_into(&args.picture, sink_for, |done| {
        screen.progress(&format!("{:3.0} %", done * 100.0));
        true
    });
    screen.progress_ends();
    cut.map_err(|error| match error {
        CutError::Source(error) => {
            let (vi, en) = said(&error);
            Failure::cannot_read(&args.picture, vi, en)
        }
        CutError::Scan(error) => Failure::cannot_read(
            &args.picture,
            "Không giải mã được ảnh; tệp có thể đã hỏng.",
            format!("The picture cannot be decoded: {error}."),
        ),
        CutError::Write(error) => Failure::not_written(&args.out, &error),
        error => Failure::problem(&args.out, "Không cắt được ảnh.", format!("It cannot be cut: {error}.")),
    })?;
    Ok(Outcome::Clean)
}

/// What is odd about a picture that is cut all the same, in Vietnamese and English.
fn noted(note: &Note) -> (String, String) {
    match note {
        Note::ProfileIgnored(why) => (
            format!("Không dùng được hồ sơ màu, coi như sRGB: {why}."),
            format!("The colour profile cannot be used, sRGB is assumed: {why}."),
        ),
        Note::InksWithoutProfile => (
            "Ảnh màu in (CMYK) không kèm hồ sơ màu: màu chỉ gần đúng.".to_owned(),
            "Printing inks (CMYK) without a colour profile: colours are a guess.".to_owned(),
        ),
        Note::EndsEarly => (
            "Tệp thiếu phần cuối; chỗ thiếu có màu xám.".to_owned(),
            "The file lacks its end; what is missing is grey.".to_owned(),
        ),
        Note::MorePictures => (
            "Tệp có nhiều ảnh; chỉ ảnh đầu được dùng.".to_owned(),
            "The file holds several pictures; the first is used.".to_owned(),
        ),
    }
}

/// Why a picture is not read, in Vietnamese and English.
fn said(error: &RowsError) -> (String, String) {
    match error {
        RowsError::Io(error) => {
            let why = cause(error);
            (format!("Không đọc được tệp: {}.", why.vi), format!("The file cannot be read: {}.", why.en))
        }
        RowsError::Format(_) | RowsError::Unsupported(_) => {
            let why = error.said();
            (format!("Ảnh không đọc được: {}.", why.vi), format!("The picture cannot be read: {}.", why.en))
        }
        RowsError::TooLarge { width, height } => (
            format!("Ảnh {width} × {height} điểm là quá lớn."),
            format!("A picture of {width} × {height} pixels is too large."),
        ),
        RowsError::TooLargeToHold { width, height, why, needed_mb, limit_mb } => (
            format!(
                "Ảnh {width} × {height} điểm cần {needed_mb} MB bộ nhớ, tối đa {limit_mb} MB. Lưu lại thành TIFF, hoặc PNG \
                 không đan dòng, đã xoay đúng chiều."
            ),
            format!(
                "{width} × {height} pixels need {needed_mb} MB of memory, for {why}; {limit_mb} MB is the most. Save it \
                 as TIFF, or as PNG that is not interlaced, turned the right way up."
            ),
        ),
        RowsError::EndsEarly { row } => {
            (format!("Tệp bị cụt từ dòng ảnh {row}."), format!("The file ends early, at row {row}."))
        }
        RowsError::Decode(why) => {
            ("Không giải mã được ảnh.".to_owned(), format!("The picture cannot be decoded: {why}."))
        }
    }
}
