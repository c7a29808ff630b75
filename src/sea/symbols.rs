//! Symbols of islets and towns on the screen: not to scale, and islets never left out.

use super::places::{Group, Kind};
use super::view::View;
use super::{Place, Sea};

/// The smallest dot, in pixels; at a world's scale an islet is still one.
pub const MIN_RADIUS_PIXELS: f64 = 2.0;
/// The largest symbol, however near the eye.
pub const MAX_RADIUS_PIXELS: f64 = 8.0;
/// Towns are drawn and named on this side of the scale.
pub const TOWNS_BELOW_METRES_PER_PIXEL: f64 = 2_500.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// Id of the place.
    pub id: String,
    pub group: Group,
    pub kind: Kind,
    /// Its middle in pixels.
    pub at: [f64; 2],
    pub radius: f64,
}

/// Radius in pixels of an islet's symbol at a scale: it grows slowly as one comes near.
pub fn radius_at(metres_per_pixel: f64) -> f64 {
    (3.5 + 0.55 * (1_500.0 / metres_per_pixel).log2()).clamp(MIN_RADIUS_PIXELS, MAX_RADIUS_PIXELS)
}

/// Every symbol that the view shows, or shows a part of.
pub fn symbols(sea: &Sea, view: &View) -> Vec<Symbol> {
    let radius = radius_at(view.metres_per_pixel);
    let window = view.rect().grown(radius);
    let symbol_of = |place: &Place| Symbol {
        id: place.id.clone(),
        group: place.group,
        kind: place.kind,
        at: view.pixel_of_degrees(place.degrees),
        radius,
    };
    let has_symbol = |place: &&Place| place.is_islet() || view.metres_per_pixel <= TOWNS_BELOW_METRES_PER_PIXEL;
    sea.places.iter().filter(has_symbol).map(symbol_of).filter(|symbol| window.holds(symbol.at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_grow_as_one_comes_near_and_have_limits() {
        let radii: Vec<f64> = [40_000.0, 10_000.0, 1_500.0, 100.0, 1.0].into_iter().map(radius_at).collect();
        assert!(radii.windows(2).all(|pair| pair[0] <= pair[1]), "{radii:?}");
        assert_eq!((radii[0], radii[2], radii[4]), (MIN_RADIUS_PIXELS, 3.5, MAX_RADIUS_PIXELS));
    }
}
