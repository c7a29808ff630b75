//! The caretaker's threads beside the frame loop: orders go out, reports come in, nobody waits. Which pack is shown is
//! decided there; when another may take its place, and whether a new one has proven itself, is decided here.

mod changing;

pub use crate::caretaking::calendar::{day_of, written};
pub use crate::caretaking::health::{Reading, Sign, State as SignState};
pub use crate::caretaking::installing::Progress;
pub use crate::caretaking::offers::{Approval, Face, Offer};
pub use crate::caretaking::orders::{FrontOrder, PackOrder, Report, Return, Showing, StickOffers, Stop};
pub use crate::caretaking::pin::Answer;
pub use crate::caretaking::said::{size, span};
pub use crate::caretaking::shelf::{OnShelf, Shelf, Use};
pub use crate::caretaking::space::Space;
pub use crate::caretaking::standing::Standing;
pub use crate::caretaking::weak_pins::weakness;
#[cfg(test)]
pub use crate::caretaking::{ring_file::Taken, sticks::Stick};
pub use crate::diagnostics::Said;
pub use crate::pack::store::Key;
pub use changing::{Arrived, Shown};

use crate::base::clock::Clock;
use crate::caretaking::worker::{Caretaker, Setup};
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::session::KioskClock;
use crate::kiosk::settings::Settings;
use crate::kiosk::trouble::Trouble;
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use std::sync::{Arc, OnceLock};

/// Reports but those about which pack is shown.
#[derive(Message, Debug)]
pub struct Told(pub Report);

/// The way to the caretaker.
#[derive(Resource)]
pub struct Keeper {
    caretaker: Option<Caretaker>,
    /// Stops the long work that a person began last.
    work: Stop,
    /// Stops what was begun because nobody was there.
    due: Stop,
    waker: Arc<OnceLock<Box<dyn Fn() + Send + Sync>>>,
}

impl Keeper {
    fn start(settings: &Settings, clock: Clock) -> Self {
        let log = |said: &str| error!("{said}");
        let mut setup = Setup::of_machine(&settings.data, clock, env!("CARGO_PKG_VERSION"), log);
        setup.sticks.clone_from(&settings.sticks);
        setup.ring = settings.ring.clone().unwrap_or(setup.ring);
        let waker: Arc<OnceLock<Box<dyn Fn() + Send + Sync>>> = Arc::default();
        let own = Arc::clone(&waker);
        let wake = move || {
            if let Some(wake) = own.get() {
                wake();
            }
        };
        let caretaker =
            Caretaker::start(setup, wake).inspect_err(|error| error!("no thread for the caretaker: {error}"));
        Self { caretaker: caretaker.ok(), work: Stop::default(), due: Stop::default(), waker }
    }

    pub fn order(&self, order: PackOrder) {
        if let Some(caretaker) = &self.caretaker {
            caretaker.order(order);
        }
    }

    pub fn ask(&self, order: FrontOrder) {
        if let Some(caretaker) = &self.caretaker {
            caretaker.ask(order);
        }
    }

    /// A switch for a work that a person begins.
    pub fn new_work(&mut self) -> Stop {
        self.work = Stop::default();
        self.work.clone()
    }

    pub fn stop_work(&self) {
        self.work.stop();
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // A kiosk that closes does not wait for a pack to be copied.
        self.work.stop();
        self.due.stop();
    }
}

pub(super) fn plugin(app: &mut App) {
    let clock = app.world().resource::<KioskClock>().0.clone();
    let keeper = Keeper::start(app.world().resource::<Settings>(), clock);
    app.insert_resource(keeper)
        .init_resource::<Arrived>()
        .add_message::<Told>()
        .add_systems(Startup, let_reports_wake_the_loop)
        .add_systems(Update, receive.before(KioskSystems::Input))
        .add_plugins(changing::plugin);
}

fn let_reports_wake_the_loop(keeper: Res<Keeper>, proxy: Option<Res<EventLoopProxyWrapper>>) {
    if let Some(proxy) = proxy {
        let proxy = (**proxy).clone();
        let _ = keeper.waker.set(Box::new(move || {
            // A loop that is gone needs no waking.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }));
    }
}

fn receive(
    keeper: Res<Keeper>,
    mut arrived: ResMut<Arrived>,
    mut told: MessageWriter<Told>,
    mut troubles: MessageWriter<Trouble>,
) {
    let reports = keeper.caretaker.as_ref().map_or_else(Vec::new, Caretaker::take_reports);
    for report in reports {
        match report {
            Report::Opened(showing) => arrived.take_in(showing),
            report => {
                match &report {
                    Report::Activated(_) | Report::Returned => arrived.want_opening(),
                    Report::NoStore(_) => {
                        troubles.write(Trouble("packs-unreadable"));
                    }
                    _ => {}
                }
                told.write(Told(report));
            }
        }
    }
}
