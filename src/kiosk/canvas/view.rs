//! Where a visitor looks on a picture: pan, zoom, limits, inertia and glides. Pure, in double precision, so that a
//! picture of 100,000 pixels does not tremble.

use bevy::math::{DVec2, Rect, Vec2};

/// Screen pixels per picture pixel at the deepest zoom.
const MAX_SCALE: f64 = 4.0;
/// The widest view is this much smaller than the fitted picture.
const MIN_OF_FIT: f64 = 0.9;
/// How much sea may show beyond the picture's edge, as a share of the room.
const BEYOND: f64 = 0.35;
/// What is left of a finger's way beyond the limits, and how far beyond a finger gets, as a share of the room.
const GIVE: f64 = 0.35;
const FARTHEST: f64 = 0.3;
/// How far beyond the limits of zoom fingers get.
const OVERZOOM: f64 = 1.6;
/// How quickly a flung picture slows, and a glide arrives, in e-folds a second.
const FRICTION: f64 = 4.2;
const GLIDE: f64 = 7.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Picture point, in its pixels, that lies in the middle of the room.
    centre: DVec2,
    /// Screen pixels per picture pixel.
    scale: f64,
    picture: DVec2,
    room: Rect,
    /// Screen pixels a second.
    speed: DVec2,
    goal: Option<(DVec2, f64)>,
    /// Fingers hold it: the limits give way a little, until they let go.
    held: bool,
    /// The visitor has moved, so a change of room keeps the place instead of fitting anew.
    touched: bool,
}

impl Default for View {
    fn default() -> Self {
        Self {
            centre: DVec2::ZERO,
            scale: 0.0,
            picture: DVec2::ZERO,
            room: Rect::default(),
            speed: DVec2::ZERO,
            goal: None,
            held: false,
            touched: false,
        }
    }
}

impl View {
    /// Gives the picture a room; the whole of it is shown until the visitor moves.
    pub fn set_room(&mut self, (width, height): (u32, u32), room: Rect) {
        let picture = DVec2::new(f64::from(width), f64::from(height));
        let new = self.picture != picture;
        (self.picture, self.room) = (picture, room);
        if new {
            (self.centre, self.scale) = (picture / 2.0, self.fit());
        } else if !self.touched {
            self.goal = Some((picture / 2.0, self.fit()));
        } else {
            self.keep_in_limits();
        }
    }

    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Screen pixels a second at which the picture flies on.
    pub fn velocity(&self) -> Vec2 {
        self.speed.as_vec2()
    }

    pub fn room(&self) -> Rect {
        self.room
    }

    /// The scale at which the whole picture just fits.
    pub fn fit(&self) -> f64 {
        let room = self.room.size().as_dvec2().max(DVec2::ONE);
        (room / self.picture.max(DVec2::ONE)).min_element() * 0.96
    }

    pub fn screen_from_picture(&self, point: DVec2) -> DVec2 {
        self.room.center().as_dvec2() + (point - self.centre) * self.scale
    }

    pub fn picture_from_screen(&self, point: Vec2) -> DVec2 {
        self.centre + (point.as_dvec2() - self.room.center().as_dvec2()) / self.scale.max(1e-12)
    }

    /// Left, top, right and bottom, in picture pixels, of what a window of this size shows.
    pub fn seen(&self, window: Vec2) -> [f64; 4] {
        let (from, to) = (self.picture_from_screen(Vec2::ZERO), self.picture_from_screen(window));
        [from.x, from.y, to.x, to.y]
    }

    pub fn grab(&mut self) {
        self.speed = DVec2::ZERO;
        self.goal = None;
        self.held = true;
    }

    /// No finger holds it any more: what lies beyond the limits comes back.
    pub fn let_go(&mut self) {
        self.held = false;
        let mut within = *self;
        within.keep_in_limits();
        if within != *self && self.goal.is_none() {
            self.goal = Some((within.centre, within.scale));
        }
    }

