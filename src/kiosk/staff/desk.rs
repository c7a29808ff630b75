//! What the staff area knows and shows: the pad, the page, the last reports. Follows reports; asks are followed in
//! `input`.

use crate::kiosk::caretaker::{
    Answer, Face, FrontOrder, Keeper, Key, PackOrder, Progress, Reading, Report, Said, Shelf, Shown, Space, Standing,
    StickOffers, Told, day_of,
};
use crate::kiosk::screens::{KioskSystems, Route, Screen, StaffAsk, StaffPage};
use crate::kiosk::session::Beat;
use crate::kiosk::touch::Knocked;
use bevy::prelude::*;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::Path;

/// Whether somebody has shown that they may be here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    #[default]
    Shut,
    Open,
}

/// What the pad asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wants {
    #[default]
    Pin,
    /// The first PIN of this kiosk, or a new one.
    NewPin,
    /// The same once more.
    Again(String),
}

/// The work under way, as far as the screen is drawn anew for it; how far it is lies in [`Work`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doing {
    #[default]
    Nothing,
    Installing,
    Testing,
}

/// The pack that is being installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arriving {
    pub face: Face,
    pub signer: Said,
    pub fingerprint: Option<String>,
}

#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Desk {
    pub gate: Gate,
    pub page: StaffPage,
    pub wants: Wants,
    /// Whether there is a PIN; not known before the first report.
    pub has_pin: Option<bool>,
    /// A PIN is being compared.
    pub waits_for_pad: bool,
    /// Until when the pad rests, by the kiosk's clock.
    pub rests_until_millis: u64,
    /// What is told on the pad.
    pub pad_said: Option<Said>,
    pub doing: Doing,
    /// The pack that was installed last, or is being.
    pub arriving: Option<Arriving>,
    /// What is told on the page.
    pub said: Option<Said>,
    /// Not yet looked for.
    pub sticks: Option<Vec<StickOffers>>,
    pub shelf: Shelf,
    pub space: Option<Space>,
    pub waiting: Option<Key>,
    pub chosen: Option<Key>,
    /// Installed while this page is looked at: stands above all else, for it is what is done next.
    pub fresh: Option<Key>,
    pub days: Option<(Date, Date)>,
    /// Done once it is said that one is sure.
    pub unsure: Option<StaffAsk>,
    pub health: Option<Reading>,
    pub fields: BTreeSet<u16>,
}

/// Digits on the pad: they change without the pad being drawn anew, so that fast fingers lose none.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(pub String);

/// How far the work is; shown in place.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Work {
    pub progress: Progress,
    pub tested: (u64, u64),
}

impl Desk {
    pub fn is_open(&self) -> bool {
        self.gate == Gate::Open
    }

    /// Everything as whoever comes next should find it; what runs goes on.
    pub fn lock(&mut self) {
        let Self { has_pin, rests_until_millis, doing, arriving, shelf, space, waiting, .. } = std::mem::take(self);
        *self = Self { has_pin, rests_until_millis, doing, arriving, shelf, space, waiting, ..Self::default() };
    }

    /// What the pad asks for when somebody comes.
    pub fn prepare_pad(&mut self) {
        self.lock();
        self.wants = if self.has_pin == Some(false) { Wants::NewPin } else { Wants::Pin };
    }

    fn follow(&mut self, report: &Report, typed: &mut Typed, now: u64) {
        match report {
            Report::Pin { is_set, rests_millis } => {
                self.has_pin = Some(*is_set);
                self.rests_until_millis = now.saturating_add(*rests_millis);
            }
            // An answer for somebody who has left opens nothing.
            Report::PinAnswer(_) | Report::PinSet if !self.waits_for_pad => {}
            Report::PinAnswer(answer) => self.follow_answer(*answer, typed, now),
            Report::PinSet => {
                (self.has_pin, self.gate, self.waits_for_pad) = (Some(true), Gate::Open, false);
                (self.wants, self.pad_said) = (Wants::Pin, None);
                typed.0.clear();
            }
            Report::PinRefused(said) => {
                (self.waits_for_pad, self.pad_said) = (false, Some(said.clone()));
                if self.wants != Wants::Pin {
                    self.wants = Wants::NewPin;
                }
                typed.0.clear();
            }
            Report::Health(reading) => self.health = Some((**reading).clone()),
            Report::Exported(said) | Report::NotExported(said) => self.said = Some(said.clone()),
            report => self.follow_packs(report),
        }
    }

    fn follow_answer(&mut self, answer: Answer, typed: &mut Typed, now: u64) {
        self.waits_for_pad = false;
        typed.0.clear();
        let rest = match answer {
            Answer::Right => {
                (self.gate, self.pad_said) = (Gate::Open, None);
                return;
            }
            Answer::Wrong { rest_millis, .. } => rest_millis,
            Answer::Resting { left_millis } => left_millis,
        };
        self.rests_until_millis = now.saturating_add(rest);
        self.pad_said = Some(answer.sentence());
    }

