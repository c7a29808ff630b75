//! Where one stands in an exhibit after it was saved anew: the same place while that is still there, else the nearest
//! one. Pure.

use crate::base::ids::Id;
use crate::kiosk::screens::{Card, Compare, Leaf, Route, Screen, Sheet};
use crate::pack::Exhibit;
use crate::pack::model::{Hotspot, Item, Kind, Line, Text};

pub struct Place {
    pub route: Route,
    pub leaf: Leaf,
    pub sheet: Sheet,
}

impl Place {
    /// What becomes of a place in the old exhibit.
    pub fn after(old: &Exhibit, new: &Exhibit, (route, leaf, sheet): (&Route, &Leaf, &Sheet)) -> Self {
        let route = route_in(old, new, route);
        let items = route.item().and_then(|id| Some((old.items.get(id)?, new.items.get(id)?)));
        let leaf = items.map_or_else(Leaf::default, |(before, now)| leaf_in(new, before, now, leaf));
        let sheet = if still_says(new, items.map(|(_, now)| now), sheet) { sheet.clone() } else { Sheet::None };
        Self { route, leaf, sheet }
    }
}

/// An item that is gone leads to the hall it stood in, a hall that is gone to the way back.
fn route_in(old: &Exhibit, new: &Exhibit, route: &Route) -> Route {
    let is_still = |screen: &Screen| match screen {
        Screen::Hall(id) => new.hall(id).is_some(),
        Screen::Item(id) => new.items.contains_key(id),
        _ => true,
    };
    let hall = route.item().and_then(|item| old.place_of(item)).map(|(hall, _)| Screen::Hall(hall.id.clone()));
    let mut route = route.clone();
    if route.keep_only(is_still)
        && let Some(hall) = hall.filter(is_still)
    {
        route.open(hall);
    }
    route
}

/// Points of interest are known by their id, pages and lines by their number.
fn leaf_in(new: &Exhibit, before: &Item, now: &Item, leaf: &Leaf) -> Leaf {
    let pages = pages(now);
    let page = leaf.page.min(pages.saturating_sub(1));
    let card = match leaf.card {
        Card::Hotspot(index) => {
            let id = spots(before).get(index).map(|spot| &spot.id);
            let found = spots(now).iter().position(|spot| Some(&spot.id) == id);
            found.map_or(Card::About, Card::Hotspot)
        }
        Card::Lines if lines(now, page).is_empty() => Card::About,
        card => card,
    };
    let is_tied = |item: &Item| matches!(item.kind, Kind::Map { georeference: Some(_), .. });
    let compares = match &leaf.compare {
        Compare::Alone => true,
        Compare::OverSea => is_tied(now),
        Compare::SamePlace(place) => is_tied(now) && shows_place(now, place),
        Compare::Beside(other) => is_tied(now) && new.items.get(other).is_some_and(is_tied),
    };
    Leaf {
        page,
        line: leaf.line.filter(|line| page == leaf.page && *line < lines(now, page).len()),
        enlarged: leaf.enlarged && matches!(now.kind, Kind::Document { .. }),
        card,
        compare: if compares { leaf.compare.clone() } else { Compare::Alone },
    }
}

fn pages(item: &Item) -> usize {
    match &item.kind {
        Kind::Map { .. } => 1,
        Kind::Document { pages } => pages.len(),
        Kind::Artefact { views, .. } => views.len(),
    }
}

fn lines(item: &Item, page: usize) -> &[Line] {
    match &item.kind {
        Kind::Document { pages } => pages.get(page).map_or(&[], |page| &page.lines),
        _ => &[],
    }
}

fn spots(item: &Item) -> &[Hotspot] {
    match &item.kind {
        Kind::Map { hotspots, .. } => hotspots,
        Kind::Artefact { notes, .. } => notes,
        Kind::Document { .. } => &[],
    }
}

fn shows_place(item: &Item, place: &Id) -> bool {
    matches!(&item.kind, Kind::Map { printed_names, .. } if printed_names.iter().any(|name| name.place == *place))
}

/// A sheet of sources stays while its statement stands there as it did, and all its sources do.
fn still_says(new: &Exhibit, item: Option<&Item>, sheet: &Sheet) -> bool {
    let Sheet::Sources { statement, sources, .. } = sheet else { return true };
    let said = new.note.iter().map(|note| &note.text).chain(item.into_iter().flat_map(statements));
    sources.iter().all(|source| new.sources.contains_key(source)) && said.into_iter().any(|text| text == statement)
}

