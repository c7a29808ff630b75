//! Draws charts as PNG for the letter, with the bundled fonts alone.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use crate::department::report::ReportError;
use crate::department::report::charts::Chart;
use crate::department::report::fonts::{HAN, SANS};

/// Pixels for a unit of the drawing: about 290 to the inch on paper.
const SHARPNESS: f32 = 3.0;

/// Draws charts, and remembers what each shows in words.
pub struct Draughtsman {
    options: usvg::Options<'static>,
    told: Vec<String>,
}

impl Draughtsman {
    pub fn new() -> Self {
        let mut fonts = usvg::fontdb::Database::new();
        for bytes in SANS.into_iter().chain([HAN]) {
            fonts.load_font_data(bytes.to_vec());
        }
        Self { options: usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() }, told: Vec::new() }
    }

    /// The picture, and the id of its relation in the package.
    pub fn draw(&mut self, chart: &Chart) -> Result<(Vec<u8>, String), ReportError> {
        let failed = |cause: String| ReportError::Chart { chart: chart.title.clone(), cause };
        let tree = usvg::Tree::from_str(&chart.svg, &self.options).map_err(|error| failed(error.to_string()))?;
        let size = tree.size().to_int_size().scale_by(SHARPNESS).ok_or_else(|| failed("no size".to_owned()))?;
        let mut canvas =
            tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(|| failed("no size".to_owned()))?;
        canvas.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::from_scale(SHARPNESS, SHARPNESS), &mut canvas.as_mut());
        let png = encoded(&canvas).map_err(|error| failed(error.to_string()))?;
        self.told.push(format!("{}. {}", chart.title, chart.told));
        Ok((png, format!("rIdChart{}", self.told.len())))
    }

    /// What the pictures show, in the order drawn.
    pub fn told(self) -> Vec<String> {
        self.told
    }
}

/// On white every pixel is opaque: red, green and blue are enough.
fn encoded(canvas: &tiny_skia::Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, canvas.width(), canvas.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    let colours: Vec<u8> = canvas.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(bytes)
}
