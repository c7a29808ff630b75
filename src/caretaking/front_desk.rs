//! PIN, health and journals: what need not wait until a pack is copied.

use super::health;
use super::journals;
use super::orders::{FrontOrder, Report};
use super::pin::{Answer, PinError, PinKeeper};
use super::worker::Setup;
use crate::base::clock::Moment;

pub struct FrontDesk {
    setup: Setup,
    /// Opened when it is first asked for; tried again while it cannot be read.
    keeper: Option<PinKeeper>,
}

impl FrontDesk {
    pub fn new(setup: Setup) -> Self {
        Self { setup, keeper: None }
    }

    pub fn follow(&mut self, order: FrontOrder) -> Report {
        let now = self.setup.clock.now();
        let about_pin =
            |told: Result<Report, PinError>| told.unwrap_or_else(|error| Report::PinRefused(error.sentence()));
        match order {
            FrontOrder::AskPin => about_pin(self.keeper(now).map(|keeper| pin(keeper, now))),
            FrontOrder::TryPin(pin) => {
                about_pin(self.keeper(now).and_then(|keeper| keeper.attempt(&pin, now)).map(Report::PinAnswer))
            }
            FrontOrder::SetFirstPin(pin) => {
                about_pin(self.keeper(now).and_then(|keeper| keeper.set_first(&pin, now)).map(|()| Report::PinSet))
            }
            FrontOrder::ChangePin { old, new } => {
                let changed = self.keeper(now).and_then(|keeper| keeper.change(&old, &new, now));
                about_pin(changed.map(|answer| match answer {
                    Answer::Right => Report::PinSet,
                    answer => Report::PinAnswer(answer),
                }))
            }
            FrontOrder::ReadHealth(pack) => {
                let Setup { roots, data, version, .. } = &self.setup;
                Report::Health(Box::new(health::read(roots, data, now.wall_millis, version, pack)))
            }
            FrontOrder::ExportJournal { stick } => match journals::export(&self.setup.data, &stick, now.wall_millis) {
                Ok(exported) => Report::Exported(exported.sentence()),
                Err(error) => {
                    (self.setup.log)(&format!("the journal was not copied: {error}"));
                    Report::NotExported(journals::refusal(&error))
                }
            },
        }
    }

    fn keeper(&mut self, now: Moment) -> Result<&mut PinKeeper, PinError> {
        let keeper = match self.keeper.take() {
            Some(keeper) => keeper,
            None => PinKeeper::open(&self.setup.data, self.setup.cost, now).inspect_err(|error| {
                (self.setup.log)(&format!("{}: {error}", self.setup.data.display()));
            })?,
        };
        Ok(self.keeper.insert(keeper))
    }
}

fn pin(keeper: &PinKeeper, now: Moment) -> Report {
    Report::Pin { is_set: keeper.is_set(), rests_millis: keeper.left_millis(now) }
}
