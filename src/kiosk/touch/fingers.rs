//! From raw finger events to taps, drags, pinches and flings. Pure: what lies under a finger comes in as an argument.

use super::Gesture;
use bevy::math::Vec2;

/// A finger that wanders further than this is dragging, in pixels.
const SLOP: f32 = 14.0;
/// Two taps within this time and distance are a double tap.
const DOUBLE_TAP_MILLIS: u64 = 350;
const DOUBLE_TAP_DISTANCE: f32 = 48.0;
/// The speed of a fling is measured over this last stretch.
const FLING_MILLIS: u64 = 90;
/// A fling slower than this is a stop, in pixels a second.
const FLING_MIN: f32 = 120.0;
/// A finger that slides after a tap zooms by two over so many pixels.
const SLIDE_PIXELS: f32 = 160.0;
/// A finger that has not been heard of for so long is stuck and forgotten.
const STUCK_MILLIS: u64 = 30_000;

/// What lies under a finger when it comes down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Under<T> {
    pub button: Option<T>,
    pub surface: Option<T>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome<T> {
    Held(T),
    LetGo(T),
    Tap(T),
    Surface(T, Gesture),
}

#[derive(Clone, Debug)]
struct Finger<T> {
    id: u64,
    start: Vec2,
    at: Vec2,
    heard_millis: u64,
    under: Under<T>,
    dragging: bool,
    /// It came down right after a tap at the same place: sliding, it zooms about where it came down.
    slides: bool,
    /// Recent points for the speed of a fling.
    trail: Vec<(u64, Vec2)>,
}

#[derive(Clone, Debug)]
pub struct Fingers<T> {
    down: Vec<Finger<T>>,
    last_tap: Option<(u64, Vec2, T)>,
}

impl<T> Default for Fingers<T> {
    fn default() -> Self {
        Self { down: Vec::new(), last_tap: None }
    }
}

impl<T: Copy + PartialEq> Fingers<T> {
    pub fn any_down(&self) -> bool {
        !self.down.is_empty()
    }

    pub fn press(&mut self, id: u64, at: Vec2, now: u64, under: Under<T>) -> Vec<Outcome<T>> {
        // Wayland uses ids again at once; an old finger of that id is gone.
        let mut out = self.cancel(id);
        let slides = under.surface.is_some_and(|surface| self.follows_a_tap(surface, at, now));
        let trail = vec![(now, at)];
        self.down.push(Finger { id, start: at, at, heard_millis: now, under, dragging: false, slides, trail });
        if let Some(surface) = under.surface {
            out.push(Outcome::Surface(surface, Gesture::Grab));
            let together = self.on_surface(surface).count();
            if together > 1 {
                // A second finger makes a pinch of what might have been taps.
                out.extend(self.drop_buttons(surface));
            }
        }
        if let Some(button) = self.down.last().and_then(|f| f.under.button) {
            out.push(Outcome::Held(button));
        }
        out
    }

    pub fn move_to(&mut self, id: u64, to: Vec2, now: u64) -> Vec<Outcome<T>> {
        let Some(index) = self.down.iter().position(|f| f.id == id) else { return Vec::new() };
        let mut out = Vec::new();
        let finger = &mut self.down[index];
        finger.heard_millis = now;
        if !finger.dragging && finger.start.distance(to) > SLOP {
            finger.dragging = true;
            // Without a surface beneath, a wandering finger still presses its button.
            if finger.under.surface.is_some()
                && let Some(button) = finger.under.button.take()
            {
                out.push(Outcome::LetGo(button));
            }
        }
        let from = finger.at;
        finger.at = to;
        finger.trail.push((now, to));
        let oldest = now.saturating_sub(FLING_MILLIS);
        finger.trail.retain(|(at, _)| *at >= oldest);
        let (dragging, slides, start) = (finger.dragging, finger.slides, finger.start);
        let Some(surface) = finger.under.surface else { return out };
        if let Some(other) = self.on_surface(surface).find(|f| f.id != id).map(|f| f.at) {
            out.extend(pinch(surface, from, to, other));
        } else if dragging && slides {
            let factor = 2f32.powf((to.y - from.y) / SLIDE_PIXELS);
            out.push(Outcome::Surface(surface, Gesture::Zoom { about: start, factor }));
        } else if dragging {
            out.push(Outcome::Surface(surface, Gesture::Pan(to - from)));
        }
        out
    }

