//! Lying bars: what is opened most.

use super::columns::{lower_bounds, most_words};
use super::{Card, greatest, length_percent};
use crate::department::dashboard::tables::of_figures::Tables;
use crate::department::figures::ItemRow;
use maud::html;

const DRAWN: usize = 6;

/// Items of which no number is known have no order but the alphabet's.
fn known<'a>(ranked: &'a [&ItemRow]) -> impl Iterator<Item = &'a ItemRow> {
    ranked.iter().copied().filter(|item| item.openings.shown().is_some_and(|number| number > 0))
}

pub fn ranking<'a>(tables: Tables<'_>, class: &'a str) -> Card<'a> {
    let w = tables.wording;
    let ranked = tables.ranked_items();
    let most = greatest(ranked.iter().map(|item| item.openings));
    let drawn: Vec<_> = known(&ranked).take(DRAWN).map(|item| (tables.item_title(&item.item), item.openings)).collect();
    let top = tables.figures.item_opened_most();
    let says = top.zip(drawn.first()).map(|(top, (title, _))| {
        let number = most_words(&top, w);
        let (vi, en) = (
            format!("Biểu đồ thanh. Mở nhiều nhất: {title}, {number} lượt."),
            format!("Bar chart. Opened most: {title}, {number} times."),
        );
        w.of(&vi, &en).to_owned()
    });
    let none = w.of(
        "Không có tư liệu nào có số lượt mở đủ lớn để công bố.",
        "No item has so many openings that they may be told.",
    );
    let picture = html! {
        @if drawn.is_empty() { p.empty { (none) } }
        @else { div.ranking {
            @for (index, (title, count)) in drawn.iter().enumerate() {
                div.ranked {
                    span.label title=(title) { (title) }
                    svg.lying aria-hidden="true" focusable="false" {
                        rect class=(if index == 0 && top.is_some() { "beam most" } else { "beam" }) x="0" y="0" height="100%" width=(length_percent(*count, most)) rx="4" {}
                    }
                    span.value { (w.count(*count)) }
                }
            }
        } }
    };
    let mut table = tables.items();
    table.title = w.of("Xem nhiều nhất", "Most opened").to_owned();
    Card {
        class,
        note: w.of("lượt mở", "openings"),
        says: says.unwrap_or_else(|| if drawn.is_empty() { none.to_owned() } else { lower_bounds(tables) }),
        picture,
        below: html! {},
        table,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::figures::{Count, ItemMore, Words};

    #[test]
    fn six_items_of_which_nothing_is_known_are_not_listed_as_most_opened() {
        let item = |id: &str, openings| ItemRow {
            item: id.to_owned(),
            title: Words::default(),
            openings,
            median_dwell_millis: None,
            narrations: (Count::Few, Count::Few),
            median_zoom_percent: None,
            sources_opened: Count::Few,
            abandoned: Count::Few,
            more: ItemMore::default(),
        };
        let items =
            [item("a", Count::Shown(9)), item("b", Count::Withheld), item("c", Count::Few), item("d", Count::Shown(0))];
        let ranked: Vec<&ItemRow> = items.iter().collect();
        assert_eq!(known(&ranked).map(|item| item.item.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(known(&ranked[1..]).count(), 0);
    }
}
