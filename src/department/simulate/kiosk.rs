//! The life of one kiosk: started in the morning, used, stopped or cut off, with a good clock or a bad one.

use super::chance::Chance;
use super::province::Placed;
use super::story::Running;
use super::timetable::{self, OpenDay};
use super::writer::Writer;
use crate::department::periods::first_millis_of;
use jiff::civil::Date;

/// How a kiosk's clock goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockKind {
    Good,
    /// Some minutes off, always the same way.
    Off,
    /// No battery: every start is 1 January 2020, and on some days somebody sets the clock while the kiosk runs.
    Dead,
}

impl ClockKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Off => "off",
            Self::Dead => "dead",
        }
    }
}

/// 1 January 2020 in Việt Nam, as a machine without a battery believes.
pub const DEAD_CLOCK_MILLIS: i64 = 1_577_811_600_000;

/// A class that a teacher counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub date: Date,
    pub class: String,
    pub people: i64,
}

pub struct Life<'a> {
    pub chance: Chance,
    pub clock: ClockKind,
    /// Mean pause between visits in a break, in milliseconds: a busy school has a short one.
    pub busy: i64,
    pub placed: &'a Placed,
    pub items: &'a [String],
    pub counted: Vec<Counted>,
}

impl Life<'_> {
    pub fn live(&mut self, writer: &mut Writer, date: Date) -> rusqlite::Result<()> {
        let Some(open) = timetable::day(date, self.placed.is_school, self.busy, &mut self.chance) else {
            return Ok(());
        };
        // Not brought that day, or switched off at the wall.
        if self.chance.happens(15) {
            return Ok(());
        }
        let cut_at = self.chance.happens(12).then(|| self.chance.between(open.on, open.off));
        self.run(writer, date, &open, open.on, cut_at)?;
        if let Some(cut_at) = cut_at {
            // Power comes back after a while.
            let again = cut_at + self.chance.between(60_000, 3_600_000);
            if again < open.off {
                self.run(writer, date, &open, again, None)?;
            }
        }
        Ok(())
    }

    /// One run of the kiosk from `on` to the end of the day or the moment the power goes.
    fn run(
        &mut self,
        writer: &mut Writer,
        date: Date,
        open: &OpenDay,
        on: i64,
        cut: Option<i64>,
    ) -> rusqlite::Result<()> {
        self.chance.token(writer.boot());
        writer.visit().clear();
        let midnight = first_millis_of(date);
        let drift = if self.clock == ClockKind::Off { self.chance.between(180_000, 900_000) } else { 0 };
        let good_offset = midnight + on + drift;
        let dead = self.clock == ClockKind::Dead;
        let set_at = (dead && self.chance.happens(200)).then(|| on + 3_600_000);
        let wall_offset = if dead { DEAD_CLOCK_MILLIS } else { good_offset };
        let mut counted = Vec::new();
        let mut running = Running {
            writer,
            chance: &mut self.chance,
            monotonic: 0,
            wall_offset,
            items: self.items,
            attract_since: 0,
        };
        begin(&mut running)?;
        for stretch in open.stretches.iter().filter(|stretch| stretch.last > on) {
            let mut now = stretch.first.max(on + running.monotonic);
            if stretch.class && cut.is_none() {
                counted.push(class(&mut running, date, &counted));
            }
            loop {
                now += running.chance.wait(stretch.mean_pause) + 1_500;
                if now >= stretch.last {
                    break;
                }
                if cut.is_some_and(|cut| now >= cut) {
                    return running.visit(true);
                }
                running.monotonic = now - on;
                if set_at.is_some_and(|set| now >= set) {
                    running.wall_offset = good_offset;
                }
                running.visit(false)?;
                now = on + running.monotonic;
            }
        }
        if cut.is_none() {
            running.monotonic = running.monotonic.max(open.off - on);
            running.note("screen-left", ("attract", ""), running.monotonic - running.attract_since)?;
        }
        lose(&mut running)?;
        self.counted.extend(counted);
        Ok(())
    }
}

/// What every run begins with.
fn begin(running: &mut Running) -> rusqlite::Result<()> {
    running.note("kiosk-started", ("", "0.1.0"), 0)?;
    running.monotonic += 40;
    running.note("exhibit-opened", ("hoang-sa-truong-sa", "0.1.0"), 0)?;
    running.note("screen-opened", ("attract", ""), 0)?;
    if running.chance.happens(8) {
        running.note("trouble", ("no-sound-device", ""), 0)?;
    }
    Ok(())
}

/// Seldom, records that a full disk did not take.
fn lose(running: &mut Running) -> rusqlite::Result<()> {
    if running.chance.happens(3) {
        let records = running.chance.between(1, 40);
        running.note("lost", ("", ""), records)?;
    }
    Ok(())
}

/// A class that comes with its teacher; one that was there already that day does not come again.
fn class(running: &mut Running, date: Date, there: &[Counted]) -> Counted {
    const GRADES: usize = 7;
    const LETTERS: [&str; 3] = ["A", "B", "C"];
    let drawn = running.chance.below((GRADES * LETTERS.len()) as u64) as usize;
    let name = |at: usize| format!("{}{}", 6 + at / LETTERS.len() % GRADES, LETTERS[at % LETTERS.len()]);
    let mut names = (drawn..drawn + GRADES * LETTERS.len()).map(name);
    let class = names.find(|class| there.iter().all(|before| before.class != *class)).unwrap_or_else(|| name(drawn));
    Counted { date, class, people: running.chance.between(24, 44) }
}
