//! Does what is ordered about packs, one order after the other, and tells how far it is.

use super::calendar;
use super::copies::Copies;
use super::installing::{self, Judge, NotInstalled};
use super::journals;
use super::offers::{self, Face};
use super::orders::{PackOrder, Report, Return, Showing, StickOffers, Stop};
use super::ring_file;
use super::self_test::{self, Fault};
use super::shelf::{rescheduled, shelf};
use super::space::space_of;
use super::standing::{Standing, refusal};
use super::sticks::{self, plain};
use super::waiting::Waiting;
use super::worker::Setup;
use crate::diagnostics::Said;
use crate::pack::signing::Ring;
use crate::pack::store::{Key, Opening, Store, StoreError};
use crate::visits::glance;
use jiff::civil::Date;
use std::path::Path;

/// The fewest milliseconds between two reports of a test.
const TELL_EVERY_MILLIS: u64 = 100;

pub struct PackDesk {
    setup: Setup,
    /// Opened by the first order; tried again by each while it cannot be.
    store: Option<Store>,
    waiting: Waiting,
    copies: Copies,
    tell: Box<dyn Fn(Report) + Send>,
}

impl PackDesk {
    pub fn new(setup: Setup, tell: Box<dyn Fn(Report) + Send>) -> Self {
        let waiting = Waiting::open(&setup.data);
        Self { setup, store: None, waiting, copies: Copies::default(), tell }
    }

    pub fn follow(&mut self, order: PackOrder) {
        let store = match self.store.take() {
            Some(store) => Ok(store),
            None => Store::open(&self.setup.data.join("packs")),
        };
        match store {
            Ok(mut store) => {
                self.follow_with(&mut store, order);
                self.store = Some(store);
            }
            Err(error) => {
                self.log(&error);
                (self.tell)(Report::NoStore(refusal(&error)));
            }
        }
    }

    /// Between two orders: reads copies of installed packs on the sticks through, as long as it may go on.
    pub fn read_copies(&mut self, may_go_on: &mut dyn FnMut() -> bool) {
        while self.copies.read_next(may_go_on) {
            (self.tell)(Report::Sticks(self.copies.sticks().to_vec()));
        }
    }

    fn follow_with(&mut self, store: &mut Store, order: PackOrder) {
        if matches!(order, PackOrder::Install { .. } | PackOrder::Remove(_)) {
            // How the sticks stood before is not told again.
            self.copies = Copies::default();
        }
        let done = match order {
            PackOrder::Open => self.open(store),
            PackOrder::LookAtSticks => {
                self.look_at_sticks(store);
                Ok(())
            }
            PackOrder::LookAtShelf => Ok(()),
            PackOrder::Install { path, stop } => self.install(store, &path, &stop),
            PackOrder::Activate { key, stop } => self.activate_by_hand(store, &key, &stop),
            PackOrder::ActivateWhenIdle { key, stop } => self.let_wait(store, key, &stop),
            PackOrder::Schedule { key, days } => {
                let schedule = rescheduled(store, &key, days);
                store.schedule(schedule).map(|()| (self.tell)(Report::Scheduled)).map_err(|error| self.refused(&error))
            }
            PackOrder::TakeDue { stop } => return self.take_due(store, &stop),
            PackOrder::RollBack => self.go_back(store, Store::roll_back),
            PackOrder::Remove(key) => {
                store.remove(&key).map(|()| (self.tell)(Report::Removed)).map_err(|error| self.refused(&error))
            }
            PackOrder::ConfirmTrial => {
                store.confirm_trial().map(|()| (self.tell)(Report::Confirmed)).map_err(|error| self.refused(&error))
            }
            PackOrder::FailTrial(trouble) => {
                (self.setup.log)(&format!("the pack on trial failed: {trouble}"));
                self.go_back(store, Store::fail_trial)
            }
        };
        if let Err(said) = done {
            (self.tell)(Report::Refused(said));
        }
        self.tell_shelf(store);
    }

    fn log(&self, error: &dyn std::fmt::Display) {
        (self.setup.log)(&format!("packs: {error}"));
    }

    fn refused(&self, error: &StoreError) -> Said {
        self.log(error);
        refusal(error)
    }

    fn tell_shelf(&self, store: &Store) {
        let space = space_of(&self.setup.data);
        (self.tell)(Report::Shelf { shelf: shelf(store), space, waiting: self.waiting.key().cloned() });
    }

