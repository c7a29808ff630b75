//! What a replay sees of the kiosk: which screen, whether things move, whether pictures are there and sharp.

use super::script::Goal;
use super::shots::Shots;
use crate::kiosk::exhibit::{Faults, Open, Pictures, Sharp};
use crate::kiosk::screens::{Route, Screen};
use crate::kiosk::session::{Beat, Motion};
use crate::pack::model::Picture;
use bevy::prelude::*;

#[derive(bevy::ecs::system::SystemParam)]
pub struct Sight<'w> {
    pub beat: Res<'w, Beat>,
    pub motion: ResMut<'w, Motion>,
    pub route: Res<'w, Route>,
    pub shots: Res<'w, Shots>,
    open: Res<'w, Open>,
    pictures: Res<'w, Pictures>,
    sharp: Res<'w, Sharp>,
    faults: Res<'w, Faults>,
}

impl Sight<'_> {
    pub fn sees(&self, goal: &Goal, frames: u32, is_labelled: impl Fn(&str) -> bool) -> bool {
        let opened = self.exhibit_is_open() || !self.route.current().receives_visitors();
        match goal {
            Goal::Screen(word) => self.route.current().word() == word,
            Goal::Settled => frames > 3 && opened && self.motion.is_at_rest() && self.pictures_are_here(),
            Goal::Sharp => frames > 3 && opened && self.is_sharp(),
            Goal::Prepared => opened && self.pictures.are_cut(),
            Goal::Label(label) => is_labelled(label),
            Goal::Faults(count) => self.faults.count == *count,
        }
    }

    pub fn exhibit_is_open(&self) -> bool {
        self.open.exhibit().is_some()
    }

    /// An item stands before the visitor, whole and sharp, as the last frame drew it.
    pub fn item_is_sharp(&self) -> bool {
        self.route.item().is_some() && self.exhibit_is_open() && self.is_sharp() && self.pictures_are_here()
    }

    /// What a replay that waited in vain tells.
    pub fn state(&self) -> String {
        let said = |what: &str, is: bool| format!("{what} {}", if is { "yes" } else { "no" });
        let rest = said("at rest", self.motion.is_at_rest());
        format!("{rest}, {}, {}", said("sharp", self.is_sharp()), said("previews shown", self.pictures_are_here()))
    }

    fn is_sharp(&self) -> bool {
        self.sharp.0 && !self.pictures.has_tiles()
    }

    fn pictures_are_here(&self) -> bool {
        let Some(exhibit) = self.open.exhibit() else { return true };
        let shown = |p: &Picture| self.pictures.previews_are_shown(p);
        match self.route.current() {
            Screen::Attract => exhibit.attract.iter().all(|a| shown(&a.night) && shown(&a.light)),
            Screen::Home => {
                let featured = exhibit.featured.iter().filter_map(|id| exhibit.items.get(id)).map(|i| i.cover());
                exhibit.halls.iter().filter_map(|h| h.picture.as_ref()).chain(featured).all(shown)
            }
            Screen::Hall(id) => exhibit
                .hall(id)
                .is_none_or(|h| h.items.iter().filter_map(|id| exhibit.items.get(id)).all(|i| shown(i.cover()))),
            Screen::Item(id) => exhibit.items.get(id).is_none_or(|i| shown(i.cover())),
            Screen::Trouble | Screen::Empty | Screen::Staff => true,
        }
    }
}
