//! `haidang-pack draw`: SVG plates into PNG pictures, strip by strip, so that a sheet of any size fits into memory.

use crate::base::files::Staged;
use crate::diagnostics::Said;
use crate::organiser::args::Draw;
use crate::organiser::failure::{Done, Failure, cause};
use crate::organiser::screen::Screen;
use crate::organiser::{Outcome, fonts};
use resvg::{tiny_skia, usvg};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows drawn at a time.
const STRIP_ROWS: u32 = 512;

#[derive(Debug, thiserror::Error)]
enum DrawError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("not an SVG drawing: {0}")]
    Svg(#[from] usvg::Error),
    #[error("the drawing has an impossible size")]
    Size,
    #[error("PNG cannot be written: {0}")]
    Png(#[from] png::EncodingError),
}

pub fn run(args: &Draw, screen: Screen) -> Done {
    let plates = args.folder.join("plates");
    let entries = fs::read_dir(&plates).map_err(|error| Failure::of_file(&plates, &error))?;
    let mut drawings: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    let wanted = |p: &PathBuf| args.only.as_ref().is_none_or(|name| p.file_stem().is_some_and(|s| s == name.as_str()));
    drawings.retain(|p| p.extension().is_some_and(|e| e == "svg") && wanted(p));
    drawings.sort();
    let fonts = Arc::new(database());
    let mut failed = 0;
    for (index, svg) in drawings.iter().enumerate() {
        let png = svg.with_extension("png");
        if !args.force && is_newer(&png, svg) {
            continue;
        }
        screen.step(&format!("[{}/{}] {}", index + 1, drawings.len(), png.display()));
        if let Err(error) = draw(svg, &png, &fonts) {
            let said = said(&error);
            screen.note(svg.display(), &said.vi, &said.en);
            failed += 1;
        }
    }
    Ok(if failed == 0 { Outcome::Clean } else { Outcome::Problems })
}

fn said(error: &DrawError) -> Said {
    let vi = match error {
        DrawError::Io(error) => return cause(error),
        DrawError::Svg(why) => format!("không phải bản vẽ SVG: {why}"),
        DrawError::Size => "bản vẽ có kích thước không thể có".to_owned(),
        DrawError::Png(why) => format!("không ghi được PNG: {why}"),
    };
    Said::new(vi, error.to_string())
}

/// True when `made` is there and not older than what it is made from.
fn is_newer(made: &Path, from: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok();
    time(made).zip(time(from)).is_some_and(|(made, from)| made >= from)
}

fn database() -> usvg::fontdb::Database {
    let mut held = usvg::fontdb::Database::new();
    for font in fonts::ALL {
        held.load_font_data(font.to_vec());
    }
    held
}

fn draw(svg: &Path, png: &Path, fonts: &Arc<usvg::fontdb::Database>) -> Result<(), DrawError> {
    let options = usvg::Options {
        fontdb: Arc::clone(fonts),
        font_family: "Be Vietnam Pro".to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_data(&fs::read(svg)?, &options)?;
    let size = tree.size().to_int_size();
    let mut staged = Staged::beside(png)?;
    let file = io::BufWriter::with_capacity(1 << 20, staged.file().try_clone()?);
    let mut encoder = png::Encoder::new(file, size.width(), size.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?.into_stream_writer_with_size(1 << 20)?;
    let mut top = 0;
    while top < size.height() {
        let rows = STRIP_ROWS.min(size.height() - top);
        let strip = draw_strip(&tree, size.width(), top, rows).ok_or(DrawError::Size)?;
        io::Write::write_all(&mut writer, &strip)?;
        top += rows;
    }
    writer.finish()?;
    Ok(staged.publish()?)
}

/// RGB rows `top..top + rows` of the drawing, on white.
fn draw_strip(tree: &usvg::Tree, width: u32, top: u32, rows: u32) -> Option<Vec<u8>> {
    let mut pixmap = tiny_skia::Pixmap::new(width, rows)?;
    pixmap.fill(tiny_skia::Color::WHITE);
    let down = tiny_skia::Transform::from_translate(0.0, -(top as f32));
    resvg::render(tree, down, &mut pixmap.as_mut());
    Some(pixmap.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect())
}
