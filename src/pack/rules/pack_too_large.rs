//! Rule: the pack will fit into one file, told before an hour was spent on building it.

use super::{Checked, Rule, Told};
use crate::diagnostics::{Place, Said, Severity};
use crate::pack::sealed::MAX_PACK_BYTES;
use crate::pack::tiles::rows;
use crate::pack::tiles::source::{TileSource, is_foreign};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

pub const RULE: Rule = Rule {
    code: "pack-too-large",
    severity: Severity::Warning,
    paragraph: (
        "Theo ước tính, tệp gói sẽ lớn hơn 4095 MiB, mức tối đa của một gói và của một tệp trên USB định dạng FAT32; khi đó lệnh \
         build sẽ từ chối. Chia thành nhiều gói, hoặc lưu các ảnh JPEG lớn nhất ở chất lượng thấp hơn.",
        "By reckoning, the pack's file will be larger than 4095 MiB, the most that a pack and a file on a stick of FAT32 can have; \
         build would refuse it. Split the exhibit into several packs, or save the largest JPEG pictures in a lower quality.",
    ),
    check,
};

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let length = |name: &String| checked.folder.join(name).metadata().map_or(0, |meta| meta.len());
    let files: u64 = checked.used.files.iter().map(length).sum();
    let pictures: u64 = checked.used.pictures.iter().map(|name| tiles_of(&checked.folder.join(name))).sum();
    let bytes = files.saturating_add(pictures);
    if bytes >= MAX_PACK_BYTES {
        let (has, may) = (bytes >> 20, MAX_PACK_BYTES >> 20);
        told.tell(
            Place::file("exhibit.ron"),
            Said::new(
                format!("Gói sẽ nặng khoảng {has} MiB; tối đa {may} MiB."),
                format!("The pack will have about {has} MiB; {may} MiB is the most."),
            ),
            Said::new(
                "Chia thành nhiều gói, hoặc lưu các ảnh JPEG lớn nhất ở chất lượng thấp hơn.",
                "Split it into several packs, or save the largest JPEG pictures in a lower quality.",
            ),
        );
    }
}

/// Bytes that a picture's tiles will take, rather too few than too many: a JPEG keeps its own data and gets smaller
/// copies besides, others become JPEG of two bits a pixel or more.
fn tiles_of(path: &Path) -> u64 {
    if is_foreign(path) {
        let files = TileSource::open(path).ok().and_then(|source| Some(super::unused_file::files(source.files()?)));
        return files.unwrap_or_default().iter().filter_map(|tile| Some(fs::metadata(tile).ok()?.len())).sum();
    }
    let length = fs::metadata(path).map_or(0, |meta| meta.len());
    if is_jpeg(path) {
        return length / 4 * 5;
    }
    let pixels = rows::picture_size(path).map_or(0, |(width, height)| u64::from(width) * u64::from(height));
    length.min(pixels / 4)
}

fn is_jpeg(path: &Path) -> bool {
    let mut start = [0; 3];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == [0xff, 0xd8, 0xff]
}