    pub fn release(&mut self, id: u64, now: u64) -> Vec<Outcome<T>> {
        let Some(index) = self.down.iter().position(|f| f.id == id) else { return Vec::new() };
        let finger = self.down.remove(index);
        if let Some(button) = finger.under.button {
            let surface = finger.under.surface.filter(|surface| self.on_surface(*surface).next().is_none());
            let let_go = surface.map(|surface| Outcome::Surface(surface, Gesture::Fling(Vec2::ZERO)));
            return [Outcome::LetGo(button), Outcome::Tap(button)].into_iter().chain(let_go).collect();
        }
        let Some(surface) = finger.under.surface else { return Vec::new() };
        if self.on_surface(surface).next().is_some() {
            return Vec::new();
        }
        if finger.dragging {
            let speed = if finger.slides { Vec2::ZERO } else { speed(&finger.trail, now) };
            return vec![Outcome::Surface(surface, Gesture::Fling(speed))];
        }
        vec![Outcome::Surface(surface, self.tap(surface, finger.at, now))]
    }

    fn tap(&mut self, surface: T, at: Vec2, now: u64) -> Gesture {
        if self.follows_a_tap(surface, at, now) {
            self.last_tap = None;
            return Gesture::DoubleTap(at);
        }
        self.last_tap = Some((now, at, surface));
        Gesture::Tap(at)
    }

    fn follows_a_tap(&self, surface: T, at: Vec2, now: u64) -> bool {
        self.last_tap.is_some_and(|(then, there, what)| {
            what == surface
                && now.saturating_sub(then) <= DOUBLE_TAP_MILLIS
                && there.distance(at) <= DOUBLE_TAP_DISTANCE
        })
    }

    /// The system took the finger away: nothing is tapped, and what it held is let go where it is.
    pub fn cancel(&mut self, id: u64) -> Vec<Outcome<T>> {
        let Some(index) = self.down.iter().position(|f| f.id == id) else { return Vec::new() };
        let under = self.down.remove(index).under;
        let surface = under.surface.filter(|surface| self.on_surface(*surface).next().is_none());
        let let_go = under.button.map(Outcome::LetGo);
        let_go.into_iter().chain(surface.map(|s| Outcome::Surface(s, Gesture::Fling(Vec2::ZERO)))).collect()
    }

    /// Nothing that is down taps or drags any more.
    pub fn cancel_all(&mut self) -> Vec<Outcome<T>> {
        let ids: Vec<u64> = self.down.iter().map(|finger| finger.id).collect();
        ids.into_iter().flat_map(|id| self.cancel(id)).collect()
    }

    /// Forgets fingers whose end was never told.
    pub fn forget_stuck(&mut self, now: u64) -> Vec<Outcome<T>> {
        let stuck: Vec<u64> =
            self.down.iter().filter(|f| now.saturating_sub(f.heard_millis) > STUCK_MILLIS).map(|f| f.id).collect();
        stuck.into_iter().flat_map(|id| self.cancel(id)).collect()
    }

    fn on_surface(&self, surface: T) -> impl Iterator<Item = &Finger<T>> {
        self.down.iter().filter(move |f| f.under.surface == Some(surface))
    }

    fn drop_buttons(&mut self, surface: T) -> Vec<Outcome<T>> {
        let on_it = self.down.iter_mut().filter(|f| f.under.surface == Some(surface));
        on_it
            .filter_map(|f| {
                f.dragging = true;
                f.under.button.take().map(Outcome::LetGo)
            })
            .collect()
    }
}

/// One finger of two moved: the middle moves by half, the distance tells the zoom.
fn pinch<T>(surface: T, from: Vec2, to: Vec2, other: Vec2) -> [Outcome<T>; 2]
where
    T: Copy,
{
    let about = (to + other) / 2.0;
    let pan = (to - from) / 2.0;
    let factor = to.distance(other).max(1.0) / from.distance(other).max(1.0);
    [Outcome::Surface(surface, Gesture::Pan(pan)), Outcome::Surface(surface, Gesture::Zoom { about, factor })]
}