/// Everything about an item that has a way to its sources.
fn statements(item: &Item) -> impl Iterator<Item = &Text> {
    let described = item.description.iter().map(|statement| &statement.text);
    let pointed = spots(item).iter().map(|spot| &spot.text.text);
    let read = (0..pages(item)).flat_map(|page| lines(item, page)).map(|line| &line.translation);
    std::iter::once(&item.title).chain(described).chain(pointed).chain(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack;
    use std::path::Path;

    const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/packs/valid/small");

    fn small() -> Exhibit {
        pack::open(Path::new(SMALL)).exhibit.expect("the small pack opens")
    }

    fn id(name: &str) -> Id {
        Id::new(name).expect("an id")
    }

    fn on(screens: &[Screen]) -> Route {
        let mut route = Route::default();
        route.reset(Screen::Home);
        screens.iter().for_each(|screen| route.open(screen.clone()));
        route
    }

    fn without(mut exhibit: Exhibit, item: &str) -> Exhibit {
        exhibit.items.remove(&id(item));
        exhibit.halls.iter_mut().for_each(|hall| hall.items.retain(|other| other.as_str() != item));
        exhibit.halls.retain(|hall| !hall.items.is_empty());
        exhibit
    }

    #[test]
    fn an_item_that_is_gone_leads_to_its_hall_and_a_hall_that_is_gone_home() {
        let mut old = small();
        let map = Screen::Item(id("map-test"));
        let hall = old.place_of(&id("map-test")).expect("in a hall").0.id.clone();
        // A second item, so that the hall outlives the first.
        let index = old.halls.iter().position(|other| other.id == hall).expect("there");
        old.halls[index].items.push(id("doc-test"));
        let route = on(std::slice::from_ref(&map));
        assert_eq!(route_in(&old, &old, &route), route);
        assert_eq!(*route_in(&old, &without(old.clone(), "map-test"), &route).current(), Screen::Hall(hall.clone()));
        let mut bare = without(old.clone(), "map-test");
        bare.halls.retain(|other| other.id != hall);
        let deep = on(&[Screen::Hall(hall), map]);
        assert_eq!(route_in(&old, &bare, &deep), on(&[]));
    }

    #[test]
    fn a_link_that_is_gone_from_the_way_back_leaves_the_screen_as_it_is() {
        let old = small();
        let (map, doc) = (Screen::Item(id("map-test")), Screen::Item(id("doc-test")));
        let route = on(&[map, doc.clone()]);
        assert_eq!(route_in(&old, &without(old.clone(), "map-test"), &route), on(&[doc]));
    }

    #[test]
    fn the_same_point_stays_open_wherever_it_stands_now() {
        let (old, mut new) = (small(), small());
        let item = new.items.get_mut(&id("map-test")).expect("there");
        let Kind::Map { hotspots, .. } = &mut item.kind else { panic!("a map") };
        hotspots.reverse();
        let (before, now) = (&old.items[&id("map-test")], &new.items[&id("map-test")]);
        let leaf = Leaf { card: Card::Hotspot(0), compare: Compare::OverSea, ..Leaf::default() };
        let next = leaf_in(&new, before, now, &leaf);
        // The small pack's map is not tied to the earth.
        assert_eq!((next.card, next.compare), (Card::Hotspot(2), Compare::Alone));
        let gone = Leaf { card: Card::Hotspot(7), ..Leaf::default() };
        assert_eq!(leaf_in(&new, before, now, &gone).card, Card::About);
    }

    #[test]
    fn a_page_that_is_gone_leads_to_the_last_one() {
        let (old, mut new) = (small(), small());
        let item = new.items.get_mut(&id("doc-test")).expect("there");
        let Kind::Document { pages } = &mut item.kind else { panic!("a document") };
        let last = pages.len() - 1;
        pages.truncate(last);
        let (before, now) = (&old.items[&id("doc-test")], &new.items[&id("doc-test")]);
        let leaf = Leaf { page: last, line: Some(0), enlarged: true, ..Leaf::default() };
        assert_eq!(
            leaf_in(&old, before, before, &leaf),
            Leaf { line: lines(before, last).first().map(|_| 0), ..leaf.clone() }
        );
        assert_eq!(leaf_in(&new, before, now, &leaf), Leaf { page: last - 1, line: None, ..leaf });
    }

    #[test]
    fn a_sheet_stays_while_what_it_tells_of_is_still_said() {
        let exhibit = small();
        let item = &exhibit.items[&id("map-test")];
        let statement = item.description[0].clone();
        let sheet = Sheet::Sources { statement: statement.text, sources: statement.sources, at: 0 };
        assert!(still_says(&exhibit, Some(item), &sheet));
        let mut changed = item.clone();
        changed.description.remove(0);
        assert!(!still_says(&exhibit, Some(&changed), &sheet));
        assert!(still_says(&exhibit, None, &Sheet::Support));
    }
}
