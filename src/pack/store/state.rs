//! Which pack is shown, which was good before, which is on trial and which comes when: pure, and as a text.

use crate::base::ids::Id;
use jiff::civil::Date;
use serde_json::{Value, json};

const FORMAT: u64 = 1;
/// Entries of the schedule.
const MAX_SCHEDULED: usize = 200;

/// One state of one pack: its id and the hash of its manifest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub id: Id,
    pub manifest: String,
}

/// A pack that was activated and has not yet shown that it works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// How often it was opened.
    pub openings: u32,
}

/// From a day to a day, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    pub pack: Key,
    pub from: Date,
    pub until: Date,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub active: Option<Key>,
    pub previous_good: Option<Key>,
    /// Of the active pack.
    pub trial: Option<Trial>,
    pub schedule: Vec<Scheduled>,
}

impl State {
    pub fn activate(&mut self, pack: Key) {
        if self.active.as_ref() == Some(&pack) {
            return;
        }
        // A pack that is only on trial is not one to come back to.
        if self.trial.is_none() {
            self.previous_good = self.active.take();
        }
        // Without a pack to come back to a trial still tells that this one is not proven.
        self.trial = Some(Trial::default());
        self.active = Some(pack);
    }

    pub fn confirm(&mut self) {
        self.trial = None;
    }

    /// Back to the last good pack; false when there is none.
    pub fn return_to_good(&mut self) -> bool {
        let Some(good) = self.previous_good.take() else { return false };
        let left = self.active.replace(good);
        // One that had proven itself is good to come back to.
        self.previous_good = left.filter(|_| self.trial.is_none());
        self.trial = None;
        true
    }

    pub fn forget(&mut self, pack: &Key) {
        self.previous_good.take_if(|good| good == pack);
        self.schedule.retain(|entry| entry.pack != *pack);
    }

    /// The pack that the schedule names for a day; what was added last counts.
    pub fn due(&self, day: Date) -> Option<&Key> {
        let due = self.schedule.iter().rev().find(|entry| entry.from <= day && day <= entry.until);
        due.map(|entry| &entry.pack)
    }

    pub fn render(&self) -> String {
        let key = |key: &Key| json!({"pack": key.id.as_str(), "manifest": key.manifest});
        let scheduled = self.schedule.iter().map(
            |entry| json!({"pack": key(&entry.pack), "from": entry.from.to_string(), "until": entry.until.to_string()}),
        );
        let value = json!({
            "format": FORMAT,
            "active": self.active.as_ref().map(key),
            "previous_good": self.previous_good.as_ref().map(key),
            "trial_openings": self.trial.map(|trial| trial.openings),
            "schedule": scheduled.collect::<Vec<Value>>(),
        });
        format!("{value:#}\n")
    }

    /// None when the text is not as it is written here.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(text).ok()?;
        if value.get("format")?.as_u64()? != FORMAT {
            return None;
        }
        let optional = |name: &str| -> Option<Option<Key>> {
            let value = value.get(name)?;
            if value.is_null() { Some(None) } else { key(value).map(Some) }
        };
        let trial = value.get("trial_openings")?;
        let openings = trial.as_u64().and_then(|openings| u32::try_from(openings).ok());
        if openings.is_none() && !trial.is_null() {
            return None;
        }
        let schedule = value.get("schedule")?.as_array()?.iter().take(MAX_SCHEDULED);
        Some(Self {
            active: optional("active")?,
            previous_good: optional("previous_good")?,
            trial: openings.map(|openings| Trial { openings }),
            schedule: schedule.map(scheduled).collect::<Option<_>>()?,
        })
    }
}

fn key(value: &Value) -> Option<Key> {
    let manifest = value.get("manifest")?.as_str()?;
    let is_hash = manifest.len() == 64 && manifest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    Some(Key { id: Id::new(value.get("pack")?.as_str()?)?, manifest: is_hash.then(|| manifest.to_owned())? })
}

fn scheduled(value: &Value) -> Option<Scheduled> {
    let day = |name: &str| value.get(name)?.as_str()?.parse().ok();
    Some(Scheduled { pack: key(value.get("pack")?)?, from: day("from")?, until: day("until")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(digit: char) -> Key {
        Key { id: Id::new("a-pack").expect("an id"), manifest: digit.to_string().repeat(64) }
    }

    #[test]
    fn a_trial_leads_back_to_what_was_good() {
        let mut state = State::default();
        state.activate(pack('1'));
        assert!(!state.return_to_good(), "nothing to come back to");
        state.confirm();
        state.activate(pack('2'));
        state.activate(pack('3'));
        assert_eq!(state.previous_good, Some(pack('1')), "one on trial is nothing to come back to");
        assert!(state.return_to_good());
        assert_eq!((state.active.clone(), state.previous_good.clone(), state.trial), (Some(pack('1')), None, None));
        state.activate(pack('2'));
        state.confirm();
        assert!(state.return_to_good());
        assert_eq!(state.previous_good, Some(pack('2')), "one that was confirmed is");
    }

    #[test]
    fn the_schedule_names_the_pack_of_a_day() {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        let mut state = State::default();
        let entry = |digit, from, until| Scheduled { pack: pack(digit), from: day(from), until: day(until) };
        state.schedule = vec![entry('1', "2026-11-01", "2026-11-30"), entry('2', "2026-11-20", "2026-11-20")];
        let due = |text| state.due(day(text)).map(|key| key.manifest.chars().next());
        let expected = [None, Some(Some('1')), Some(Some('2')), Some(Some('1')), None];
        assert_eq!(["2026-10-31", "2026-11-01", "2026-11-20", "2026-11-30", "2026-12-01"].map(due), expected);
        assert_eq!(State::parse(state.render().as_bytes()), Some(state));
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let mut state = State::default();
        assert_eq!(State::parse(state.render().as_bytes()), Some(state.clone()));
        state.activate(pack('a'));
        let text = state.render();
        assert_eq!(State::parse(text.as_bytes()), Some(state));
        for bad in
            ["", "{}", &text.replace("a-pack", "../a"), &text.replace("aaaa", "AAAA"), &text.replace(": 0", ": -1")]
        {
            assert_eq!(State::parse(bad.as_bytes()), None, "{bad}");
        }
    }
}