    pub fn pan(&mut self, by: Vec2) {
        self.touched = true;
        self.goal = None;
        let by = by.as_dvec2() / self.scale;
        if !self.held {
            self.centre -= by;
            self.keep_in_limits();
            return;
        }
        for axis in 0..2 {
            let (low, high) = self.centre_limits(axis);
            let farthest = FARTHEST * f64::from(self.room.size()[axis]) / self.scale;
            let next = self.centre[axis] - by[axis];
            let outward = (next < low && by[axis] > 0.0) || (next > high && by[axis] < 0.0);
            let given = self.centre[axis] - by[axis] * if outward { GIVE } else { 1.0 };
            self.centre[axis] = given.clamp(low - farthest, high + farthest);
        }
    }

    /// Zooms so that the picture point under `about` stays there.
    pub fn zoom(&mut self, about: Vec2, factor: f64) {
        self.touched = true;
        self.goal = None;
        let fixed = self.picture_from_screen(about);
        let wanted = self.scale * factor;
        let within = self.limited(wanted);
        self.scale = if self.held && within != wanted {
            // Beyond the limit only a part of the fingers' way counts, and only so far.
            (self.scale * factor.powf(GIVE)).clamp(within / OVERZOOM, within * OVERZOOM)
        } else {
            within
        };
        self.centre = fixed - (about.as_dvec2() - self.room.center().as_dvec2()) / self.scale;
        if self.held {
            self.pan(Vec2::ZERO);
        } else {
            self.keep_in_limits();
        }
    }

    pub fn fling(&mut self, speed: Vec2) {
        self.let_go();
        if self.goal.is_none() {
            self.speed = speed.as_dvec2();
        }
    }

    /// Glides to a zoom about a screen point.
    pub fn glide(&mut self, about: Vec2, factor: f64) {
        self.touched = true;
        let from = self.goal.map_or(self.scale, |g| g.1);
        let scale = self.limited(from * factor);
        let fixed = self.picture_from_screen(about);
        let centre = fixed - (about.as_dvec2() - self.room.center().as_dvec2()) / scale;
        self.go(centre, scale);
    }

    /// Shows a rectangle of the picture (left, top, right, bottom) at once, as large as the room allows.
    pub fn show(&mut self, [left, top, right, bottom]: [f64; 4]) {
        let extent = DVec2::new(right - left, bottom - top).max(DVec2::ONE);
        let scale = (self.room.size().as_dvec2() / extent).min_element();
        self.look_at((left + right) / 2.0 / self.picture.x, (top + bottom) / 2.0 / self.picture.y, scale);
    }

    /// Whether the limits let the view be magnified so much.
    pub fn may_magnify(&self, factor: f64) -> bool {
        self.limited(self.scale * factor) >= self.scale * factor * 0.999
    }

    /// Glides until a point of the picture lies in the middle, at so many screen pixels a picture pixel.
    pub fn glide_to(&mut self, point: DVec2, scale: f64) {
        self.touched = true;
        self.go(point, self.limited(scale));
    }

    /// How many times larger than as a whole the picture is seen.
    pub fn magnification(&self) -> f64 {
        self.scale / self.fit()
    }

    /// The point in the middle, in fractions of the picture.
    pub fn middle(&self) -> DVec2 {
        self.centre / self.picture.max(DVec2::ONE)
    }

    /// Glides to the whole picture.
    pub fn go_whole(&mut self) {
        self.go(self.picture / 2.0, self.fit());
        self.touched = false;
    }

    /// Glides until a point, in fractions of the picture, lies in the middle, close enough to be read.
    pub fn go_to_point(&mut self, x: f64, y: f64) {
        self.touched = true;
        let close = (self.fit() * 3.2).min(1.0).max(self.scale.min(1.0));
        self.go(DVec2::new(x, y) * self.picture, self.limited(close));
    }

    /// Puts a point, in fractions of the picture, in the middle at once, at so many screen pixels a picture pixel.
    pub fn look_at(&mut self, x: f64, y: f64, scale: f64) {
        let there = DVec2::new(x, y) * self.picture;
        if !there.is_finite() || !scale.is_finite() {
            return;
        }
        (self.speed, self.goal, self.held) = (DVec2::ZERO, None, false);
        self.touched = true;
        (self.centre, self.scale) = (there, scale);
        self.keep_in_limits();
    }

    /// The same with the point in widths of the picture, which is then so many screen pixels wide.
    pub fn look_at_widths(&mut self, x: f64, y: f64, pixels_wide: f64) {
        let size = self.picture.max(DVec2::ONE);
        self.look_at(x, y * size.x / size.y, pixels_wide / size.x);
    }

