//! Files that lie, are cut off or are damaged: each is refused or read to its end, soon, in bounded memory and without
//! a panic.

use super::made::{self, HEIGHT, LITTLE, Tag, TiffForm, WIDTH};
use super::read;
use haidang::pack::tiles::rows::{Note, Rows, RowsError};
use haidang::pack::tiles::source::TileSource;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use moxcms::ColorProfile;
use png::{BitDepth, ColorType};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Damaged variants of all good files together.
const VARIANTS: usize = 10_000;
/// Pixels of a picture that a damaged head may claim and that are still read for this test.
const MOST_PIXELS: u64 = 1 << 24;

fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(made::exif(6)).expect("exif");
    encoder.set_icc_profile(ColorProfile::new_display_p3().encode().expect("profile")).expect("profile");
    encoder.write_image(&made::rgb(), WIDTH, HEIGHT, ExtendedColorType::Rgb8).expect("written");
    bytes
}

fn bare_jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.write_image(&made::rgb(), WIDTH, HEIGHT, ExtendedColorType::Rgb8).expect("written");
    bytes
}

fn webp() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.set_exif_metadata(made::exif(3)).expect("exif");
    encoder.write_image(&made::rgb(), WIDTH, HEIGHT, ExtendedColorType::Rgb8).expect("written");
    bytes
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures").join(name)).expect("fixture")
}

fn lzw(data: &[u8]) -> Vec<u8> {
    weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8).encode(data).expect("compressed")
}

/// Runs of single bytes and of pairs that are alike.
fn packbits(data: &[u8]) -> Vec<u8> {
    data.chunks(2)
        .flat_map(|pair| if pair[0] == pair[pair.len() - 1] { vec![255, pair[0]] } else { [&[1], pair].concat() })
        .collect()
}

/// Good files of every format and way of storing, small enough that a change of one byte often matters.
fn good_files() -> Vec<(&'static str, Vec<u8>)> {
    let rgb = made::rgb();
    let tags = |compression| made::tags(8, 2, 3, compression);
    let tiled = |compression, side: u64| {
        [&tags(compression)[..], &[(322, 3, vec![side]), (323, 3, vec![side]), (317, 3, vec![2])]].concat()
    };
    let big = TiffForm { big_endian: true, big: true };
    let tiles = |pack: fn(&[u8]) -> Vec<u8>| made::tiles(&rgb, 3, 16).iter().map(|tile| pack(tile)).collect::<Vec<_>>();
    let fixture =
        |name| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures").join(name)).expect("fixture");
    vec![
        (
            "png",
            made::png(ColorType::Rgb, BitDepth::Eight, &rgb, |info| info.exif_metadata = Some(made::exif(8).into())),
        ),
        ("interlaced png", made::interlaced(&rgb)),
        ("jpeg", jpeg()),
        ("bare jpeg", bare_jpeg()),
        ("progressive jpeg", fixture("progressive.jpg")),
        ("jpeg of inks", fixture("inks.jpg")),
        ("webp", webp()),
        ("tiff", made::tiff(LITTLE, &tags(1), false, std::slice::from_ref(&rgb))),
        ("tiff, PackBits", made::tiff(LITTLE, &tags(32_773), false, &[packbits(&rgb)])),
        ("tiff, LZW", made::tiff(LITTLE, &tags(5), false, &[lzw(&rgb)])),
        ("tiff, deflate", made::tiff(LITTLE, &tags(8), false, &[made::zlib(&rgb)])),
        ("tiff, JPEG", made::tiff(LITTLE, &made::tags(8, 6, 3, 7), false, &[bare_jpeg()])),
        ("tiff, tiles of LZW", made::tiff(LITTLE, &tiled(5, 16), true, &tiles(lzw))),
        ("BigTIFF, tiles of deflate", made::tiff(big, &tiled(8, 16), true, &tiles(made::zlib))),
    ]
}

