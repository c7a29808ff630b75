//! Threads that work on regions. Bands go in, and what came of them comes out in the order of bands and regions, however
//! many threads there are. Only a few bands are on their way at a time.

use super::cut::CutError;
use super::ladder::Harvest;
use super::region::{Band, Region};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

struct Job {
    index: usize,
    region: Box<Region>,
    band: Arc<Band>,
}

struct Done {
    index: usize,
    region: Box<Region>,
    harvest: Result<Harvest, CutError>,
}

/// A band that not all regions have worked on.
struct Underway {
    band: Arc<Band>,
    harvests: Vec<Option<Harvest>>,
}

/// A region and how many bands it was given.
struct Seat {
    idle: Option<Box<Region>>,
    given: usize,
}

pub struct Crew {
    jobs: Option<Sender<Job>>,
    done: Receiver<Done>,
    threads: Vec<JoinHandle<()>>,
    seats: Vec<Seat>,
    underway: VecDeque<Underway>,
    /// Bands that left `underway`.
    finished: usize,
    max_underway: usize,
}

impl Crew {
    pub fn new(regions: Vec<Region>, workers: usize, max_underway: usize) -> Self {
        let (jobs, taken) = channel::<Job>();
        let (give, done) = channel();
        let taken = Arc::new(Mutex::new(taken));
        let worker = |_| {
            let (taken, give) = (Arc::clone(&taken), give.clone());
            std::thread::spawn(move || work(&taken, &give))
        };
        let seats = regions.into_iter().map(|region| Seat { idle: Some(Box::new(region)), given: 0 }).collect();
        Self {
            jobs: Some(jobs),
            done,
            threads: (0..workers.max(1)).map(worker).collect(),
            seats,
            underway: VecDeque::new(),
            finished: 0,
            max_underway: max_underway.max(1),
        }
    }

    /// Gives a band to all regions. When enough are on their way it waits for the first of them, which comes back with
    /// what each region made of it.
    pub fn push(&mut self, band: Band) -> Result<Option<(Vec<Harvest>, Option<Band>)>, CutError> {
        let harvests = self.seats.iter().map(|_| None).collect();
        self.underway.push_back(Underway { band: Arc::new(band), harvests });
        (0..self.seats.len()).for_each(|index| self.give(index));
        if self.underway.len() > self.max_underway { self.pop() } else { Ok(None) }
    }

    /// The next band's harvest; `None` when no band is on its way.
    pub fn pop(&mut self) -> Result<Option<(Vec<Harvest>, Option<Band>)>, CutError> {
        while self.underway.front().is_some_and(|first| first.harvests.iter().any(Option::is_none)) {
            let done = self.done.recv().map_err(|_| stopped())?;
            let band = self.seats[done.index].given - 1 - self.finished;
            self.underway[band].harvests[done.index] = Some(done.harvest?);
            self.seats[done.index].idle = Some(done.region);
            self.give(done.index);
        }
        let Some(first) = self.underway.pop_front() else { return Ok(None) };
        self.finished += 1;
        // No region holds it any more, so its memory can be used again.
        Ok(Some((first.harvests.into_iter().flatten().collect(), Arc::into_inner(first.band))))
    }

    /// Sends a region that waits to its next band, if there is one.
    fn give(&mut self, index: usize) {
        let seat = &mut self.seats[index];
        if let (Some(next), Some(jobs)) = (self.underway.get(seat.given - self.finished), &self.jobs)
            && let Some(region) = seat.idle.take()
        {
            seat.given += 1;
            // Without threads nothing comes back, which is noticed there.
            let _ = jobs.send(Job { index, region, band: Arc::clone(&next.band) });
        }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn stopped() -> CutError {
    CutError::Encode("a thread stopped".to_owned())
}

fn work(jobs: &Mutex<Receiver<Job>>, done: &Sender<Done>) {
    loop {
        let Ok(Ok(Job { index, mut region, band })) = jobs.lock().map(|jobs| jobs.recv()) else { return };
        // A panic is told like any error: who waits for this region would wait for ever.
        let harvest = catch_unwind(AssertUnwindSafe(|| region.take(&band))).unwrap_or_else(|_| Err(stopped()));
        drop(band);
        if done.send(Done { index, region, harvest }).is_err() {
            return;
        }
    }
}