/// Pixels a second over the end of a trail; zero when the finger rested before it left.
fn speed(trail: &[(u64, Vec2)], now: u64) -> Vec2 {
    let recent: Vec<_> = trail.iter().filter(|(at, _)| now.saturating_sub(*at) <= FLING_MILLIS).collect();
    let (Some((first, from)), Some((last, to))) = (recent.first(), recent.last()) else { return Vec2::ZERO };
    if last <= first {
        return Vec2::ZERO;
    }
    let speed = (*to - *from) / ((last - first) as f32 / 1000.0);
    if speed.length() < FLING_MIN { Vec2::ZERO } else { speed }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: Under<u8> = Under { button: None, surface: Some(1) };
    const MARKER_ON_MAP: Under<u8> = Under { button: Some(9), surface: Some(1) };

    fn at(x: f32, y: f32) -> Vec2 {
        Vec2::new(x, y)
    }

    #[test]
    fn one_finger_zooms_when_it_slides_after_a_tap() {
        let mut fingers = Fingers::default();
        fingers.press(1, at(100.0, 100.0), 0, MAP);
        fingers.release(1, 60);
        fingers.press(1, at(104.0, 98.0), 200, MAP);
        fingers.move_to(1, at(104.0, 98.0 + SLIDE_PIXELS / 2.0), 300);
        let zoomed = fingers.move_to(1, at(104.0, 98.0 + SLIDE_PIXELS * 1.5), 400);
        let [Outcome::Surface(1, Gesture::Zoom { about, factor })] = zoomed[..] else { panic!("{zoomed:?}") };
        assert!(about == at(104.0, 98.0) && (factor - 2.0).abs() < 1e-5);
        assert_eq!(fingers.release(1, 500), [Outcome::Surface(1, Gesture::Fling(Vec2::ZERO))]);
    }

    #[test]
    fn a_short_press_on_a_button_is_a_tap() {
        let mut fingers = Fingers::default();
        assert!(fingers.press(1, at(5.0, 5.0), 0, MARKER_ON_MAP).contains(&Outcome::Held(9)));
        fingers.move_to(1, at(9.0, 9.0), 40);
        let let_go = Outcome::Surface(1, Gesture::Fling(Vec2::ZERO));
        assert_eq!(fingers.release(1, 80), [Outcome::LetGo(9), Outcome::Tap(9), let_go]);
    }

    #[test]
    fn a_drag_that_begins_on_a_marker_moves_the_map_and_opens_nothing() {
        let mut fingers = Fingers::default();
        fingers.press(1, at(0.0, 0.0), 0, MARKER_ON_MAP);
        let moved = fingers.move_to(1, at(30.0, 0.0), 16);
        assert_eq!(moved, [Outcome::LetGo(9), Outcome::Surface(1, Gesture::Pan(at(30.0, 0.0)))]);
        let released = fingers.release(1, 32);
        assert!(matches!(released[..], [Outcome::Surface(1, Gesture::Fling(v))] if v.x > 0.0));
    }

    #[test]
    fn two_fingers_zoom_about_their_middle() {
        let mut fingers = Fingers::default();
        fingers.press(1, at(100.0, 100.0), 0, MAP);
        fingers.press(2, at(200.0, 100.0), 0, MAP);
        let out = fingers.move_to(2, at(300.0, 100.0), 16);
        assert_eq!(
            out,
            [
                Outcome::Surface(1, Gesture::Pan(at(50.0, 0.0))),
                Outcome::Surface(1, Gesture::Zoom { about: at(200.0, 100.0), factor: 2.0 }),
            ]
        );
    }

    #[test]
    fn a_second_finger_turns_presses_into_a_pinch() {
        let mut fingers = Fingers::default();
        fingers.press(1, at(100.0, 100.0), 0, MARKER_ON_MAP);
        let out = fingers.press(2, at(200.0, 100.0), 10, MAP);
        assert!(out.contains(&Outcome::LetGo(9)));
        fingers.release(2, 20);
        assert!(!fingers.release(1, 30).iter().any(|o| matches!(o, Outcome::Tap(_))));
    }

    #[test]
    fn two_quick_taps_are_a_double_tap_and_a_third_is_not() {
        let mut fingers = Fingers::default();
        let mut tap = |millis| {
            fingers.press(1, at(50.0, 50.0), millis, MAP);
            fingers.release(1, millis + 30)
        };
        assert!(matches!(tap(0)[..], [Outcome::Surface(1, Gesture::Tap(_))]));
        assert!(matches!(tap(200)[..], [Outcome::Surface(1, Gesture::DoubleTap(_))]));
        assert!(matches!(tap(400)[..], [Outcome::Surface(1, Gesture::Tap(_))]));
    }

    #[test]
    fn a_finger_that_rests_before_it_leaves_does_not_fling() {
        let mut fingers = Fingers::default();
        fingers.press(1, at(0.0, 0.0), 0, MAP);
        fingers.move_to(1, at(300.0, 0.0), 50);
        assert_eq!(fingers.release(1, 500), [Outcome::Surface(1, Gesture::Fling(Vec2::ZERO))]);
    }

    #[test]
    fn a_stuck_finger_is_forgotten_and_its_button_released() {
        let mut fingers = Fingers::default();
        fingers.press(1, at(0.0, 0.0), 0, MARKER_ON_MAP);
        assert!(fingers.forget_stuck(10_000).is_empty());
        let let_go = Outcome::Surface(1, Gesture::Fling(Vec2::ZERO));
        assert_eq!(fingers.forget_stuck(40_000), [Outcome::LetGo(9), let_go]);
        assert!(!fingers.any_down());
    }

    #[test]
    fn an_id_used_again_is_a_new_finger() {
        let mut fingers = Fingers::default();
        fingers.press(1, at(0.0, 0.0), 0, MARKER_ON_MAP);
        let out = fingers.press(1, at(500.0, 0.0), 20, MAP);
        assert_eq!(out[0], Outcome::LetGo(9));
        assert!(fingers.release(1, 40).iter().all(|o| !matches!(o, Outcome::Tap(_))));
    }
}