#[test]
fn a_small_file_that_claims_to_be_huge_is_refused_early() {
    let huge = 60_000u32;
    let data = made::zlib(&[0; 1_000]);
    let error = read(&made::png_of_chunks(huge, huge, [8, 2, 0, 0, 1], &data)).expect_err("interlaced");
    assert!(matches!(error, RowsError::Decode(_)), "{error}");
    // Streamed, it ends where its data do.
    let error = read(&made::png_of_chunks(huge, huge, [8, 2, 0, 0, 0], &data)).expect_err("png");
    assert!(matches!(error, RowsError::EndsEarly { row: 0 } | RowsError::Decode(_)), "{error}");
    let error = read(&made::png_of_chunks(u32::MAX >> 1, 1, [16, 6, 0, 0, 0], &data)).expect_err("png");
    assert!(matches!(error, RowsError::TooLarge { .. }), "{error}");
    let mut jpeg = bare_jpeg();
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    let error = read(&jpeg).expect_err("jpeg");
    assert!(matches!(error, RowsError::Decode(_)), "{error}");
    // As large a file as would be believed.
    jpeg.resize(4 << 20, 0);
    let error = read(&jpeg).expect_err("jpeg");
    assert!(matches!(error, RowsError::TooLargeToHold { .. }), "{error}");
    for (compression, side) in [(1, 60_000), (5, 60_000), (8, 4_000_000_000), (7, 60_000)] {
        let mut tags = made::tags(8, 2, 3, compression);
        tags[0] = (256, 4, vec![side]);
        tags[1] = (257, 4, vec![side]);
        let error = read(&made::tiff(LITTLE, &tags, false, &[vec![0; 50_000]])).expect_err("tiff");
        assert!(!matches!(error, RowsError::Io(_)), "{error}");
        tags.extend([(322, 4, vec![1]), (323, 4, vec![1])]);
        assert!(read(&made::tiff(LITTLE, &tags, true, &[vec![0; 50_000]])).is_err());
    }
    let bmp = [&b"BM"[..], &[0; 16], &huge.to_le_bytes(), &huge.to_le_bytes(), &[0; 28]].concat();
    assert!(matches!(read(&bmp), Err(RowsError::Format("a BMP picture"))));
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_told_so() {
    for (name, file) in good_files() {
        let whole = read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        for length in (0..file.len()).step_by(1 + file.len() / 150) {
            let Ok(cut) = read(&file[..length]) else { continue };
            // What is read all the same is told, or lacks nothing but what follows the picture.
            let told = cut.notes.iter().any(|note| matches!(note, Note::EndsEarly));
            assert!(told || cut.rgb == whole.rgb, "{name} of {length} bytes");
        }
    }
}

#[test]
fn directories_that_lead_in_circles_have_an_end() {
    let good = made::tiff(LITTLE, &made::tags(8, 2, 3, 1), false, &[made::rgb()]);
    let directory = u32::from_le_bytes(good[4..8].try_into().expect("place"));
    let mut circle = good.clone();
    let next = circle.len() - 4;
    circle[next..].copy_from_slice(&directory.to_le_bytes());
    assert_eq!(read(&circle).expect("read").rgb, made::rgb());
    // A chain of directories, each in the middle of the one before.
    let mut chain = good;
    for step in 0..200u32 {
        let at = chain.len() as u32;
        let next = chain.len() - 4;
        chain[next..].copy_from_slice(&at.to_le_bytes());
        chain.extend([1, 0].into_iter().chain([0; 12]).chain((at + 2 + step % 3).to_le_bytes()));
    }
    assert_eq!(read(&chain).expect("read").rgb, made::rgb());
    for place in [0u8, 1, 7, 8, 9, 200] {
        // Exif data whose directory lies in itself or beyond the end, with an entry that leads back.
        let mut exif = made::exif(6);
        exif[7] = place;
        exif.extend([0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8]);
        let add = |info: &mut png::Info<'_>| info.exif_metadata = Some(exif.clone().into());
        assert!(read(&made::png(ColorType::Rgb, BitDepth::Eight, &made::rgb(), add)).is_ok());
    }
}

#[test]
fn values_that_claim_to_be_long_are_not_allocated() {
    for (tag, kind) in [(273u16, 4u16), (279, 4), (320, 3), (34_675, 7), (347, 7), (258, 3), (338, 3)] {
        let tags: Vec<Tag> = made::tags(8, if tag == 320 { 3 } else { 2 }, 3, 7);
        let mut file = made::tiff(LITTLE, &tags, false, &[bare_jpeg()]);
        let directory = u32::from_le_bytes(file[4..8].try_into().expect("place")) as usize;
        // The first entry becomes one of two billion values.
        let entry =
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &0x7fff_ffffu32.to_le_bytes(), &[8, 0, 0, 0]].concat();
        file[directory + 2..directory + 14].copy_from_slice(&entry);
        let read = read(&file);
        assert!(read.is_err() || tag == 34_675, "{tag}");
    }
}