    fn follow_packs(&mut self, report: &Report) {
        match report {
            // Read on after everybody had left.
            Report::Sticks(_) if !self.is_open() => {}
            Report::Sticks(sticks) => self.sticks = Some(sticks.clone()),
            Report::Shelf { shelf, space, waiting } => {
                (self.shelf, self.space) = (shelf.clone(), *space);
                self.waiting.clone_from(waiting);
                // A test that made way for a visitor tells nothing else.
                if self.doing == Doing::Testing {
                    self.doing = Doing::Nothing;
                }
            }
            Report::Installing(_) => self.doing = Doing::Installing,
            Report::Testing { .. } => self.doing = Doing::Testing,
            Report::Spoilt(path) => self.mark_spoilt(path),
            report => {
                self.doing = Doing::Nothing;
                self.follow_end(report);
            }
        }
    }

    /// What an order came to.
    fn follow_end(&mut self, report: &Report) {
        match report {
            Report::Installed(face) => {
                (self.chosen, self.fresh) = (Some(face.key.clone()), Some(face.key.clone()));
                self.offer_no_more(&face.key);
                self.tell("staff-installed");
            }
            Report::Activated(_) => self.tell("staff-activated"),
            Report::Waits(_) => self.tell("staff-waits"),
            Report::Confirmed => self.tell("staff-confirmed"),
            Report::Returned => self.tell("staff-returned"),
            Report::Scheduled => self.tell("staff-scheduled"),
            Report::Removed => {
                (self.chosen, self.fresh) = (None, None);
                self.tell("staff-removed");
            }
            Report::Stopped => self.tell("staff-stopped"),
            Report::Refused(said) | Report::NoStore(said) => self.said = Some(said.clone()),
            _ => {}
        }
    }

    /// What was just installed is not offered again; the sticks are looked at anew meanwhile.
    fn offer_no_more(&mut self, key: &Key) {
        let offers = self.sticks.iter_mut().flatten().flat_map(|stick| &mut stick.offers);
        let same = offers.filter(|offer| offer.face.as_ref().is_some_and(|face| face.key == *key));
        same.for_each(|offer| offer.standing = Standing::Installed { is_read: false });
    }

    /// Its signature holds, and what it signs is something else: it is not offered again until the stick is read anew.
    fn mark_spoilt(&mut self, path: &Path) {
        let offers = self.sticks.iter_mut().flatten().flat_map(|stick| &mut stick.offers);
        offers.filter(|offer| offer.path == path).for_each(|offer| offer.standing = Standing::Altered);
    }

    /// A fixed text of the kiosk: both languages hold its key until it is drawn.
    fn tell(&mut self, key: &str) {
        self.said = Some(Said::new(key, key));
    }
}

/// After this what is offered on the sticks stands otherwise with this kiosk.
fn changes_offers(report: &Report) -> bool {
    matches!(report, Report::Installed(_) | Report::Removed)
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Desk>()
        .init_resource::<Typed>()
        .init_resource::<Work>()
        .add_systems(Update, (open_pad, follow_reports).chain().in_set(KioskSystems::Logic));
}

/// Somebody knocked: the pad is made ready, and the shelf is looked at meanwhile.
fn open_pad(
    mut knocked: MessageReader<Knocked>,
    mut desk: ResMut<Desk>,
    mut typed: ResMut<Typed>,
    keeper: Res<Keeper>,
    route: Res<Route>,
) {
    if knocked.read().count() > 0 && *route.current() == Screen::Staff {
        desk.prepare_pad();
        typed.0.clear();
        keeper.ask(FrontOrder::AskPin);
        keeper.order(PackOrder::LookAtShelf);
    }
}