    fn go(&mut self, centre: DVec2, scale: f64) {
        self.speed = DVec2::ZERO;
        let mut there = Self { centre, scale, ..*self };
        there.keep_in_limits();
        self.goal = Some((there.centre, there.scale));
    }

    /// Moves on by some seconds; false when at rest.
    pub fn advance(&mut self, seconds: f64) -> bool {
        if let Some((centre, scale)) = self.goal {
            let share = 1.0 - (-GLIDE * seconds).exp();
            self.centre += (centre - self.centre) * share;
            self.scale *= (scale / self.scale).powf(share);
            let near = (self.centre - centre).length() * self.scale < 0.5 && (self.scale / scale).ln().abs() < 1e-3;
            if near {
                (self.centre, self.scale, self.goal) = (centre, scale, None);
            }
            return true;
        }
        if self.speed.length() < 12.0 {
            self.speed = DVec2::ZERO;
            return false;
        }
        let before = self.centre;
        self.centre -= self.speed * seconds / self.scale;
        self.keep_in_limits();
        self.speed *= (-FRICTION * seconds).exp();
        if self.centre == before {
            self.speed = DVec2::ZERO;
        }
        true
    }

    fn limited(&self, scale: f64) -> f64 {
        let widest = self.fit() * MIN_OF_FIT;
        scale.clamp(widest, MAX_SCALE.max(widest * 4.0))
    }

    fn keep_in_limits(&mut self) {
        self.scale = self.limited(self.scale);
        for axis in 0..2 {
            let (low, high) = self.centre_limits(axis);
            self.centre[axis] = self.centre[axis].clamp(low, high);
        }
    }