#[test]
fn a_name_counts_for_nothing() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let open = |name: &str, bytes: &[u8]| {
        fs::write(dir.path().join(name), bytes).expect("written");
        Rows::open(&dir.path().join(name)).map(|rows| (rows.width, rows.height))
    };
    for (_, file) in good_files().iter().step_by(3) {
        assert!(open("a.txt", file).is_ok());
    }
    assert!(matches!(open("a.png", b"not a picture at all"), Err(RowsError::Format(_))));
    assert!(matches!(open("a.tif", b"II*\0"), Err(RowsError::Io(_) | RowsError::EndsEarly { .. })));
    assert!(matches!(Rows::open(dir.path()), Err(RowsError::Io(_))));
    assert!(matches!(Rows::open(&dir.path().join("none.png")), Err(RowsError::Io(_))));
}

/// A sequence that is the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// Changes, adds and takes away a few bytes.
    fn damaged(&mut self, file: &[u8]) -> Vec<u8> {
        let mut file = file.to_vec();
        for _ in 0..=self.below(4) {
            let (at, byte) = (self.below(file.len()), self.below(256) as u8);
            match self.below(6) {
                0 => file.insert(at, byte),
                1 if file.len() > 1 => drop(file.remove(at)),
                2 => file[at] ^= 1 << (byte % 8),
                3 => file[at] = [0, 1, 0x7f, 0x80, 0xff][usize::from(byte) % 5],
                4 => {
                    let other = self.below(file.len());
                    file.swap(at, other);
                }
                _ => file[at] = byte,
            }
        }
        file
    }
}

#[test]
fn damaged_files_are_refused_or_read_to_their_end() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("picture");
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut read_all = 0;
    let good = good_files();
    for variant in 0..VARIANTS {
        let (name, file) = &good[variant % good.len()];
        let bytes = match *name {
            // Damage within the compressed data, which the sums of the chunks would hide.
            "interlaced png" if variant % 3 > 0 => {
                let data = random.damaged(&made::zlib(&made::rgb()));
                made::png_of_chunks(WIDTH, HEIGHT, [8, 2, 0, 0, variant as u8 % 2], &data)
            }
            _ => random.damaged(file),
        };
        fs::write(&path, bytes).expect("written");
        let Ok(mut rows) = Rows::open(&path) else { continue };
        if u64::from(rows.width) * u64::from(rows.height) > MOST_PIXELS {
            continue;
        }
        let mut row = vec![0; rows.width as usize * 3];
        let given = (0..rows.height).take_while(|_| rows.next_row(&mut row).is_ok()).count();
        assert!(
            given as u32 == rows.height || rows.next_row(&mut row).is_err(),
            "{name} {variant}: rows after an error"
        );
        read_all += usize::from(given as u32 == rows.height);
    }
    // Damage that hits a pixel or a tag that says nothing.
    assert!((VARIANTS / 10..VARIANTS).contains(&read_all), "{read_all}");
}

