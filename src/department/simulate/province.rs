//! The gazetteer that goes with simulated kiosks: provinces, communes and schools with made-up names, each marked "mẫu"
//! (sample). Half of the provinces are merged on 1 July 2025, so that both orders of units are met.

use super::chance::Chance;
use super::kiosk::Counted;
use crate::department::places::FILES;
use jiff::civil::{Date, date};
use std::fmt::Write;
use std::io;
use std::path::Path;

const SCHOOLS_IN_COMMUNE: usize = 4;
const COMMUNES_IN_PROVINCE: usize = 130;
const FIRST: [&str; 12] = [
    "Cát Vàng",
    "Đồi Thông",
    "Bãi Cọc",
    "Sông Êm",
    "Đảo Xanh",
    "Gió Nồm",
    "Hải Âu",
    "Buồm Trắng",
    "Bến Lá",
    "San Hô",
    "Rừng Dương",
    "Nắng Mai",
];
const SECOND: [&str; 12] = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Trên", "Dưới"];
const BEGINS: Date = date(2015, 1, 1);
/// Two tiers of local government since this day.
const TWO_TIERS: Date = date(2025, 7, 1);

/// Where a kiosk stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub place: String,
    pub is_school: bool,
}

/// The places of so many kiosks, one each.
pub fn places(kiosks: usize) -> Vec<Placed> {
    // Every fifteenth stands in a commune's hall.
    (0..kiosks).map(|n| Placed { place: format!("S{:06}", n + 1), is_school: n % 15 != 14 }).collect()
}

fn commune_of(kiosk: usize) -> usize {
    kiosk / SCHOOLS_IN_COMMUNE
}

fn name(number: usize) -> String {
    let turn = number / (FIRST.len() * SECOND.len());
    let plain = format!("{} {}", FIRST[number % FIRST.len()], SECOND[number / FIRST.len() % SECOND.len()]);
    if turn == 0 { plain } else { format!("{plain} {}", turn + 1) }
}

/// What is to be written about a kiosk.
pub struct Posted {
    pub kiosk: String,
    pub public_key: String,
    pub counted: Vec<Counted>,
}

/// Writes the folder that `--places` reads.
pub fn write(folder: &Path, posted: &[Posted], from: Date, items: &str) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let placed = places(posted.len());
    let head = |file: &str| {
        let columns = FILES.iter().find(|(name, _)| *name == file).map_or(&[][..], |(_, columns)| columns);
        format!("{}\n", columns.join(","))
    };
    let (mut units, mut schools) = (head("units.csv"), head("schools.csv"));
    let (mut kiosks, mut counts) = (head("kiosks.csv"), head("headcounts.csv"));
    let communes = posted.len().div_ceil(SCHOOLS_IN_COMMUNE);
    for province in 0..communes.div_ceil(COMMUNES_IN_PROVINCE) {
        provinces(&mut units, province);
    }
    for commune in 0..communes {
        let (province, name) = (commune / COMMUNES_IN_PROVINCE, name(commune));
        // Before, in a district of one of two provinces; afterwards in the one that came of them.
        let before = if commune % 2 == 0 { "A" } else { "B" };
        let _ = writeln!(
            units,
            "C{commune:05}-1,commune,Xã mẫu {name},Sample {name} Commune,D{province:03}{before},{BEGINS},2025-06-30,C{commune:05}"
        );
        let _ =
            writeln!(units, "C{commune:05},commune,Xã mẫu {name},Sample {name} Commune,P{province:03},{TWO_TIERS},,");
    }
    for (index, (place, post)) in placed.iter().zip(posted).enumerate() {
        school(&mut schools, index, place);
        let _ = writeln!(kiosks, "{},{},{},{from},", post.kiosk, post.public_key, place.place);
        for Counted { date, class, people } in &post.counted {
            let _ = writeln!(counts, "{},{date},{class},{people}", place.place);
        }
    }
    for (file, text) in [
        ("units.csv", units),
        ("schools.csv", schools),
        ("kiosks.csv", kiosks),
        ("headcounts.csv", counts),
        ("items.csv", items.to_owned()),
    ] {
        std::fs::write(folder.join(file), text)?;
    }
    Ok(())
}

fn provinces(units: &mut String, province: usize) {
    let name = FIRST[province % FIRST.len()];
    let p = format!("P{province:03}");
    for (half, vi, en) in [("A", "Bắc", "North"), ("B", "Nam", "South")] {
        let _ = writeln!(
            units,
            "{p}{half},province,Tỉnh mẫu {name} {vi},Sample {name} {en} Province,,{BEGINS},2025-06-30,{p}"
        );
        let _ = writeln!(
            units,
            "D{province:03}{half},district,Huyện mẫu {name} {vi},Sample {name} {en} District,{p}{half},{BEGINS},2025-06-30,"
        );
    }
    let _ = writeln!(units, "{p},province,Tỉnh mẫu {name},Sample {name} Province,,{TWO_TIERS},,");
}

fn school(schools: &mut String, index: usize, placed: &Placed) {
    let (commune, code, name) = (commune_of(index), &placed.place, name(index));
    if !placed.is_school {
        let _ = writeln!(
            schools,
            "{code},other,,other,Nhà văn hóa mẫu {name},Sample {name} House of Culture,{BEGINS},,C{commune:05}-1"
        );
        return;
    }
    let (level, before, after, vi, en) = match index % 3 {
        0 => ("primary", "district", "commune", "Tiểu học", "Primary School"),
        1 => ("lower-secondary", "district", "commune", "THCS", "Lower Secondary School"),
        _ => ("upper-secondary", "province", "province", "THPT", "Upper Secondary School"),
    };
    let names = format!("{vi} mẫu {name},Sample {name} {en}");
    let _ = writeln!(schools, "{code},school,{level},{before},{names},{BEGINS},2025-06-30,C{commune:05}-1");
    let _ = writeln!(schools, "{code},school,{level},{after},{names},{TWO_TIERS},,C{commune:05}");
}

/// Nobody's name is drawn; which kiosk is busy is.
pub fn busy(chance: &mut Chance) -> i64 {
    chance.between(12_000, 55_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::places::Gazetteer;

    #[test]
    fn the_made_up_gazetteer_has_no_problems() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let counted = Counted { date: date(2025, 3, 3), class: "8A".into(), people: 30 };
        let posted: Vec<Posted> = (0..1_100)
            .map(|n| Posted { kiosk: format!("k-{n}"), public_key: String::new(), counted: vec![counted.clone()] })
            .collect();
        write(dir.path(), &posted, date(2025, 1, 1), "item,title_vi,title_en\n").expect("written");
        let (gazetteer, problems) = Gazetteer::read(dir.path());
        assert_eq!(problems, []);
        for day in [date(2025, 6, 30), date(2025, 7, 1)] {
            for kiosk in ["k-0", "k-14", "k-1099"] {
                let place = gazetteer.place_of(kiosk, day).expect("placed");
                assert_eq!(gazetteer.chain(&place.code, day).len(), 4);
            }
        }
        assert!(gazetteer.units.iter().all(|unit| unit.name.vi.contains("mẫu")));
    }
}
