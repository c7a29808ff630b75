//! Follows what is asked for on the pad and in the area, and locks it when nobody touches it.

use super::desk::{Arriving, Desk, Doing, Typed, Wants, Work};
use crate::kiosk::caretaker::{FrontOrder, Keeper, Key, Offer, PackOrder, Said, Shown, Standing, day_of, weakness};
use crate::kiosk::exhibit::Open;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen, StaffAsk, StaffPage};
use crate::kiosk::session::Beat;
use crate::kiosk::settings::Settings;
use crate::kiosk::sound::Player;
use crate::kiosk::touch::Activity;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use jiff::civil::Date;
use std::path::Path;

/// The area locks itself after so long without a touch; the pad goes away sooner.
pub const LOCKS_AFTER_MILLIS: u64 = 5 * 60_000;
const PAD_LEAVES_AFTER_MILLIS: u64 = 30_000;
/// A supervisor starts the kiosk again, or switches the machine off.
const RESTART: u8 = 75;
const SHUT_DOWN: u8 = 76;
const MAX_DIGITS: usize = 12;
/// One step of the volume.
const VOLUME_STEP: f64 = 0.1;

/// When somebody touched last.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct Touched(pub u64);

impl Touched {
    pub fn locks_in_millis(self, now: u64) -> u64 {
        LOCKS_AFTER_MILLIS.saturating_sub(now.saturating_sub(self.0))
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Touched>()
        .add_systems(Update, (follow_asks, lock_by_itself).chain().in_set(KioskSystems::Logic));
}

/// Everything that the people in charge can change.
#[derive(SystemParam)]
struct Hands<'w> {
    desk: ResMut<'w, Desk>,
    typed: ResMut<'w, Typed>,
    work: ResMut<'w, Work>,
    keeper: ResMut<'w, Keeper>,
    route: ResMut<'w, Route>,
    settings: ResMut<'w, Settings>,
    player: ResMut<'w, Player>,
    open: Res<'w, Open>,
    shown: Res<'w, Shown>,
    beat: Res<'w, Beat>,
    exits: MessageWriter<'w, AppExit>,
}

fn follow_asks(mut asks: MessageReader<Ask>, mut hands: Hands) {
    for ask in asks.read() {
        let Ask::Staff(ask) = ask else { continue };
        if hands.follow_on_pad(ask) {
            continue;
        }
        // The wall: nothing else is followed while the area is locked.
        if hands.desk.is_open() && *hands.route.current() == Screen::Staff {
            hands.follow(ask);
        }
    }
}

fn lock_by_itself(mut active: MessageReader<Activity>, mut touched: ResMut<Touched>, mut hands: Hands) {
    let now = hands.beat.moment.monotonic_millis;
    let is_here = *hands.route.current() == Screen::Staff;
    if active.read().count() > 0 || !is_here || hands.route.is_changed() {
        touched.0 = now;
    }
    let rested = now.saturating_sub(touched.0);
    let limit = if hands.desk.is_open() { LOCKS_AFTER_MILLIS } else { PAD_LEAVES_AFTER_MILLIS };
    if is_here && rested >= limit {
        hands.lock();
    }
}