#[test]
fn damaged_profiles_are_left_or_used() {
    let mut random = Random(77);
    let profiles = [ColorProfile::new_display_p3(), ColorProfile::new_gray_with_gamma(1.8)]
        .map(|profile| profile.encode().expect("profile"));
    for variant in 0..1_000 {
        let grey = variant % 2;
        let profile = random.damaged(&profiles[grey]).into_iter().map(u64::from).collect();
        let (data, samples) = if grey == 1 { (made::grey(), 1) } else { (made::rgb(), 3) };
        let tags = [&made::tags(8, if grey == 1 { 1 } else { 2 }, samples, 1)[..], &[(34_675, 7, profile)]].concat();
        assert!(read(&made::tiff(LITTLE, &tags, false, &[data])).is_ok(), "{variant}");
    }
}

/// Runs the tool with this much memory to address, all in all.
fn tiles_within(mebibytes: u32, folder: &Path, arguments: &[&str]) -> std::process::Output {
    let built = env!("CARGO_BIN_EXE_haidang-pack");
    let program =
        std::env::var_os("HAIDANG_BIN").map_or_else(|| built.into(), |bin| Path::new(&bin).join("haidang-pack"));
    let script = format!("ulimit -v {} && exec \"$@\"", mebibytes * 1024);
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh"]).arg(program).arg("tiles").args(arguments).current_dir(folder);
    // Each thread would reserve memory that it does not use.
    command.env("MALLOC_ARENA_MAX", "1");
    command.output().expect("tool runs")
}

#[test]
fn what_a_file_claims_is_not_what_is_allocated() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let write = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).expect("written");
    // More pixels than memory: a tall picture of one colour, in a single strip.
    let mut tags = made::tags(8, 2, 3, 8);
    tags[0] = (256, 4, vec![20_000]);
    tags[1] = (257, 4, vec![20_000]);
    let rows = vec![0; 20_000 * 3 * 700];
    write("cut.tif", &made::tiff(LITTLE, &tags, false, &[made::zlib(&rows)]));
    tags.push((274, 3, vec![6]));
    write("turned.tif", &made::tiff(LITTLE, &tags, false, &[made::zlib(&rows)]));
    // Baseline JPEG is cut without a picture of pixels; progressive is not.
    let mut jpeg = fixture("progressive.jpg");
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc2]).expect("a frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    jpeg.resize(5 << 20, 0);
    write("huge.jpg", &jpeg);
    write("huge.png", &made::png_of_chunks(60_000, 60_000, [16, 6, 0, 0, 1], &made::zlib(&[0; 100_000])));
    for (name, word) in [("cut.tif", "row 700"), ("huge.jpg", "MB"), ("huge.png", "cannot be in")] {
        let output = tiles_within(1_000, dir.path(), &[name, "out.tiles"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{name}: {said}");
        assert!(said.contains(word), "{name}: {said}");
    }
    // Within the limit and yet cut off: read as far as it goes, and no farther.
    let output = tiles_within(1_000, dir.path(), &["turned.tif", "out.tiles"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!dir.path().join("out.tiles").exists());
}

#[test]
fn the_tool_cuts_for_other_viewers_too() {
    let dir = tempfile::tempdir().expect("temporary folder");
    fs::write(dir.path().join("a.tif"), made::tiff(LITTLE, &made::tags(8, 2, 3, 1), false, &[made::rgb()]))
        .expect("written");
    for arguments in [&["a.tif", "a.tiles"][..], &["a.tif", "a.dzi", "--layout", "dzi"]] {
        let output = tiles_within(1_000, dir.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let source = TileSource::open(&dir.path().join(arguments[1])).expect("opens");
        assert_eq!((source.pyramid().width, source.pyramid().height), (WIDTH, HEIGHT));
        assert_eq!(source.missing(), None);
        assert!(image::load_from_memory(&source.overview().expect("overview")).is_ok());
    }
    let output = tiles_within(1_000, dir.path(), &["a.tif", "b", "--layout", "folder"]);
    assert_eq!(output.status.code(), Some(2));
}
