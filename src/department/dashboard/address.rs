//! Addresses of pages: language, page, unit, period, and how a table is looked at. Every link is made here.

use super::choice::Choice;
use super::language::Language;
use crate::department::figures::{Level, Unit};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Overview,
    Items,
    Places,
    Kiosks,
    Reports,
}

impl Page {
    pub const ALL: [Self; 5] = [Self::Overview, Self::Items, Self::Places, Self::Kiosks, Self::Reports];

    pub fn segment(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Items => "items",
            Self::Places => "places",
            Self::Kiosks => "kiosks",
            Self::Reports => "reports",
        }
    }

    pub fn from_segment(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.segment() == segment)
    }

    pub fn title(self, language: Language) -> &'static str {
        match self {
            Self::Overview => language.of("Tổng quan", "Overview"),
            Self::Items => language.of("Tư liệu", "Items"),
            Self::Places => language.of("Điểm đặt máy", "Places"),
            Self::Kiosks => language.of("Máy", "Kiosks"),
            Self::Reports => language.of("Báo cáo in", "Reports"),
        }
    }
}

/// A unit as an address names it: `nation`, `province-56`, `school-kh-001`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRef {
    pub level: Level,
    pub code: String,
}

impl UnitRef {
    pub fn of(unit: &Unit) -> Self {
        Self { level: unit.level, code: unit.code.clone() }
    }

    pub fn nation() -> Self {
        Self { level: Level::Nation, code: String::new() }
    }

    pub fn parse(segment: &str) -> Option<Self> {
        if segment == "nation" {
            return Some(Self::nation());
        }
        let (level, code) = segment.split_once('-')?;
        let level = match level {
            "province" => Level::Province,
            "commune" => Level::Commune,
            "school" => Level::School,
            "kiosk" => Level::Kiosk,
            _ => return None,
        };
        let fine = !code.is_empty() && code.len() <= 128 && !code.chars().any(char::is_control);
        fine.then(|| Self { level, code: code.to_owned() })
    }
}

impl fmt::Display for UnitRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Nation => return f.write_str("nation"),
            Level::Province => "province",
            Level::Commune => "commune",
            Level::School => "school",
            Level::Kiosk => "kiosk",
        };
        write!(f, "{level}-{}", encoded(&self.code))
    }
}

/// How a long table is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    pub wish: String,
    pub sort: Option<String>,
    pub descending: bool,
    /// From 0.
    pub sheet: usize,
    /// Rows that need attention only.
    pub marked: bool,
}

const LONGEST_WISH: usize = 100;

impl View {
    pub fn parse(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
        let sheet: usize = value("sheet").parse().unwrap_or(1);
        Self {
            wish: value("q").trim().chars().take(LONGEST_WISH).filter(|c| !c.is_control()).collect(),
            sort: Some(value("sort").to_owned()).filter(|sort| !sort.is_empty() && sort.len() <= 32),
            descending: value("order") == "down",
            sheet: sheet.clamp(1, 100_000) - 1,
            marked: value("show") == "marked",
        }
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.wish.is_empty() {
            pairs.push(("q", self.wish.clone()));
        }
        if let Some(sort) = &self.sort {
            pairs.push(("sort", sort.clone()));
            pairs.push(("order", if self.descending { "down" } else { "up" }.to_owned()));
        }
        if self.sheet > 0 {
            pairs.push(("sheet", (self.sheet + 1).to_string()));
        }
        if self.marked {
            pairs.push(("show", "marked".to_owned()));
        }
        pairs
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub language: Language,
    pub page: Page,
    pub unit: UnitRef,
    pub choice: Choice,
    pub view: View,
}

impl Address {
    pub fn page(&self, page: Page) -> Self {
        Self { page, view: View::default(), ..self.clone() }
    }

    pub fn unit(&self, unit: &Unit) -> Self {
        Self { unit: UnitRef::of(unit), view: View::default(), ..self.clone() }
    }

    pub fn language(&self, language: Language) -> Self {
        Self { language, ..self.clone() }
    }

    pub fn choice(&self, choice: Choice) -> Self {
        Self { choice, view: View { sheet: 0, ..self.view.clone() }, ..self.clone() }
    }

    pub fn view(&self, view: View) -> Self {
        Self { view, ..self.clone() }
    }

    /// The address without its query, to which a search form adds its own.
    pub fn path(&self) -> String {
        format!("/{}/{}/{}", self.language.tag(), self.page.segment(), self.unit)
    }

    pub fn table(&self, name: &str) -> String {
        format!("/{}/table/{}/{name}.csv{}", self.language.tag(), self.unit, query(&self.choice.pairs()))
    }

    pub fn report(&self, extension: &str) -> String {
        format!("/{}/report/{}/{extension}{}", self.language.tag(), self.unit, query(&self.choice.pairs()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs = self.choice.pairs();
        pairs.extend(self.view.pairs());
        write!(f, "{}{}", self.path(), query(&pairs))
    }
}

fn query(pairs: &[(&'static str, String)]) -> String {
    let joined: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if joined.is_empty() { String::new() } else { format!("?{}", joined.join("&")) }
}

/// Percent-encoded but for letters, digits and `-._~`.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A path on this dashboard to go back to; anything that could lead elsewhere becomes the first page.
pub fn own_path(wished: &str) -> &str {
    let ours = ["/vi", "/en"]
        .iter()
        .any(|start| wished.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?'])));
    let plain = wished.bytes().all(|b| b.is_ascii_graphic() && !b"\\\"<>".contains(&b));
    if ours && plain && wished.len() <= 2000 && !wished.contains("//") { wished } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_named_and_found_again() {
        for (segment, level, code) in [
            ("nation", Level::Nation, ""),
            ("province-56", Level::Province, "56"),
            ("school-kh-001", Level::School, "kh-001"),
        ] {
            let unit = UnitRef::parse(segment).expect(segment);
            assert_eq!((unit.level, unit.code.as_str()), (level, code));
            assert_eq!(unit.to_string(), segment);
        }
        for bad in ["", "nation-1", "province", "province-", "county-1", "school-a\nb"] {
            assert_eq!(UnitRef::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn odd_codes_stay_one_segment() {
        let unit = UnitRef { level: Level::School, code: "a/../b?c".to_owned() };
        assert_eq!(unit.to_string(), "school-a%2F..%2Fb%3Fc");
    }

    #[test]
    fn the_way_back_never_leads_elsewhere() {
        for good in ["/vi/overview/nation?period=year", "/en"] {
            assert_eq!(own_path(good), good);
        }
        let bad = [
            "https://evil.example",
            "//evil.example",
            "/vi//evil.example",
            "/vi\\evil",
            "/vi\r\nSet-Cookie: a=b",
            "/visit",
            "javascript:alert(1)",
            "",
        ];
        for bad in bad {
            assert_eq!(own_path(bad), "/", "{bad:?}");
        }
    }

    #[test]
    fn a_view_survives_its_address() {
        let view =
            View {
                wish: "đảo & biển".into(), sort: Some("visits".into()), descending: true, sheet: 2, marked: true
            };
        let pairs: Vec<(String, String)> =
            view.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(View::parse(&pairs), view);
    }
}
