//! Names of areas: both archipelagos, the sea, the country. They move within their area to where there is room.

use super::labels::{Label, LabelRequest, Spot, Style, Wanted};
use super::places::Archipelago;
use super::spots::{Room, Taker};
use super::symbols::radius_at;
use super::view::Rect;
use super::{Group, Level, Place, known, level_for};

/// Between an archipelago's outermost symbols and its name.
const AROUND_PIXELS: f64 = 10.0;
/// A name that found no room around its archipelago may stay where it is so far from it.
const NEAR_PIXELS: f64 = 160.0;

/// The open part of the East Sea, longitude and latitude: its name stands within.
const SEA: [[f64; 2]; 19] = [
    [107.6, 8.6],
    [109.7, 11.0],
    [110.2, 13.0],
    [109.9, 15.0],
    [109.3, 17.3],
    [111.5, 19.7],
    [114.4, 21.4],
    [118.0, 21.8],
    [119.8, 20.5],
    [119.6, 18.2],
    [119.2, 16.0],
    [119.4, 14.2],
    [118.6, 12.2],
    [117.2, 10.6],
    [115.9, 8.6],
    [114.6, 6.8],
    [112.4, 4.9],
    [110.0, 4.6],
    [107.6, 5.6],
];
/// Where the sea's name stands by preference: between the archipelagos, then around them.
const SEA_SPOTS: [[f64; 2]; 9] = [
    [113.6, 14.2],
    [114.2, 13.2],
    [116.0, 15.0],
    [112.6, 12.4],
    [116.6, 17.6],
    [114.6, 18.6],
    [110.6, 7.0],
    [112.4, 6.2],
    [111.4, 10.6],
];
/// The country's name stands on its land, in the middle, the north or the south.
const COUNTRY_SPOTS: [[f64; 2]; 3] = [[107.95, 13.2], [105.0, 21.9], [107.2, 11.9]];
const COUNTRY_BELOW_METRES_PER_PIXEL: f64 = 2_500.0;
/// So far from everything, the sea's name is in nobody's way.
const ROOMY_PIXELS: f64 = 120.0;
/// Spots tried in each direction when none of the preferred ones is on the screen.
const NET: usize = 12;

pub(super) fn place(request: &LabelRequest<'_>, room: &mut Room) -> Vec<Label> {
    let mut labels = Vec::new();
    for archipelago in request.sea.archipelagos() {
        labels.extend(written(room, name_archipelago(request, room, archipelago)));
    }
    labels.extend(written(room, name_sea(request, room)));
    labels.extend(written(room, name_country(request, room)));
    labels
}

fn written(room: &mut Room, label: Option<Label>) -> Option<Label> {
    if let Some(label) = &label {
        room.take(Taker::Label, &label.id, label.rect());
    }
    label
}

/// Whenever one of its islets is on the screen, an archipelago is named: around itself, else as near as there is room,
/// else over symbols, and at the very last under a card.
fn name_archipelago(request: &LabelRequest<'_>, room: &Room, archipelago: Archipelago) -> Option<Label> {
    let window = request.view.rect();
    let at = |place: &Place| request.view.pixel_of_degrees(place.degrees);
    let all: Vec<[f64; 2]> = request.sea.islets(archipelago.group).map(at).collect();
    let whole = bounds(all.iter().copied())?;
    let seen = bounds(all.iter().copied().filter(|at| window.holds(*at)))?;
    let Archipelago { id, vi, en, .. } = archipelago;
    let wanted = Wanted { id, vi, en, style: Style::Archipelago };
    let size = request.size_of(&wanted);
    let around = around(whole.grown(radius_at(request.view.metres_per_pixel) + AROUND_PIXELS), size);
    let fits = |rect: &Rect| room.fits(*rect, "");
    let kept = match request.previous_spot(id) {
        Some(Spot::Beside(index)) => around.get(index).map(|rect| (Spot::Beside(index), *rect)),
        Some(Spot::Over(middle)) => {
            let rect = Rect::around(request.view.pixel_of_mercator(middle), size);
            rect.overlaps(&seen.grown(NEAR_PIXELS)).then_some((Spot::Over(middle), rect))
        }
        None => None,
    };
    // From afar the southern one's name goes below: between the two there is just room for the sea's.
    let is_below = archipelago.group == Group::TruongSa && level_for(request.view.metres_per_pixel) == Level::World;
    let first = around.get(usize::from(is_below)).map(|rect| (Spot::Beside(usize::from(is_below)), *rect));
    let beside = around.iter().enumerate().map(|(index, rect)| (Spot::Beside(index), *rect));
    let found = kept.into_iter().chain(first).chain(beside).find(|(_, rect)| fits(rect)).or_else(|| {
        let ideal = Rect::around([seen.middle()[0], seen.top - size[1] / 2.0], size);
        let rect = [Taker::Symbol, Taker::Card, Taker::Label]
            .iter()
            .find_map(|least| room.nearest(ideal, *least, |_| true))?;
        Some((Spot::Over(request.view.mercator_of_pixel(rect.middle())), rect))
    });
    found.map(|(spot, rect)| request.label(&wanted, rect, spot))
}

fn bounds(points: impl Iterator<Item = [f64; 2]>) -> Option<Rect> {
    points.map(|at| Rect::new(at, [0.0, 0.0])).reduce(|a, b| a.joined(&b))
}

