//! Room on the screen for names: what is taken, what fits, and the nearest spot that is left.

use super::view::Rect;

/// Kept free around a name, in pixels.
pub(super) const GAP_PIXELS: f64 = 3.0;
/// Kept free along the edge of the screen.
const EDGE_PIXELS: f64 = 4.0;

/// What takes room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taker {
    Symbol,
    Card,
    Label,
}

#[derive(Clone, Debug)]
struct Taken {
    by: Taker,
    /// Id of the place whose symbol it is.
    id: String,
    rect: Rect,
}

/// The screen and what is on it already.
#[derive(Clone, Debug)]
pub(super) struct Room {
    screen: Rect,
    taken: Vec<Taken>,
}

impl Room {
    pub(super) fn new(window: Rect) -> Self {
        Self { screen: window.grown(-EDGE_PIXELS), taken: Vec::new() }
    }

    /// The screen without its edge.
    pub(super) fn screen(&self) -> Rect {
        self.screen
    }

    pub(super) fn take(&mut self, by: Taker, id: &str, rect: Rect) {
        self.taken.push(Taken { by, id: id.to_owned(), rect });
    }

    /// Is the rectangle on the screen and clear of everything but the symbol of its own place?
    pub(super) fn fits(&self, rect: Rect, own: &str) -> bool {
        let is_others = |taken: &&Taken| taken.by != Taker::Symbol || taken.id != own;
        self.screen.holds_rect(&rect) && self.taken.iter().filter(is_others).all(|taken| is_clear(taken, &rect))
    }

    /// How far, in pixels, the nearest thing on the screen is from a rectangle.
    pub(super) fn clearance(&self, rect: Rect) -> f64 {
        let apart = |taken: &Taken| {
            let beside = (taken.rect.left - rect.right).max(rect.left - taken.rect.right).max(0.0);
            let over = (taken.rect.top - rect.bottom).max(rect.top - taken.rect.bottom).max(0.0);
            beside.hypot(over)
        };
        self.taken.iter().map(apart).fold(f64::MAX, f64::min)
    }

    /// The spot nearest to an ideal one that is clear of all that weighs at least as much as `least`, among those that
    /// are right. Complete: a nearest spot stands at the ideal, at an edge or at something taken, in each direction.
    pub(super) fn nearest(&self, ideal: Rect, least: Taker, is_right: impl Fn(&Rect) -> bool) -> Option<Rect> {
        let [width, height] = [ideal.right - ideal.left, ideal.bottom - ideal.top];
        let taken: Vec<&Taken> = self.taken.iter().filter(|taken| taken.by >= least).collect();
        let (mut lefts, mut tops) = (vec![ideal.left], vec![ideal.top]);
        for rect in taken.iter().map(|taken| taken.rect.grown(GAP_PIXELS)) {
            lefts.extend([rect.left - width, rect.right]);
            tops.extend([rect.top - height, rect.bottom]);
        }
        lefts.extend([self.screen.left, self.screen.right - width]);
        tops.extend([self.screen.top, self.screen.bottom - height]);
        let away = |left: f64, top: f64| (left - ideal.left).hypot(top - ideal.top);
        let spots = lefts.iter().flat_map(|left| tops.iter().map(move |top| [*left, *top]));
        let mut near: Vec<(f64, [f64; 2])> = spots.map(|[left, top]| (away(left, top), [left, top])).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let rects = near.into_iter().map(|(_, at)| Rect::new(at, [width, height]));
        let is_free = |rect: &Rect| {
            self.screen.holds_rect(rect) && is_right(rect) && taken.iter().all(|taken| is_clear(taken, rect))
        };
        rects.into_iter().find(is_free)
    }
}

fn is_clear(taken: &Taken, rect: &Rect) -> bool {
    !rect.overlaps(&taken.rect.grown(GAP_PIXELS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_card_counts_for_everyone_a_symbol_not_for_its_own_name() {
        let mut room = Room::new(Rect::new([0.0, 0.0], [200.0, 100.0]));
        room.take(Taker::Symbol, "p-a", Rect::new([50.0, 50.0], [8.0, 8.0]));
        let over = Rect::new([48.0, 48.0], [30.0, 12.0]);
        assert!(room.fits(over, "p-a") && !room.fits(over, "p-b"));
        assert_eq!(room.clearance(Rect::new([61.0, 62.0], [10.0, 10.0])), 5.0);
        room.take(Taker::Card, "", Rect::new([0.0, 0.0], [100.0, 100.0]));
        assert!(!room.fits(over, "p-a"));
        assert!(!room.fits(Rect::new([190.0, 10.0], [30.0, 12.0]), "p-a"), "half off the screen");
    }

    #[test]
    fn nothing_is_found_where_nothing_is_left() {
        let mut room = Room::new(Rect::new([0.0, 0.0], [200.0, 100.0]));
        room.take(Taker::Card, "", Rect::new([0.0, 0.0], [200.0, 80.0]));
        assert_eq!(room.nearest(Rect::new([10.0, 10.0], [50.0, 20.0]), Taker::Symbol, |_| true), None);
        assert!(room.nearest(Rect::new([10.0, 10.0], [50.0, 20.0]), Taker::Label, |_| true).is_some());
    }

    proptest! {
        #[test]
        fn the_nearest_spot_is_found_whenever_a_net_of_spots_holds_one(
            cards in prop::collection::vec((0.0..400.0, 0.0..300.0, 5.0..150.0, 5.0..150.0), 0..7),
            ideal in (0.0..400.0, 0.0..300.0),
        ) {
            let mut room = Room::new(Rect::new([0.0, 0.0], [400.0, 300.0]));
            for (left, top, width, height) in cards {
                room.take(Taker::Card, "", Rect::new([left, top], [width, height]));
            }
            let ideal = Rect::new([ideal.0, ideal.1], [90.0, 24.0]);
            let away = |rect: &Rect| (rect.left - ideal.left).hypot(rect.top - ideal.top);
            let found = room.nearest(ideal, Taker::Symbol, |_| true);
            let net = (0..100).flat_map(|x| (0..75).map(move |y| [f64::from(x) * 4.0, f64::from(y) * 4.0]));
            let best = net
                .map(|at| Rect::new(at, [90.0, 24.0]))
                .filter(|rect| room.fits(*rect, ""))
                .map(|rect| away(&rect))
                .min_by(f64::total_cmp);
            if let Some(rect) = found {
                prop_assert!(room.fits(rect, ""));
                prop_assert!(best.is_none_or(|best| away(&rect) <= best + 0.1));
            } else {
                prop_assert!(best.is_none());
            }
        }
    }
}