impl Hands<'_> {
    /// The pad, which anybody may touch; false for all that needs an open area.
    fn follow_on_pad(&mut self, ask: &StaffAsk) -> bool {
        let pad_is_shown = !self.desk.is_open();
        match ask {
            StaffAsk::Knock => self.knock(),
            StaffAsk::Lock => self.lock(),
            StaffAsk::Digit(digit) if pad_is_shown && self.pad_listens() => {
                if self.typed.0.len() < MAX_DIGITS {
                    self.typed.0.push(char::from(b'0' + digit.min(&9)));
                }
            }
            StaffAsk::Erase if pad_is_shown => {
                self.typed.0.pop();
            }
            StaffAsk::Enter if pad_is_shown && self.pad_listens() => self.enter(),
            _ => return false,
        }
        true
    }

    fn pad_listens(&self) -> bool {
        !self.desk.waits_for_pad && self.beat.moment.monotonic_millis >= self.desk.rests_until_millis
    }

    fn knock(&mut self) {
        self.desk.prepare_pad();
        self.typed.0.clear();
        self.route.reset(Screen::Staff);
        self.keeper.ask(FrontOrder::AskPin);
        self.keeper.order(PackOrder::LookAtShelf);
    }

    fn enter(&mut self) {
        let digits = std::mem::take(&mut self.typed.0);
        if digits.is_empty() {
            return;
        }
        match self.desk.wants.clone() {
            Wants::Pin => {
                self.desk.waits_for_pad = true;
                self.keeper.ask(FrontOrder::TryPin(digits));
            }
            Wants::NewPin => match weakness(&digits) {
                // Told before it is typed twice; the keeper of PINs looks again.
                Some(weak) => self.desk.pad_said = Some(weak.sentence()),
                None => (self.desk.wants, self.desk.pad_said) = (Wants::Again(digits), None),
            },
            Wants::Again(first) if first == digits => {
                self.desk.waits_for_pad = true;
                self.keeper.ask(FrontOrder::SetFirstPin(digits));
            }
            Wants::Again(_) => {
                (self.desk.wants, self.desk.pad_said) = (Wants::NewPin, Some(key_of("staff-pins-differ")));
            }
        }
    }

    /// Back to what visitors see.
    fn lock(&mut self) {
        self.desk.lock();
        self.typed.0.clear();
        self.player.stop();
        let screen = if self.open.exhibit().is_some() { Screen::Attract } else { Screen::Empty };
        self.route.reset(screen);
    }

    fn follow(&mut self, ask: &StaffAsk) {
        // Whatever is touched next, what was asked before is asked no more.
        let unsure = self.desk.unsure.take();
        match ask {
            StaffAsk::Turn(page) => self.turn(*page),
            StaffAsk::LookForSticks => {
                (self.desk.sticks, self.desk.said) = (None, None);
                self.keeper.order(PackOrder::LookAtSticks);
            }
            StaffAsk::Install(path) => self.install(path),
            StaffAsk::StopWork => self.keeper.stop_work(),
            StaffAsk::Choose(key) => self.choose(key.clone()),
            StaffAsk::MoveDays { from, until } => self.move_days(*from, *until),
            StaffAsk::Activate(key) => {
                let stop = self.keeper.new_work();
                self.order(PackOrder::Activate { key: key.clone(), stop });
            }
            StaffAsk::ActivateWhenIdle(key) => {
                let stop = self.keeper.new_work();
                self.order(PackOrder::ActivateWhenIdle { key: key.clone(), stop });
            }
            StaffAsk::Schedule(key) => {
                let days = self.desk.days;
                self.order(PackOrder::Schedule { key: key.clone(), days });
            }
            StaffAsk::Unschedule(key) => self.order(PackOrder::Schedule { key: key.clone(), days: None }),
            StaffAsk::ExportJournal(stick) => {
                self.desk.said = Some(key_of("staff-exporting"));
                self.keeper.ask(FrontOrder::ExportJournal { stick: stick.clone() });
            }
            StaffAsk::Field(field) => {
                self.desk.fields.insert(*field);
            }
            StaffAsk::PlaySample => self.play_sample(),
            StaffAsk::StopSample => self.player.stop(),
            StaffAsk::Louder => self.change_volume(VOLUME_STEP),
            StaffAsk::Softer => self.change_volume(-VOLUME_STEP),
            // These ask first.
            StaffAsk::RollBack | StaffAsk::Remove(_) | StaffAsk::Restart | StaffAsk::ShutDown => {
                self.desk.unsure = Some(ask.clone());
            }
            StaffAsk::Sure(true) => {
                if let Some(ask) = unsure {
                    self.do_for_sure(&ask);
                }
            }
            _ => {}
        }
    }

    fn do_for_sure(&mut self, ask: &StaffAsk) {
        match ask {
            StaffAsk::RollBack => self.order(PackOrder::RollBack),
            StaffAsk::Remove(key) => self.order(PackOrder::Remove(key.clone())),
            StaffAsk::Restart => self.leave(RESTART),
            StaffAsk::ShutDown => self.leave(SHUT_DOWN),
            _ => {}
        }
    }

    fn leave(&mut self, code: u8) {
        self.exits.write(AppExit::from_code(code));
    }

    fn order(&mut self, order: PackOrder) {
        self.desk.said = None;
        self.keeper.order(order);
    }

    fn turn(&mut self, page: StaffPage) {
        self.player.stop();
        (self.desk.page, self.desk.said, self.desk.fresh) = (page, None, None);
        match page {
            StaffPage::Packs => self.keeper.order(PackOrder::LookAtSticks),
            StaffPage::Figures => self.keeper.order(PackOrder::LookAtSticks),
            StaffPage::Machine => {
                let pack = self.shown.face.as_ref().map(|face| {
                    let with_version = |title: &str| format!("{title} {}", face.version);
                    Said::new(with_version(&face.title.vi), with_version(&face.title.en))
                });
                self.keeper.ask(FrontOrder::ReadHealth(pack));
            }
            StaffPage::Screen => self.desk.fields.clear(),
            StaffPage::Sound => {}
        }
    }

    fn install(&mut self, path: &Path) {
        let offers = self.desk.sticks.iter().flatten().flat_map(|stick| &stick.offers);
        let offer = offers.into_iter().find(|offer| offer.path == path && offer.standing.may_install()).cloned();
        // One at a time.
        let (Some(offer), Doing::Nothing) = (offer, self.desk.doing) else { return };
        let Some(arriving) = arriving(&offer) else { return };
        let stop = self.keeper.new_work();
        *self.work = Work::default();
        self.desk.fresh = None;
        self.order(PackOrder::Install { path: offer.path, stop });
        (self.desk.doing, self.desk.arriving) = (Doing::Installing, Some(arriving));
    }

    fn choose(&mut self, key: Option<Key>) {
        let today = day_of(self.beat.moment.wall_millis);
        let chosen = key.as_ref().and_then(|key| self.desk.shelf.packs.iter().find(|pack| pack.face.key == *key));
        self.desk.days = chosen.map(|pack| pack.scheduled.unwrap_or((today, today)));
        (self.desk.chosen, self.desk.said) = (key, None);
    }

    fn move_days(&mut self, from: i8, until: i8) {
        let Some((first, last)) = self.desk.days else { return };
        let today = day_of(self.beat.moment.wall_millis);
        let first = moved(first, from).max(today);
        self.desk.days = Some((first, moved(last, until).max(first)));
    }

    fn play_sample(&mut self) {
        let exhibit = self.open.exhibit();
        let track = exhibit.and_then(|exhibit| exhibit.items.values().find_map(|item| item.narration.values().next()));
        match track.map(|track| track.audio.clone()) {
            Some(path) => self.player.play(path, 0),
            // Without a voice the tick must do.
            None => self.player.tick(),
        }
    }

    fn change_volume(&mut self, by: f64) {
        self.settings.volume = ((self.settings.volume + by) * 10.0).round().clamp(0.0, 10.0) / 10.0;
        self.player.set_volume(self.settings.volume);
    }
}

