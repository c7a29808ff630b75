//! The sample's units: provinces, wards, schools and other places, kiosks. All names say that they are samples.

use super::words;
use haidang::department::figures::{Level, Unit, Words};

const PROVINCES: u64 = 4;
const COMMUNES: u64 = 4;
const SCHOOLS: u64 = 5;

/// Codes are digits, one group a level: `2`, `2.3`, `2.3.1`, `2.3.1.k1`.
pub fn unit(level: Level, code: &str) -> Option<Unit> {
    let parts: Vec<u64> = code.split('.').map_while(|part| part.trim_start_matches('k').parse().ok()).collect();
    let at = |index: usize| parts.get(index).copied().unwrap_or(0);
    let (depth, fits) = match level {
        Level::Nation => (0, code.is_empty()),
        Level::Province => (1, (1..=PROVINCES).contains(&at(0))),
        Level::Commune => (2, (1..=COMMUNES).contains(&at(1))),
        Level::School => (3, (1..=SCHOOLS).contains(&at(2))),
        Level::Kiosk => (4, (1..=kiosks_of(at(2))).contains(&at(3))),
    };
    if !fits || (depth > 0 && (parts.len() != depth || code.split('.').count() != depth)) {
        return None;
    }
    let number = at(0) * 20 + at(1) * 5 + at(2) - 25 * u64::from(depth > 2);
    let name = match level {
        Level::Nation => words("Cả nước", "The whole country"),
        Level::Province => words(&format!("Tỉnh mẫu {:02}", at(0)), &format!("Sample province {:02}", at(0))),
        Level::Commune => words(
            &format!("Phường mẫu {:02}", at(0) * 4 + at(1) - 4),
            &format!("Sample ward {:02}", at(0) * 4 + at(1) - 4),
        ),
        Level::School => school_name(at(2), number),
        Level::Kiosk => words(&format!("Máy {code}"), &format!("Kiosk {code}")),
    };
    Some(Unit { level, code: code.to_owned(), name })
}

fn kiosks_of(school: u64) -> u64 {
    if school == 1 { 2 } else { 1 }
}

fn school_name(kind: u64, number: u64) -> Words {
    match kind {
        1 => words(&format!("Trường THCS mẫu {number:02}"), &format!("Sample lower secondary school {number:02}")),
        2 => words(&format!("Trường THPT mẫu {number:02}"), &format!("Sample upper secondary school {number:02}")),
        3 => words(&format!("Nhà văn hóa phường mẫu {number:02}"), &format!("Sample culture house {number:02}")),
        4 => words(&format!("Trường tiểu học mẫu {number:02}"), &format!("Sample primary school {number:02}")),
        _ => words(
            &format!("Trung tâm học tập cộng đồng mẫu {number:02}"),
            &format!("Sample learning centre {number:02}"),
        ),
    }
}

pub fn below(unit_above: &Unit) -> Vec<Unit> {
    let (level, most) = match unit_above.level {
        Level::Nation => (Level::Province, PROVINCES),
        Level::Province => (Level::Commune, COMMUNES),
        Level::Commune => (Level::School, SCHOOLS),
        Level::School => (Level::Kiosk, 2),
        Level::Kiosk => return Vec::new(),
    };
    let code = |n: u64| match level {
        Level::Province => n.to_string(),
        Level::Kiosk => format!("{}.k{n}", unit_above.code),
        _ => format!("{}.{n}", unit_above.code),
    };
    (1..=most).filter_map(|n| unit(level, &code(n))).collect()
}

pub fn chain(of: &Unit) -> Vec<Unit> {
    let mut chain: Vec<Unit> = unit(Level::Nation, "").into_iter().collect();
    let parts: Vec<&str> = of.code.split('.').filter(|part| !part.is_empty()).collect();
    for (index, level) in [Level::Province, Level::Commune, Level::School, Level::Kiosk].into_iter().enumerate() {
        if index < parts.len() {
            chain.extend(unit(level, &parts[..=index].join(".")));
        }
    }
    chain
}

pub fn all_kiosks(of: &Unit) -> Vec<(Unit, Unit)> {
    match of.level {
        Level::Kiosk => {
            let chain = chain(of);
            vec![(of.clone(), chain[chain.len() - 2].clone())]
        }
        Level::School => below(of).into_iter().map(|kiosk| (kiosk, of.clone())).collect(),
        _ => below(of).iter().flat_map(all_kiosks).collect(),
    }
}
