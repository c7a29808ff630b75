//! One visit as records: what is opened, how long it is looked at, how it ends.

use super::chance::Chance;
use super::writer::Writer;

/// The kiosk's clocks and journal while it runs.
pub struct Running<'a> {
    pub writer: &'a mut Writer,
    pub chance: &'a mut Chance,
    /// Milliseconds since the run began.
    pub monotonic: i64,
    /// What the wall clock is ahead of that.
    pub wall_offset: i64,
    pub items: &'a [String],
    /// Since when the attract screen has been shown.
    pub attract_since: i64,
}

/// How many items are tried at most; curiosity ends somewhere.
const MOST_ITEMS: u64 = 9;
const IDLE_MILLIS: i64 = 80_000;

/// How long an item holds those who open it: some a glance, some for minutes.
fn interest_percent(item: &str) -> i64 {
    let mixed = item.bytes().fold(2_166_136_261_u32, |mixed, byte| (mixed ^ u32::from(byte)).wrapping_mul(16_777_619));
    40 + i64::from((mixed ^ (mixed >> 15)) % 360)
}

impl Running<'_> {
    pub fn note(&mut self, kind: &str, words: (&str, &str), amount: i64) -> rusqlite::Result<()> {
        let wall = self.monotonic.saturating_add(self.wall_offset);
        self.writer.add((self.monotonic, wall), kind, words, amount)
    }

    fn pass(&mut self, millis: i64) {
        self.monotonic += millis.max(1);
    }

    fn screen(&mut self, from: &str, to: &str, since: i64) -> rusqlite::Result<()> {
        self.note("screen-left", (from, ""), self.monotonic - since)?;
        self.note("screen-opened", (to, ""), 0)
    }

    /// A visit by a group of one to four. `cut`: the power goes in the middle of it.
    pub fn visit(&mut self, cut: bool) -> rusqlite::Result<()> {
        let group = 1 + self.chance.below(4);
        let begun = self.monotonic;
        let mut token = std::mem::take(self.writer.visit());
        self.chance.token(&mut token);
        *self.writer.visit() = token;
        self.writer.visits += 1;
        self.note("visit-started", ("", ""), 0)?;
        self.screen("attract", "home", self.attract_since)?;
        let mut home_since = self.monotonic;
        let mut language = "vi";
        let wait = self.chance.wait(4_000) + 600;
        self.pass(wait);
        if self.chance.happens(55) {
            language = "en";
            self.note("language-chosen", ("", language), 0)?;
        }
        // One in nine looks at the first screen and goes.
        let items = if self.chance.happens(110) {
            0
        } else {
            1 + self.chance.below(MOST_ITEMS) * self.chance.below(MOST_ITEMS) / 16
        };
        for _ in 0..items {
            self.screen("home", "item", home_since)?;
            self.item(language, group)?;
            if cut && self.chance.happens(500) {
                return Ok(());
            }
            home_since = self.monotonic;
            let wait = self.chance.wait(2_500) + 300;
            self.pass(wait);
        }
        if cut {
            return Ok(());
        }
        let idle = self.chance.happens(380);
        if idle {
            self.pass(IDLE_MILLIS);
        }
        self.screen("home", "attract", home_since)?;
        self.attract_since = self.monotonic;
        self.note("visit-ended", ("", if idle { "idle" } else { "finished" }), self.monotonic - begun)?;
        self.writer.visit().clear();
        Ok(())
    }

    fn item(&mut self, language: &str, group: u64) -> rusqlite::Result<()> {
        // Those listed first are found first.
        let most = self.items.len() as u64;
        let favoured = self.chance.below(most).min(self.chance.below(most));
        let all = self.items;
        let Some(item) = all.get(favoured as usize) else { return Ok(()) };
        let opened = self.monotonic;
        self.note("item-opened", (item, ""), 0)?;
        if self.chance.happens(140) {
            // Left at once.
            let wait = self.chance.wait(1_500) + 400;
            self.pass(wait.min(4_900));
        } else {
            self.look(item, language, group)?;
        }
        self.note("item-left", (item, ""), self.monotonic - opened)?;
        self.screen("item", "home", opened)
    }

    fn look(&mut self, item: &str, language: &str, group: u64) -> rusqlite::Result<()> {
        let patience = (9_000 + 3_000 * group as i64) * interest_percent(item) / 100;
        let narrated = self.chance.happens(420);
        let voice_since = self.monotonic;
        if narrated {
            self.note("narration-started", (item, language), 0)?;
        }
        let wait = self.chance.wait(patience) + 2_000;
        self.pass(wait);
        if item.starts_with("doc-") {
            self.pages(item)?;
        } else if self.chance.happens(300) {
            let point = ["point-1", "point-2", "point-3"][self.chance.below(3) as usize];
            self.note("hotspot-opened", (item, point), 0)?;
            let wait = self.chance.wait(5_000);
            self.pass(wait);
        }
        if item.starts_with("map-") && self.chance.happens(150) {
            let how = ["over-sea", "same-place", "beside"][self.chance.below(3) as usize];
            self.note("map-compared", (item, how), 0)?;
            let wait = self.chance.wait(9_000);
            self.pass(wait);
        }
        if self.chance.happens(350) {
            let percent = 20 + self.chance.wait(90);
            self.note("zoom-reached", (item, ""), percent)?;
        }
        if narrated {
            let length = 25_000 + (item.len() as i64 * 1_700) % 30_000;
            let patient = self.chance.happens(520);
            if patient {
                self.pass(voice_since + length - self.monotonic);
                self.note("narration-finished", (item, language), 0)?;
            } else {
                self.note("narration-stopped", (item, language), (self.monotonic - voice_since).min(length))?;
            }
        }
        if self.chance.happens(60) {
            self.note("source-opened", (item, ""), 0)?;
            let wait = self.chance.wait(6_000);
            self.pass(wait);
        }
        Ok(())
    }

    fn pages(&mut self, item: &str) -> rusqlite::Result<()> {
        let turned = self.chance.below(4) as i64;
        for page in 2..2 + turned {
            self.note("page-turned", (item, ""), page)?;
            let wait = self.chance.wait(7_000) + 500;
            self.pass(wait);
        }
        if self.chance.happens(180) {
            let line = 1 + self.chance.below(12) as i64;
            self.note("line-touched", (item, ""), line)?;
        }
        Ok(())
    }
}
