//! Named places and archipelagos, and names that hold from one day until another.

/// A day of the calendar as year, month, day: days compare as they follow one another.
pub type Day = [u16; 3];

/// Which sea a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    HoangSa,
    TruongSa,
    Coast,
}

impl Group {
    /// From a word such as `truong-sa/nam-yet`: what follows the stroke is a cluster within.
    pub fn from_text(text: &str) -> Option<Self> {
        match text.split('/').next() {
            Some("hoang-sa") => Some(Self::HoangSa),
            Some("truong-sa") => Some(Self::TruongSa),
            Some("coast") => Some(Self::Coast),
            _ => None,
        }
    }
}

/// What a place is; symbols may differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Island,
    Cay,
    Rock,
    Reef,
    Bank,
    City,
}

impl Kind {
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "Island" => Some(Self::Island),
            "Cay" => Some(Self::Cay),
            "Rock" => Some(Self::Rock),
            "Reef" => Some(Self::Reef),
            "Bank" => Some(Self::Bank),
            "City" => Some(Self::City),
            _ => None,
        }
    }
}

/// A name and the days on which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub vi: String,
    pub en: String,
    /// The first day; `None` when it is as old as the map.
    pub from: Option<Day>,
    /// The first day on which it no longer holds.
    pub until: Option<Day>,
}

impl Name {
    pub fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub id: String,
    pub group: Group,
    /// The group's word as written, with its cluster.
    pub cluster: String,
    pub kind: Kind,
    /// Longitude and latitude.
    pub degrees: [f64; 2],
    /// The name in general use.
    pub name: Name,
    /// Names for a time, which go before it on their days.
    pub dated_names: Vec<Name>,
}

impl Place {
    /// The name on a day; without a day the one in general use.
    pub fn name_on(&self, day: Option<Day>) -> &Name {
        let dated = day.and_then(|day| self.dated_names.iter().find(|name| name.holds_on(day)));
        dated.unwrap_or(&self.name)
    }

    pub fn is_islet(&self) -> bool {
        self.group != Group::Coast
    }
}

/// An archipelago; its name does not change with the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Archipelago {
    pub id: &'static str,
    pub group: Group,
    pub vi: &'static str,
    pub en: &'static str,
}

pub(crate) const ARCHIPELAGOS: [Archipelago; 2] = [
    Archipelago { id: "hoang-sa", group: Group::HoangSa, vi: "Quần đảo Hoàng Sa", en: "Hoàng Sa Archipelago" },
    Archipelago {
        id: "truong-sa", group: Group::TruongSa, vi: "Quần đảo Trường Sa", en: "Trường Sa Archipelago"
    },
];

/// Reads a day such as `2025-07-01`.
pub fn day_from_text(text: &str) -> Option<Day> {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().ok());
    let day = [parts.next()??, parts.next()??, parts.next()??];
    let is_day = parts.next().is_none() && (1..=12).contains(&day[1]) && (1..=31).contains(&day[2]);
    is_day.then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(vi: &str, from: Option<Day>, until: Option<Day>) -> Name {
        Name { vi: vi.to_owned(), en: vi.to_owned(), from, until }
    }

    #[test]
    fn a_dated_name_holds_from_its_first_day_until_the_next_one_begins() {
        let day = [2001, 7, 1];
        let place = Place {
            id: "p-a".to_owned(),
            group: Group::Coast,
            cluster: "coast".to_owned(),
            kind: Kind::City,
            degrees: [108.0, 16.0],
            name: name("A", None, None),
            dated_names: vec![name("Trước", Some([1990, 1, 1]), Some(day)), name("Sau", Some(day), None)],
        };
        let on = |text: &str| place.name_on(day_from_text(text)).vi.clone();
        assert_eq!(on("1989-12-31"), "A");
        assert_eq!(on("2001-06-30"), "Trước");
        assert_eq!(on("2001-07-01"), "Sau");
        assert_eq!(place.name_on(None).vi, "A");
    }

    #[test]
    fn only_days_are_days() {
        assert_eq!(day_from_text("2025-07-01"), Some([2025, 7, 1]));
        for bad in ["", "2025", "2025-07", "2025-13-01", "2025-07-00", "2025-07-01-02", "2025-x-01"] {
            assert_eq!(day_from_text(bad), None, "{bad}");
        }
    }
}
