//! Pictures at the size of a printed page: larger ones are averaged row by row, so that a sheet of any size fits into
//! memory; smaller ones keep their pixels.

use crate::pack::model::Picture;
use crate::pack::tiles::CutError;
use crate::pack::tiles::pyramid::Pyramid;
use crate::pack::tiles::rows::Rows;
use crate::pack::tiles::source::{TileSource, is_ready};
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;

/// Longest side in pixels: the height of a page's text at 200 dots an inch.
const LONGEST_SIDE: u32 = 2000;
const QUALITY: u8 = 85;

/// Width and height in pixels of what [`reduced`] gives.
pub fn printed_size(picture: &Picture) -> (u32, u32) {
    let (width, height) = picture.size;
    if is_ready(&picture.path) { Pyramid::new(width, height).overview_size() } else { target(width, height) }
}

/// The picture as JPEG.
pub fn reduced(picture: &Picture) -> Result<Vec<u8>, CutError> {
    let failed = |why: image::ImageError| CutError::Encode(why.to_string());
    let small = if is_ready(&picture.path) {
        let source = TileSource::open(&picture.path).map_err(|why| CutError::Encode(why.to_string()))?;
        image::load_from_memory(&source.overview()?).map_err(failed)?.into_rgb8()
    } else {
        averaged(Rows::open(&picture.path)?)?
    };
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&small).map_err(failed)?;
    Ok(jpeg)
}

/// Width and height within [`LONGEST_SIDE`].
fn target(width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= LONGEST_SIDE {
        return (width, height);
    }
    let scaled = |side: u32| (u64::from(side) * u64::from(LONGEST_SIDE)).div_ceil(u64::from(longest)) as u32;
    (scaled(width), scaled(height))
}

/// How a row or column of the large picture is shared out among those of the small one.
#[derive(Clone, Copy)]
struct Share {
    first: usize,
    /// What falls into the first, and into the next. All that falls into one of the small picture adds up to the side
    /// of the large one.
    weights: [u64; 2],
}

fn share(at: u32, from: u32, to: u32) -> Share {
    let (at, from, to) = (u64::from(at), u64::from(from), u64::from(to));
    let (start, end) = (at * to, (at + 1) * to);
    let first = start / from;
    let border = end.min((first + 1) * from);
    Share { first: first as usize, weights: [border - start, end - border] }
}

/// Every pixel becomes the mean of the area that it stands for.
fn averaged(mut rows: Rows) -> Result<RgbImage, CutError> {
    let (width, height) = target(rows.width, rows.height);
    let columns: Vec<Share> = (0..rows.width).map(|x| share(x, rows.width, width)).collect();
    let area = u64::from(rows.width) * u64::from(rows.height);
    let mut small = RgbImage::new(width, height);
    let mut row = vec![0; rows.width as usize * 3];
    // One more than there are: the last pixel has no next, and gives it nothing.
    let empty = vec![[0_u64; 3]; width as usize + 1];
    let (mut across, mut line, mut next) = (empty.clone(), empty.clone(), empty);
    for y in 0..rows.height {
        rows.next_row(&mut row)?;
        across.fill([0; 3]);
        for (pixel, share) in row.as_chunks::<3>().0.iter().zip(&columns) {
            for (sum, weight) in across[share.first..].iter_mut().zip(share.weights) {
                add(sum, pixel.map(u64::from), weight);
            }
        }
        let Share { first, weights } = share(y, rows.height, height);
        for (place, value) in across.iter().enumerate() {
            add(&mut line[place], *value, weights[0]);
            add(&mut next[place], *value, weights[1]);
        }
        if y + 1 == rows.height || share(y + 1, rows.height, height).first != first {
            for (x, sum) in (0..width).zip(&line) {
                let mean = sum.map(|sum| ((sum + area / 2) / area) as u8);
                small.put_pixel(x, first as u32, image::Rgb(mean));
            }
            std::mem::swap(&mut line, &mut next);
            next.fill([0; 3]);
        }
    }
    Ok(small)
}

fn add(sum: &mut [u64; 3], value: [u64; 3], weight: u64) {
    for (sum, value) in sum.iter_mut().zip(value) {
        *sum += value * weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_larger_pictures_become_smaller() {
        assert_eq!(target(640, 480), (640, 480));
        assert_eq!(target(2000, 2000), (2000, 2000));
        assert_eq!(target(16_000, 12_600), (2000, 1575));
        assert_eq!(target(300_000, 1), (2000, 1));
    }

    #[test]
    fn a_large_picture_keeps_its_colours_and_its_sides() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("large.png");
        let half = |x: u32, _| if x < 1500 { image::Rgb([200, 10, 60]) } else { image::Rgb([0, 90, 250]) };
        RgbImage::from_fn(3000, 900, half).save(&path).expect("picture written");
        let small = averaged(Rows::open(&path).expect("rows")).expect("averaged");
        assert_eq!(small.dimensions(), (2000, 600));
        assert_eq!((small.get_pixel(0, 0).0, small.get_pixel(1999, 599).0), ([200, 10, 60], [0, 90, 250]));
    }

    #[test]
    fn a_pixel_between_two_is_shared() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("lines.png");
        RgbImage::from_fn(3000, 3, |x, _| image::Rgb([[0, 90, 30][x as usize % 3]; 3])).save(&path).expect("written");
        let small = averaged(Rows::open(&path).expect("rows")).expect("averaged");
        assert_eq!(
            (small.dimensions(), small.get_pixel(0, 1).0, small.get_pixel(1, 1).0),
            ((2000, 2), [30; 3], [50; 3])
        );
    }
}