/// Above, below, right, left, and above or below toward either side.
fn around(whole: Rect, [width, height]: [f64; 2]) -> [Rect; 8] {
    let [x, y] = whole.middle();
    let (above, below) = (whole.top - height, whole.bottom);
    let at = |left: f64, top: f64| Rect::new([left, top], [width, height]);
    [
        at(x - width / 2.0, above),
        at(x - width / 2.0, below),
        at(whole.right, y - height / 2.0),
        at(whole.left - width, y - height / 2.0),
        at(x, above),
        at(x - width, above),
        at(x, below),
        at(x - width, below),
    ]
}

/// On open water if that can be, for a sea that is small on the screen at least touching it.
fn name_sea(request: &LabelRequest<'_>, room: &Room) -> Option<Label> {
    let wanted = Wanted { id: known::SEA_ID, vi: known::SEA_VI, en: known::SEA_EN, style: Style::Sea };
    let size = request.size_of(&wanted);
    let view = &request.view;
    let is_at_sea = |rect: &Rect| rect.rim().iter().all(|pixel| is_in_sea(view.degrees_of_pixel(*pixel)));
    let fits = |(_, rect): &(Spot, Rect)| room.fits(*rect, "") && is_at_sea(rect);
    let over = |pixel: [f64; 2]| (Spot::Over(view.mercator_of_pixel(pixel)), Rect::around(pixel, size));
    let preferred = preferred(request, &SEA_SPOTS, size);
    let kept = match request.previous_spot(wanted.id) {
        Some(Spot::Beside(index)) => preferred.get(index).copied(),
        Some(Spot::Over(middle)) => {
            Some((Spot::Over(middle), Rect::around(request.view.pixel_of_mercator(middle), size)))
        }
        None => None,
    };
    let free = kept.into_iter().chain(preferred.iter().copied()).find(fits);
    let free = free.or_else(|| {
        // Away from islets, whose names need the room beside them.
        let roomy = |(_, rect): &(Spot, Rect)| room.clearance(*rect).min(ROOMY_PIXELS);
        let spots = net(room.screen()).into_iter().rev().map(over).filter(fits);
        spots.max_by(|a, b| roomy(a).total_cmp(&roomy(b)))
    });
    let found = free.or_else(|| {
        let sea = bounds(SEA.iter().map(|degrees| view.pixel_of_degrees(*degrees)))?;
        let is_small = sea.right - sea.left < size[0] * 3.0;
        let rect = room.nearest(preferred.first()?.1, Taker::Symbol, |rect| is_small && rect.overlaps(&sea))?;
        Some(over(rect.middle()))
    });
    found.map(|(spot, rect)| request.label(&wanted, rect, spot))
}

fn name_country(request: &LabelRequest<'_>, room: &Room) -> Option<Label> {
    if request.view.metres_per_pixel > COUNTRY_BELOW_METRES_PER_PIXEL {
        return None;
    }
    let wanted = Wanted { id: known::COUNTRY_ID, vi: known::COUNTRY, en: known::COUNTRY, style: Style::Country };
    let preferred = preferred(request, &COUNTRY_SPOTS, request.size_of(&wanted));
    let kept = match request.previous_spot(wanted.id) {
        Some(Spot::Beside(index)) => preferred.get(index).copied(),
        _ => None,
    };
    let (spot, rect) = kept.into_iter().chain(preferred).find(|(_, rect)| room.fits(*rect, ""))?;
    Some(request.label(&wanted, rect, spot))
}

fn preferred(request: &LabelRequest<'_>, spots: &[[f64; 2]], size: [f64; 2]) -> Vec<(Spot, Rect)> {
    let at = |degrees: &[f64; 2]| Rect::around(request.view.pixel_of_degrees(*degrees), size);
    spots.iter().enumerate().map(|(index, degrees)| (Spot::Beside(index), at(degrees))).collect()
}

/// A net of points over the screen, those near its middle first.
fn net(screen: Rect) -> Vec<[f64; 2]> {
    let [x, y] = screen.middle();
    let along = |from: f64, to: f64, step: usize| from + (to - from) * (step as f64 + 0.5) / NET as f64;
    let column = |step: usize| along(screen.left, screen.right, step);
    let row = |step: usize| along(screen.top, screen.bottom, step);
    let mut points: Vec<[f64; 2]> = (0..NET * NET).map(|n| [column(n % NET), row(n / NET)]).collect();
    points.sort_by(|a, b| (a[0] - x).hypot(a[1] - y).total_cmp(&(b[0] - x).hypot(b[1] - y)));
    points
}

fn is_in_sea([longitude, latitude]: [f64; 2]) -> bool {
    let sides = SEA.iter().zip(SEA.iter().cycle().skip(1));
    let is_crossed = |(a, b): (&[f64; 2], &[f64; 2])| {
        (a[1] > latitude) != (b[1] > latitude) && longitude < a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    };
    sides.filter(|(a, b)| is_crossed((*a, *b))).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sea::open_sea;

    #[test]
    fn the_sea_is_where_the_table_has_it_and_its_spots_lie_in_it() {
        assert!(SEA_SPOTS.iter().all(|spot| is_in_sea(*spot)));
        let inside: Vec<[f64; 2]> = open_sea::middles().filter(|middle| is_in_sea(*middle)).collect();
        assert!(inside.len() > 1_500, "{}", inside.len());
        assert!(
            SEA.iter().all(|corner| open_sea::is_open(*corner)),
            "{:?}",
            SEA.iter().find(|c| !open_sea::is_open(**c))
        );
        for land in [[105.8, 21.0], [108.2, 16.0], [109.8, 19.2], [121.0, 16.0], [118.5, 9.7], [115.0, 5.0]] {
            assert!(!is_in_sea(land), "{land:?}");
        }
    }
}