    fn today(&self) -> Date {
        let noted = glance::last_wall_millis(&self.setup.data.join(journals::FILE)).ok().flatten();
        calendar::today(self.setup.clock.now().wall_millis, noted)
    }

    /// The ring; one that cannot be read trusts nobody.
    fn ring(&self) -> Ring {
        ring_file::read(&self.setup.ring).unwrap_or_else(|error| {
            self.log(&error);
            Ring::default()
        })
    }

    /// Opens what is to be shown; a pack that does not open gives way to the last good one.
    fn open(&self, store: &mut Store) -> Result<(), Said> {
        let mut returned = None;
        loop {
            let left = store.state().active.clone();
            let opening = store.opening().map_err(|error| self.refused(&error))?;
            let key = match opening {
                Opening::Nothing => {
                    (self.tell)(Report::Opened(None));
                    return Ok(());
                }
                Opening::Show(key) => key,
                Opening::Returned(key, because) => {
                    returned = Some(because.into());
                    if let Some(left) = left {
                        self.forget_plans_for(store, &left);
                    }
                    key
                }
                Opening::Untested(keys) => {
                    (self.tell)(Report::Opened(None));
                    self.try_one_of(store, &keys)?;
                    returned = Some(Return::Lost);
                    continue;
                }
            };
            let installed = store.get(&key).map_err(|error| self.refused(&error))?;
            let opened = store.read(&key).map_err(|error| self.refused(&error))?;
            let is_good = opened.exhibit.is_some() && opened.findings.is_empty();
            // Each way back leaves one pack fewer to go back to, so this ends.
            if !is_good && store.roll_back().is_ok() {
                self.forget_plans_for(store, &key);
                returned = Some(Return::Lost);
                continue;
            }
            let on_trial = store.state().trial.is_some();
            let face = Face::of(&installed.manifest);
            (self.tell)(Report::Opened(Some(Box::new(Showing { face, opened, on_trial, returned }))));
            return Ok(());
        }
    }

    /// Activates the first pack that passes its test; it is on trial as any other.
    fn try_one_of(&self, store: &mut Store, keys: &[Key]) -> Result<(), Said> {
        let mut last = Said::default();
        for key in keys {
            match self.test(store, key, &Stop::default()) {
                Ok(()) => return store.activate(key).map_err(|error| self.refused(&error)),
                Err(said) => last = said,
            }
        }
        Err(last)
    }

    fn look_at_sticks(&mut self, store: &Store) {
        let (mut ring, today) = (self.ring(), self.today());
        let free = space_of(&self.setup.data).map(|space| space.free);
        let found = sticks::find(&self.setup.mounts, &self.setup.sticks);
        // All that any stick revokes counts before a pack of any is judged.
        let taken: Vec<ring_file::Taken> = found
            .iter()
            .map(|stick| {
                ring_file::take_from(&stick.folder, &mut ring, &self.setup.ring).unwrap_or_else(|error| {
                    self.log(&error);
                    ring_file::Taken::default()
                })
            })
            .collect();
        let told = found.into_iter().zip(taken).map(|(stick, taken)| {
            let offers = offers::look(&stick.folder, store, &ring, today, free);
            StickOffers { stick, offers, taken }
        });
        let told: Vec<StickOffers> = told.collect();
        self.copies = Copies::on(told.clone());
        (self.tell)(Report::Sticks(told));
    }

    fn install(&self, store: &mut Store, path: &Path, stop: &Stop) -> Result<(), Said> {
        let judge =
            Judge { ring: &self.ring(), today: self.today(), free: space_of(&self.setup.data).map(|space| space.free) };
        let installed = installing::install(store, path, &judge, &self.setup.clock, |progress| {
            (self.tell)(Report::Installing(progress));
            !stop.is_stopped()
        });
        match installed {
            Ok(key) => {
                let installed = store.get(&key).map_err(|error| self.refused(&error))?;
                (self.tell)(Report::Installed(Face::of(&installed.manifest)));
                Ok(())
            }
            Err(error) if error.was_stopped() => {
                (self.tell)(Report::Stopped);
                Ok(())
            }
            Err(error) => {
                if let NotInstalled::Store(why) = &error {
                    self.log(why);
                }
                let Said { vi, en } = error.sentence();
                if error.is_spoilt() {
                    (self.tell)(Report::Spoilt(path.to_owned()));
                }
                let file = plain(&path.file_name().unwrap_or_default().to_string_lossy());
                Err(Said::new(format!("{file}: {vi}"), format!("{file}: {en}")))
            }
        }
    }

