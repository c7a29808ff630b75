//! Charts as SVG, drawn once for every format: the print page colours them by class, letters take the colours written
//! in them. A hidden count has no height: it is a dashed stub, the same for all.

mod hours;
mod items;
mod lengths;
mod pencil;
mod weeks;

use serde::Serialize;

pub use hours::hours;
pub use items::items;
pub use lengths::lengths;
pub(super) use pencil::escaped;
pub use weeks::weeks;

use super::numbers;
use super::words::Language;
use crate::department::certain::Most;
use crate::department::figures::Count;

/// A drawing, with what it shows in words.
#[derive(Clone, Debug, Serialize)]
pub struct Chart {
    pub id: &'static str,
    pub title: String,
    pub svg: String,
    /// For those who do not see it.
    pub told: String,
    pub width: u32,
    pub height: u32,
}

/// The colours of print, by the class that carries them.
const COLOURS: [(&str, &str); 15] = [
    ("bar", "#A9BFCA"),
    ("top", "#234F6B"),
    ("ink", "#211A12"),
    ("quiet", "#4A4032"),
    ("axis", "#211A12"),
    ("rule", "#C9B483"),
    ("hidden", "#8A7D66"),
    ("ring", "#B23420"),
    ("h0", "#EFEADB"),
    ("h1", "#D5DEE0"),
    ("h2", "#A9BFCA"),
    ("h3", "#7599AD"),
    ("h4", "#44718F"),
    ("h5", "#234F6B"),
    ("h6", "#102F45"),
];

/// The largest shown count, which all others are drawn against; none where nothing is.
fn tallest(counts: impl Iterator<Item = Count>) -> Option<u64> {
    counts.filter_map(Count::shown).max().filter(|most| *most > 0)
}

/// “ít nhất 40” where a row may hold more.
fn at_least(most: &Most, language: Language) -> String {
    let number = numbers::whole(most.number, language);
    if most.is_exact { number } else { language.pick(format!("ít nhất {number}"), format!("at least {number}")) }
}

/// A title, with what is not split up among the bars.
fn titled(title: &str, unsplit: Option<u64>, language: Language) -> String {
    let Some(unsplit @ 1..) = unsplit else { return title.to_owned() };
    let number = numbers::whole(unsplit, language);
    language.pick(format!("{title}; không phân chia: {number}"), format!("{title}; not split up: {number}"))
}

fn lower_bounds(language: Language) -> String {
    language.pick("Mỗi số là ít nhất bấy nhiêu lượt.", "Each number is at least so many visits.").to_owned()
}

fn colour(class: &str) -> &'static str {
    COLOURS.iter().find(|(name, _)| *name == class).map_or("#211A12", |(_, colour)| colour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::figures::Figures;
    use crate::department::report::sample;

    fn all(figures: &Figures) -> Vec<Chart> {
        let language = Language::Vietnamese;
        [weeks(figures, language), hours(figures, language), lengths(figures, language), items(figures, language)]
            .into_iter()
            .flatten()
            .collect()
    }

    #[test]
    fn every_chart_is_drawn_and_told() {
        let charts = all(&sample::figures());
        assert_eq!(charts.len(), 4);
        for chart in charts {
            assert!(resvg::usvg::Tree::from_str(&chart.svg, &resvg::usvg::Options::default()).is_ok(), "{}", chart.id);
            assert!(!chart.told.is_empty());
        }
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let mut figures = sample::figures();
        figures.weeks.clear();
        figures.lengths.clear();
        figures.items.clear();
        figures.hours = [[Count::Shown(0); 24]; 7];
        assert!(all(&figures).is_empty());
    }

    /// Which hidden sign it is, and whatever stands beside it, moves nothing in the picture but its own sign.
    #[test]
    fn a_hidden_count_has_no_height() {
        let mut figures = sample::figures();
        figures.weeks[1].1 = Count::Few;
        let few = weeks(&figures, Language::Vietnamese).expect("drawn").svg;
        figures.weeks[1].1 = Count::Withheld;
        let withheld = weeks(&figures, Language::Vietnamese).expect("drawn").svg;
        assert_eq!(few.replace("&lt;\u{a0}5", "…"), withheld);
    }

    #[test]
    fn signs_in_titles_do_not_break_the_drawing() {
        let mut figures = sample::figures();
        figures.items[0].title.vi = "A < B & \"C\" </text><script>".to_owned();
        let chart = items(&figures, Language::Vietnamese).expect("drawn");
        assert!(resvg::usvg::Tree::from_str(&chart.svg, &resvg::usvg::Options::default()).is_ok());
        assert!(!chart.svg.contains("<script"));
    }
}