    /// Between which points of the picture the middle of the room stays.
    fn centre_limits(&self, axis: usize) -> (f64, f64) {
        let half = f64::from(self.room.size()[axis]) / 2.0 / self.scale;
        let length = self.picture[axis];
        if 2.0 * half >= length {
            return (length / 2.0, length / 2.0);
        }
        let beyond = half * BEYOND;
        (half - beyond, length - half + beyond)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn view() -> View {
        let mut view = View::default();
        view.set_room((16_000, 12_600), Rect::new(0.0, 0.0, 1920.0, 960.0));
        view
    }

    #[test]
    fn a_new_picture_is_shown_whole_in_the_middle_of_its_room() {
        let view = view();
        let corner = view.screen_from_picture(DVec2::ZERO);
        let far = view.screen_from_picture(DVec2::new(16_000.0, 12_600.0));
        assert!(corner.y > 0.0 && far.y < 960.0 && (corner.x + far.x - 1920.0).abs() < 1e-6);
    }

    #[test]
    fn a_drag_moves_the_picture_by_exactly_the_fingers_way() {
        let mut view = view();
        view.zoom(Vec2::new(960.0, 480.0), 8.0);
        let point = view.picture_from_screen(Vec2::new(700.0, 300.0));
        view.pan(Vec2::new(37.0, -21.0));
        let now = view.screen_from_picture(point);
        assert!((now - DVec2::new(737.0, 279.0)).length() < 1e-6);
    }

    #[test]
    fn beyond_the_edge_the_picture_follows_less_and_comes_back_when_let_go() {
        let mut view = view();
        view.zoom(Vec2::new(960.0, 480.0), 4.0);
        view.pan(Vec2::new(50_000.0, 0.0));
        let edge = view.centre.x;
        view.grab();
        view.pan(Vec2::new(200.0, 0.0));
        let gave = (edge - view.centre.x) * view.scale;
        assert!(gave > 20.0 && gave < 100.0, "{gave}");
        view.fling(Vec2::new(3_000.0, 0.0));
        let frames = (0..600).take_while(|_| view.advance(1.0 / 60.0)).count();
        assert!(frames < 150 && (view.centre.x - edge).abs() < 1e-6);
    }

    #[test]
    fn pinching_beyond_the_limits_springs_back() {
        let mut view = view();
        view.grab();
        view.zoom(Vec2::new(960.0, 480.0), 0.05);
        assert!(view.scale < view.fit() * MIN_OF_FIT && view.scale > view.fit() * MIN_OF_FIT / 2.0);
        view.let_go();
        (0..600).take_while(|_| view.advance(1.0 / 60.0)).count();
        assert!((view.scale / (view.fit() * MIN_OF_FIT) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_fling_slows_and_stops() {
        let mut view = view();
        view.zoom(Vec2::new(960.0, 480.0), 8.0);
        view.fling(Vec2::new(-2000.0, 0.0));
        let moving = (0..600).take_while(|_| view.advance(1.0 / 60.0)).count();
        assert!((30..200).contains(&moving), "{moving}");
    }

    #[test]
    fn a_glide_arrives() {
        let mut view = view();
        view.go_to_point(0.25, 0.75);
        let frames = (0..600).take_while(|_| view.advance(1.0 / 60.0)).count();
        let at = view.picture_from_screen(Vec2::new(960.0, 480.0));
        assert!(frames < 150 && (at - DVec2::new(4_000.0, 9_450.0)).length() < 1.0, "{frames} {at}");
    }

    #[test]
    fn a_look_is_there_at_once_and_stays_within_the_limits() {
        let mut view = view();
        view.fling(Vec2::new(900.0, 0.0));
        view.look_at(0.25, 0.75, 1.0);
        let at = view.picture_from_screen(Vec2::new(960.0, 480.0));
        assert!((at - DVec2::new(4_000.0, 9_450.0)).length() < 1e-6 && view.scale == 1.0, "{at}");
        assert!(!view.advance(0.1), "a look moves no further");
        view.look_at(9.0, -9.0, 1e9);
        assert_eq!(view.scale, MAX_SCALE);
        let [left, top, right, bottom] = view.seen(Vec2::new(1920.0, 1080.0));
        assert!(left < 16_000.0 && right > 0.0 && top < 12_600.0 && bottom > 0.0);
        let before = view;
        view.look_at(f64::NAN, 0.5, 1.0);
        assert_eq!(view, before);
    }

    #[test]
    fn widths_count_alike_across_and_down() {
        let (mut by_point, mut by_widths) = (view(), view());
        by_point.look_at(0.5, 0.5, 0.48);
        by_widths.look_at_widths(0.5, 0.5 * 12_600.0 / 16_000.0, 16_000.0 * 0.48);
        assert!((by_point.centre - by_widths.centre).length() < 1e-6);
        assert!((by_point.scale - by_widths.scale).abs() < 1e-9);
    }

    #[test]
    fn a_moved_view_keeps_its_place_when_the_room_changes() {
        let mut view = view();
        view.zoom(Vec2::new(500.0, 200.0), 10.0);
        let before = view.picture_from_screen(Vec2::new(960.0, 480.0));
        view.set_room((16_000, 12_600), Rect::new(0.0, 0.0, 1320.0, 960.0));
        let after = view.picture_from_screen(Vec2::new(660.0, 480.0));
        assert!((before - after).length() < 1e-6);
    }

    proptest! {
        #[test]
        fn zooming_keeps_the_point_under_the_fingers(x in 200.0..1700f32, y in 100.0..900f32, factor in 0.5..3.0f64) {
            let mut view = view();
            view.zoom(Vec2::new(960.0, 480.0), 12.0);
            let about = Vec2::new(x, y);
            let before = view.picture_from_screen(about);
            let room = view;
            view.zoom(about, factor);
            // Near the edges the limits win over the fingers.
            let limited = (view.scale - room.scale * factor).abs() > 1e-9;
            let after = view.picture_from_screen(about);
            prop_assert!(limited || (before - after).length() * view.scale < 1e-3, "{before} {after}");
        }

        #[test]
        fn no_gesture_loses_the_picture(steps in prop::collection::vec((-3000.0..3000f32, -3000.0..3000f32, 0.05..20.0f64), 1..40)) {
            let mut view = view();
            for (x, y, factor) in steps {
                view.pan(Vec2::new(x, y));
                view.zoom(Vec2::new(x.abs() % 1920.0, y.abs() % 960.0), factor);
                view.fling(Vec2::new(x, y));
                view.advance(0.1);
                prop_assert!(view.scale.is_finite() && view.scale > 0.0);
                let [left, top, right, bottom] = view.seen(Vec2::new(1920.0, 1080.0));
                prop_assert!(left < 16_000.0 && right > 0.0 && top < 12_600.0 && bottom > 0.0);
            }
        }
    }
}
