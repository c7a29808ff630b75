//! Pictures that lie on their side or upside down in the file. Only one that is merely mirrored can be read as it
//! comes; of any other the last row may be wanted first, so it is held whole.

use image::metadata::Orientation;

/// Width and height once a picture is turned.
pub fn turned_size(width: u32, height: u32, orientation: Orientation) -> (u32, u32) {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    match orientation {
        Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

/// Whether rows can be given as they come.
pub fn keeps_rows(orientation: Orientation) -> bool {
    matches!(orientation, Orientation::NoTransforms | Orientation::FlipHorizontal)
}

/// Turns one row around.
pub fn mirror(rgb: &mut [u8]) {
    let pixels = rgb.len() / 3;
    let (left, right) = rgb.split_at_mut(pixels / 2 * 3);
    for (a, b) in left.chunks_exact_mut(3).zip(right.rchunks_exact_mut(3)) {
        a.swap_with_slice(b);
    }
}

/// What Exif data say of how a picture lies; as it is when they say nothing that can be read.
pub fn of_exif(exif: Option<&[u8]>) -> Orientation {
    let exif = exif.map(|bytes| bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes));
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// A picture held whole as RGB, as the file has it.
pub struct Turned {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
    pub orientation: Orientation,
}

impl Turned {
    /// A row of the turned picture.
    pub fn row(&self, y: usize, out: &mut [u8]) {
        let (right, bottom) = (self.width - 1, self.height - 1);
        for (x, pixel) in out.chunks_exact_mut(3).enumerate() {
            let (column, row) = match self.orientation {
                Orientation::NoTransforms => (x, y),
                Orientation::FlipHorizontal => (right - x, y),
                Orientation::FlipVertical => (x, bottom - y),
                Orientation::Rotate180 => (right - x, bottom - y),
                Orientation::Rotate90 => (y, bottom - x),
                Orientation::Rotate270 => (right - y, x),
                Orientation::Rotate90FlipH => (y, x),
                Orientation::Rotate270FlipH => (right - y, bottom - x),
            };
            let at = (row * self.width + column) * 3;
            pixel.copy_from_slice(&self.rgb[at..at + 3]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, RgbImage};

    #[test]
    fn rows_are_those_of_the_picture_turned_whole() {
        let picture = RgbImage::from_fn(5, 3, |x, y| image::Rgb([x as u8, y as u8, 9]));
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).expect("known");
            let mut whole = DynamicImage::from(picture.clone());
            whole.apply_orientation(orientation);
            let turned = Turned { width: 5, height: 3, rgb: picture.as_raw().clone(), orientation };
            assert_eq!(turned_size(5, 3, orientation), (whole.width(), whole.height()));
            for y in 0..whole.height() {
                let mut row = vec![0; whole.width() as usize * 3];
                turned.row(y as usize, &mut row);
                let expected: Vec<u8> = (0..whole.width()).flat_map(|x| whole.to_rgb8().get_pixel(x, y).0).collect();
                assert_eq!(row, expected, "{exif} {y}");
            }
        }
    }

    #[test]
    fn a_mirrored_row_is_turned_around() {
        for pixels in 0..5u8 {
            let mut row: Vec<u8> = (0..pixels * 3).collect();
            mirror(&mut row);
            let expected: Vec<u8> = (0..pixels).rev().flat_map(|p| [p * 3, p * 3 + 1, p * 3 + 2]).collect();
            assert_eq!(row, expected);
        }
    }
}