    /// Who signed it may have been revoked since it was installed; then the whole pack is looked through.
    fn test(&self, store: &Store, key: &Key, stop: &Stop) -> Result<(), Said> {
        let installed = store.get(key).map_err(|error| self.refused(&error))?;
        let standing = self.standing(store, key, &installed.manifest.render());
        if matches!(standing, Standing::Revoked { .. } | Standing::Altered) {
            return Err(standing.sentence());
        }
        let mut last_told = None;
        let tested = self_test::run(store, key, &mut |done, total| {
            let now = self.setup.clock.now().monotonic_millis;
            if last_told.is_none_or(|last: u64| now.saturating_sub(last) >= TELL_EVERY_MILLIS) {
                last_told = Some(now);
                (self.tell)(Report::Testing { done, total });
            }
            !stop.is_stopped()
        });
        match tested {
            Ok(_) => Ok(()),
            Err(Fault::Stopped) => Err(Fault::Stopped.sentence()),
            Err(fault) => {
                self.log(&fault);
                Err(fault.sentence())
            }
        }
    }

    fn standing(&self, store: &Store, key: &Key, manifest: &str) -> Standing {
        let (ring, signature) = (self.ring(), store.signature(key));
        super::standing::of_verdict(&crate::pack::signing::judge(
            &ring,
            ring.revocations(),
            manifest.as_bytes(),
            signature.as_deref(),
            key.id.as_str(),
            self.today(),
        ))
    }

    fn activate(&mut self, store: &mut Store, key: &Key, stop: &Stop) -> Result<(), Said> {
        if store.state().active.as_ref() == Some(key) {
            return Ok(());
        }
        self.test(store, key, stop)?;
        store.activate(key).map_err(|error| self.refused(&error))?;
        self.wait_for(None);
        (self.tell)(Report::Activated(key.clone()));
        Ok(())
    }

    /// What a person chooses counts more than what was planned for today.
    fn activate_by_hand(&mut self, store: &mut Store, key: &Key, stop: &Stop) -> Result<(), Said> {
        self.activate(store, key, stop)?;
        let today = self.today();
        let mut schedule = store.state().schedule.clone();
        schedule.retain(|entry| entry.pack == *key || today < entry.from || entry.until < today);
        store.schedule(schedule).map_err(|error| self.refused(&error))
    }

    fn let_wait(&mut self, store: &Store, key: Key, stop: &Stop) -> Result<(), Said> {
        self.test(store, &key, stop)?;
        self.wait_for(Some(key.clone()));
        (self.tell)(Report::Waits(key));
        Ok(())
    }

    fn wait_for(&mut self, key: Option<Key>) {
        if self.waiting.key() != key.as_ref()
            && let Err(error) = self.waiting.set(key)
        {
            self.log(&error);
        }
    }

    fn take_due(&mut self, store: &mut Store, stop: &Stop) {
        let due = self.waiting.key().or_else(|| store.due_today(self.today())).cloned();
        let Some(due) = due else { return };
        if let Err(said) = self.activate(store, &due, stop) {
            // Stopped because somebody came: it is tried again. What failed is not.
            if !stop.is_stopped() {
                self.forget_plans_for(store, &due);
                (self.tell)(Report::Refused(said));
            }
        }
        self.tell_shelf(store);
    }

    fn go_back(&mut self, store: &mut Store, how: fn(&mut Store) -> Result<(), StoreError>) -> Result<(), Said> {
        let left = store.state().active.clone();
        how(store).map_err(|error| self.refused(&error))?;
        self.wait_for(None);
        if let Some(left) = left {
            self.forget_plans_for(store, &left);
        }
        (self.tell)(Report::Returned);
        Ok(())
    }

    /// A pack that failed must not come again by itself.
    fn forget_plans_for(&self, store: &mut Store, key: &Key) {
        let schedule = rescheduled(store, key, None);
        if let Err(error) = store.schedule(schedule) {
            self.log(&error);
        }
    }
}
