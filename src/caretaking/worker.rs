//! The caretaker of a kiosk: two threads that do what they are told and report over a channel, so that nothing waits for
//! a disk, a stick or a hash on the frame loop. Dropping the handle ends both, once what they are doing is done.

use super::front_desk::FrontDesk;
use super::health::Roots;
use super::orders::{FrontOrder, PackOrder, Report};
use super::pack_desk::PackDesk;
use super::pin::Cost;
use super::ring_file;
use crate::base::clock::Clock;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Builder;

type Log = Arc<dyn Fn(&str) + Send + Sync>;

/// Where this kiosk keeps what, and what it is told by.
#[derive(Clone)]
pub struct Setup {
    pub data: PathBuf,
    pub ring: PathBuf,
    /// Folders that count as sticks, besides those that are mounted.
    pub sticks: Vec<PathBuf>,
    /// The kernel's list of mounts.
    pub mounts: PathBuf,
    pub roots: Roots,
    pub clock: Clock,
    pub cost: Cost,
    /// Of the program.
    pub version: String,
    /// Details for whoever mends the machine.
    pub log: Log,
}

impl Setup {
    /// As on a real machine.
    pub fn of_machine(data: &Path, clock: Clock, version: &str, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self {
            data: data.to_owned(),
            ring: data.join(ring_file::FILE),
            sticks: Vec::new(),
            mounts: PathBuf::from("/proc/self/mountinfo"),
            roots: Roots::default(),
            clock,
            cost: Cost::default(),
            version: version.to_owned(),
            log: Arc::new(log),
        }
    }
}

pub struct Caretaker {
    packs: Sender<PackOrder>,
    front: Sender<FrontOrder>,
    reports: Mutex<Receiver<Report>>,
}

impl Caretaker {
    /// `wake` is called after every report.
    pub fn start(setup: Setup, wake: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        let (teller, reports) = channel();
        let (packs, pack_orders) = channel::<PackOrder>();
        let (front, front_orders) = channel::<FrontOrder>();
        let wake = Arc::new(wake);
        let tell = {
            let (teller, wake) = (teller.clone(), Arc::clone(&wake));
            move |report| {
                // A kiosk that is gone hears nothing.
                let _ = teller.send(report);
                wake();
            }
        };
        let own = setup.clone();
        Builder::new().name("packs".into()).spawn(move || {
            let mut desk = PackDesk::new(own, Box::new(tell));
            let mut next = pack_orders.recv().ok();
            while let Some(order) = next.take() {
                desk.follow(order);
                // What is read while nothing is ordered makes way for the next order.
                desk.read_copies(&mut || match pack_orders.try_recv() {
                    Ok(order) => {
                        next = Some(order);
                        false
                    }
                    Err(error) => error == TryRecvError::Empty,
                });
                next = next.or_else(|| pack_orders.recv().ok());
            }
        })?;
        Builder::new().name("front desk".into()).spawn(move || {
            let mut desk = FrontDesk::new(setup);
            for order in front_orders {
                let _ = teller.send(desk.follow(order));
                wake();
            }
        })?;
        Ok(Self { packs, front, reports: Mutex::new(reports) })
    }

    /// An order about packs. A thread that is gone does nothing more.
    pub fn order(&self, order: PackOrder) {
        let _ = self.packs.send(order);
    }

    pub fn ask(&self, order: FrontOrder) {
        let _ = self.front.send(order);
    }

    /// What was reported since the last look.
    pub fn take_reports(&self) -> Vec<Report> {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner).try_iter().collect()
    }

    /// Waits for the next report; for tests and tools, not for the frame loop.
    pub fn wait_for_report(&self) -> Option<Report> {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }
}