fn arriving(offer: &Offer) -> Option<Arriving> {
    let Standing::Ready { signer, .. } = &offer.standing else { return None };
    let signer = Said::new(signer.clone(), signer.clone());
    Some(Arriving { face: offer.face.clone()?, signer, fingerprint: offer.fingerprint.clone() })
}

fn moved(day: Date, by: i8) -> Date {
    let step = |day: Date| if by < 0 { day.yesterday() } else { day.tomorrow() };
    (0..by.unsigned_abs()).fold(day, |day, _| step(day).unwrap_or(day))
}

/// A fixed text of the kiosk, by its key.
fn key_of(key: &str) -> Said {
    Said::new(key, key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_move_over_the_end_of_a_month() {
        assert_eq!(moved(date(2026, 11, 30), 1), date(2026, 12, 1));
        assert_eq!(moved(date(2026, 12, 1), -7), date(2026, 11, 24));
        assert_eq!(moved(date(2026, 12, 1), 0), date(2026, 12, 1));
    }

    #[test]
    fn the_area_locks_five_minutes_after_the_last_touch() {
        let touched = Touched(10_000);
        assert_eq!(touched.locks_in_millis(10_000), LOCKS_AFTER_MILLIS);
        assert_eq!(touched.locks_in_millis(10_000 + LOCKS_AFTER_MILLIS + 5), 0);
    }
}
