//! Journals made up for tests, from a seed.

use haidang::visits::event::KINDS;
use haidang::visits::journal::SCHEMA;
use haidang::visits::record::{GENESIS, Record};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

/// Numbers that look random and are the same for the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides.max(1)
    }

    pub fn token(&mut self) -> String {
        format!("{:016x}{:016x}", self.roll(u64::MAX), self.roll(u64::MAX))
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = usize::try_from(self.roll(at as u64 + 1)).expect("small");
            list.swap(at, other);
        }
    }
}

pub type Chained = Vec<(Record, [u8; 32])>;

/// A kiosk that lives and writes.
pub struct Life {
    pub dice: Dice,
    pub records: Chained,
    boot: String,
    monotonic: i64,
    wall: i64,
}

impl Life {
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let boot = dice.token();
        // 2 February 2026, eight in the morning in Vietnam.
        let mut life = Self { dice, records: Vec::new(), boot, monotonic: 0, wall: 1_769_994_000_000 };
        life.note("", "kiosk-started", "", "0.1.0", 0);
        life
    }

    fn roll(&mut self, sides: u64) -> i64 {
        i64::try_from(self.dice.roll(sides)).expect("small")
    }

    pub fn pass(&mut self, millis: i64) {
        self.monotonic += millis;
        self.wall += millis;
    }

    /// Waits until a time as the clock has it, in milliseconds since 1970.
    pub fn wait_until(&mut self, wall: i64) {
        self.pass(wall - self.wall);
    }

    /// Records outside visits, until there are so many.
    pub fn fill_up(&mut self, records: usize) {
        while self.records.len() < records {
            self.note("", "trouble", "no-sound-device", "", 0);
        }
    }

    /// A run with visits in which nobody sets the dead clock; after it the clock is right again.
    pub fn run_without_clock(&mut self, visits: usize) {
        let wall = self.wall;
        self.boot = self.dice.token();
        (self.monotonic, self.wall) = (0, 946_684_800_000);
        self.note("", "kiosk-started", "", "0.2.0", 0);
        (0..visits).for_each(|_| self.visit());
        (self.monotonic, self.wall, self.boot) = (0, wall + self.monotonic, self.dice.token());
        self.note("", "kiosk-started", "", "0.2.0", 0);
    }

    pub fn note(&mut self, visit: &str, kind: &str, subject: &str, detail: &str, amount: i64) {
        let record = Record {
            sequence: self.records.len() as i64 + 1,
            boot: self.boot.clone(),
            monotonic_millis: self.monotonic,
            wall_millis: self.wall,
            visit: visit.into(),
            kind: kind.into(),
            subject: subject.into(),
            detail: detail.into(),
            amount,
        };
        let hash = record.hash(&self.records.last().map_or(GENESIS, |(_, hash)| *hash));
        self.records.push((record, hash));
    }

    pub fn restart(&mut self, dead_clock: bool) {
        self.boot = self.dice.token();
        self.monotonic = 0;
        let wall = self.wall;
        if dead_clock {
            self.wall = 946_684_800_000;
        }
        self.note("", "kiosk-started", "", "0.2.0", 0);
        if dead_clock {
            self.visit();
            // Somebody sets the clock.
            self.wall = wall + self.monotonic;
            self.note("", "trouble", "clock-set", "", 0);
        }
    }

    /// One visit with some items, ended in one of the three ways or by a power cut.
    pub fn visit(&mut self) {
        let visit = self.dice.token();
        let begun = self.monotonic;
        self.note(&visit, "visit-started", "", "", 0);
        if self.roll(3) == 0 {
            self.note(&visit, "language-chosen", "", "en", 0);
        }
        let ending = self.roll(4);
        let items = self.roll(4);
        for nth in 0..items {
            let last = nth + 1 == items;
            self.item(&visit, if last && ending == 1 { 80_000 } else { 0 });
        }
        let millis = self.monotonic - begun;
        match ending {
            0 => self.note(&visit, "visit-ended", "", "finished", millis),
            1 => {
                if items == 0 {
                    self.pass(80_000);
                }
                let millis = self.monotonic - begun;
                self.note(&visit, "visit-ended", "", "idle", millis);
            }
            2 => self.note(&visit, "visit-ended", "", "stopped", millis),
            _ => {}
        }
        let pause = 5_000 + self.roll(600_000);
        self.pass(pause);
    }

    fn item(&mut self, visit: &str, idle: i64) {
        let item = format!("map-{}", self.roll(6));
        self.pass(700);
        self.note(visit, "item-opened", &item, "", 0);
        let dwell = 1_000 + self.roll(90_000);
        if self.roll(2) == 0 {
            let zoom = 100 + self.roll(300);
            self.note(visit, "zoom-reached", &item, "", zoom);
        }
        match self.roll(4) {
            0 => {
                self.note(visit, "narration-started", &item, "vi", 0);
                self.note(visit, "narration-finished", &item, "vi", 0);
            }
            1 => self.note(visit, "source-opened", "src-taberd", "", 0),
            _ => {}
        }
        self.pass(dwell + idle);
        self.note(visit, "item-left", &item, "", dwell + idle);
    }

    pub fn visits(&self) -> u64 {
        self.records.iter().filter(|(record, _)| record.kind == "visit-started").count() as u64
    }
}

/// Writes records as a kiosk's journal of that name.
pub fn write(folder: &Path, kiosk: &str, name: &str, records: &[(Record, [u8; 32])]) -> PathBuf {
    let folder = folder.join(kiosk);
    std::fs::create_dir_all(&folder).expect("made");
    let path = folder.join(format!("{name}.sqlite"));
    let connection = Connection::open(&path).expect("made");
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN").expect("set");
    let kinds = KINDS.map(|kind| format!("'{kind}'")).join(", ");
    connection.execute_batch(&SCHEMA.replace("KINDS", &kinds)).expect("made");
    for (r, hash) in records {
        connection
            .execute(
                "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    r.sequence,
                    r.boot,
                    r.monotonic_millis,
                    r.wall_millis,
                    r.visit,
                    r.kind,
                    r.subject,
                    r.detail,
                    r.amount,
                    hash.as_slice()
                ],
            )
            .expect("written");
    }
    connection.execute_batch("COMMIT").expect("written");
    path
}