fn follow_reports(
    mut told: MessageReader<Told>,
    mut desk: ResMut<Desk>,
    mut typed: ResMut<Typed>,
    mut work: ResMut<Work>,
    shown: Res<Shown>,
    keeper: Res<Keeper>,
    beat: Res<Beat>,
) {
    for Told(report) in told.read() {
        match report {
            Report::Installing(progress) => work.progress = *progress,
            Report::Testing { done, total } => work.tested = (*done, *total),
            _ => {}
        }
        // What changes nothing but a bar is not drawn anew for.
        let (mut next, mut digits) = (desk.clone(), typed.clone());
        next.follow(report, &mut digits, beat.moment.monotonic_millis);
        if next.wants == Wants::Pin && next.has_pin == Some(false) && !next.is_open() {
            next.wants = Wants::NewPin;
        }
        if matches!(report, Report::Installed(_)) {
            let today = day_of(beat.moment.wall_millis);
            next.days = Some((today, today));
        }
        let came_in = next.is_open() && !desk.is_open();
        if came_in || (next.is_open() && changes_offers(report)) {
            keeper.order(PackOrder::LookAtSticks);
        }
        desk.set_if_neq(next);
        typed.set_if_neq(digits);
        if came_in {
            keeper.ask(FrontOrder::ReadHealth(shown.face.as_ref().map(|face| face.title.clone())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::caretaker::{Approval, Offer, Stick, Taken};
    use crate::pack::model::ApprovalStatus;

    fn after(reports: &[Report]) -> (Desk, Typed) {
        let (mut desk, mut typed) = (Desk::default(), Typed("480571".to_owned()));
        desk.prepare_pad();
        desk.waits_for_pad = true;
        reports.iter().for_each(|report| desk.follow(report, &mut typed, 1_000));
        (desk, typed)
    }

    #[test]
    fn only_the_right_pin_opens_and_no_digit_stays() {
        let (desk, typed) = after(&[Report::PinAnswer(Answer::Right)]);
        assert!(desk.is_open() && typed.0.is_empty());
        let (desk, typed) = after(&[Report::PinAnswer(Answer::Wrong { tries_left: 0, rest_millis: 30_000 })]);
        assert!(!desk.is_open() && typed.0.is_empty());
        assert_eq!(desk.rests_until_millis, 31_000);
        let (desk, _) = after(&[Report::PinRefused(Said::new("a", "b"))]);
        assert!(!desk.is_open() && desk.pad_said.is_some());
    }

    #[test]
    fn what_is_installed_stands_first_and_is_offered_no_more() {
        let key =
            |digit: &str| Key { id: crate::base::ids::Id::new("a-pack").expect("an id"), manifest: digit.repeat(64) };
        let offer = |digit: &str| Offer {
            path: format!("{digit}.haidang").into(),
            name: format!("{digit}.haidang"),
            file_bytes: 1,
            face: Some(face(key(digit))),
            standing: Standing::Ready { signer: "Sở".to_owned(), root: "Sở".to_owned() },
            fingerprint: None,
        };
        let stick = Stick { folder: "/media/usb".into(), name: "usb".to_owned(), read_only: false };
        let sticks = vec![StickOffers { stick, offers: vec![offer("1"), offer("2")], taken: Taken::default() }];
        let installed = Report::Installed(face(key("1")));
        assert!(changes_offers(&installed) && changes_offers(&Report::Removed) && !changes_offers(&Report::Scheduled));
        let (mut desk, mut typed) = after(&[Report::PinAnswer(Answer::Right), Report::Sticks(sticks), installed]);
        let may: Vec<bool> =
            desk.sticks.iter().flatten().flat_map(|s| &s.offers).map(|o| o.standing.may_install()).collect();
        assert_eq!((may, desk.fresh.clone(), desk.chosen.clone()), (vec![false, true], Some(key("1")), Some(key("1"))));
        desk.follow(&Report::Spoilt("2.haidang".into()), &mut typed, 1_000);
        let left = desk.sticks.iter().flatten().flat_map(|s| &s.offers).filter(|o| o.standing.may_install()).count();
        assert_eq!(left, 0, "an altered file is not offered again");
        desk.follow(&Report::Removed, &mut typed, 1_000);
        assert!(desk.fresh.is_none() && desk.chosen.is_none());
    }

    fn face(key: Key) -> Face {
        let approval = Approval { status: ApprovalStatus::Sample, decision: None, date: None };
        Face { key, title: Said::new("Gói", "A pack"), version: "1.0".to_owned(), approval, bytes: 1, files: 1 }
    }

    #[test]
    fn an_answer_for_somebody_who_left_opens_nothing() {
        for report in [Report::PinAnswer(Answer::Right), Report::PinSet] {
            let mut desk = Desk { waits_for_pad: true, ..Desk::default() };
            desk.lock();
            desk.follow(&report, &mut Typed::default(), 0);
            assert!(!desk.is_open());
        }
    }

    #[test]
    fn locking_keeps_the_rest_of_the_pad_and_forgets_all_that_was_seen() {
        let rests = Report::Pin { is_set: true, rests_millis: 5_000 };
        let (mut desk, _) = after(&[rests, Report::PinAnswer(Answer::Right), Report::Removed]);
        desk.page = StaffPage::Machine;
        desk.unsure = Some(StaffAsk::ShutDown);
        desk.lock();
        assert_eq!((desk.gate, desk.page, desk.rests_until_millis), (Gate::Shut, StaffPage::Packs, 6_000));
        assert!(desk.said.is_none() && desk.unsure.is_none() && desk.has_pin == Some(true));
    }
}
