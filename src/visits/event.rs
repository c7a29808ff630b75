//! What a kiosk may note about a visit. Every field is an id of the exhibit, a number or a fixed word.

use crate::base::ids::Id;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The visitor chose to finish.
    Finished,
    /// Nobody touched the screen any more.
    Idle,
    /// The kiosk was stopped.
    Stopped,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    KioskStarted {
        version: String,
    },
    ExhibitOpened {
        exhibit: Id,
        version: String,
    },
    VisitStarted,
    VisitEnded {
        how: Ending,
        millis: u64,
    },
    ScreenOpened {
        screen: &'static str,
    },
    ScreenLeft {
        screen: &'static str,
        dwell_millis: u64,
    },
    ItemOpened {
        item: Id,
    },
    ItemLeft {
        item: Id,
        dwell_millis: u64,
    },
    /// Deepest zoom reached on an item, in screen pixels for 100 pixels of the picture.
    ZoomReached {
        item: Id,
        percent: u64,
    },
    HotspotOpened {
        item: Id,
        hotspot: Id,
    },
    /// A map was compared with today's sea or with others; how, as a fixed word.
    MapCompared {
        item: Id,
        how: &'static str,
    },
    /// Pages and lines count from 1.
    PageTurned {
        item: Id,
        page: u64,
    },
    LineTouched {
        item: Id,
        line: u64,
    },
    NarrationStarted {
        item: Id,
        language: String,
    },
    NarrationFinished {
        item: Id,
        language: String,
    },
    NarrationStopped {
        item: Id,
        language: String,
        at_millis: u64,
    },
    LanguageChosen {
        language: String,
    },
    SourceOpened {
        source: Id,
    },
    Trouble {
        code: &'static str,
    },
    /// Records that could not be kept, such as while the disk was full.
    Lost {
        records: u64,
    },
}

/// The columns of the journal that an event fills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub kind: &'static str,
    pub subject: String,
    pub detail: String,
    pub amount: u64,
}

/// Every kind of record, as written in the journal.
pub const KINDS: [&str; 20] = [
    "kiosk-started",
    "exhibit-opened",
    "visit-started",
    "visit-ended",
    "screen-opened",
    "screen-left",
    "item-opened",
    "item-left",
    "zoom-reached",
    "hotspot-opened",
    "map-compared",
    "page-turned",
    "line-touched",
    "narration-started",
    "narration-finished",
    "narration-stopped",
    "language-chosen",
    "source-opened",
    "trouble",
    "lost",
];

impl Event {
    pub fn columns(&self) -> Columns {
        let plain = |kind| Columns { kind, ..Columns::default() };
        let about = |kind, subject: &str| Columns { kind, subject: subject.to_owned(), ..Columns::default() };
        match self {
            Self::KioskStarted { version } => Columns { detail: word(version), ..plain("kiosk-started") },
            Self::ExhibitOpened { exhibit, version } => {
                Columns { detail: word(version), ..about("exhibit-opened", exhibit.as_str()) }
            }
            Self::VisitStarted => plain("visit-started"),
            Self::VisitEnded { how, millis } => {
                Columns { detail: ending_word(*how).to_owned(), amount: *millis, ..plain("visit-ended") }
            }
            Self::ScreenOpened { screen } => about("screen-opened", screen),
            Self::ScreenLeft { screen, dwell_millis } => {
                Columns { amount: *dwell_millis, ..about("screen-left", screen) }
            }
            Self::ItemOpened { item } => about("item-opened", item.as_str()),
            Self::ItemLeft { item, dwell_millis } => {
                Columns { amount: *dwell_millis, ..about("item-left", item.as_str()) }
            }
            Self::ZoomReached { item, percent } => Columns { amount: *percent, ..about("zoom-reached", item.as_str()) },
            Self::HotspotOpened { item, hotspot } => {
                Columns { detail: hotspot.as_str().to_owned(), ..about("hotspot-opened", item.as_str()) }
            }
            Self::MapCompared { item, how } => {
                Columns { detail: (*how).to_owned(), ..about("map-compared", item.as_str()) }
            }
            Self::PageTurned { item, page } => Columns { amount: *page, ..about("page-turned", item.as_str()) },
            Self::LineTouched { item, line } => Columns { amount: *line, ..about("line-touched", item.as_str()) },
            Self::NarrationStarted { item, language } => {
                Columns { detail: word(language), ..about("narration-started", item.as_str()) }
            }
            Self::NarrationFinished { item, language } => {
                Columns { detail: word(language), ..about("narration-finished", item.as_str()) }
            }
            Self::NarrationStopped { item, language, at_millis } => {
                Columns { detail: word(language), amount: *at_millis, ..about("narration-stopped", item.as_str()) }
            }
            Self::LanguageChosen { language } => Columns { detail: word(language), ..plain("language-chosen") },
            Self::SourceOpened { source } => about("source-opened", source.as_str()),
            Self::Trouble { code } => about("trouble", code),
            Self::Lost { records } => Columns { amount: *records, ..plain("lost") },
        }
    }
}

fn ending_word(how: Ending) -> &'static str {
    match how {
        Ending::Finished => "finished",
        Ending::Idle => "idle",
        Ending::Stopped => "stopped",
    }
}

/// Versions and language tags: what is no letter, digit, dot or hyphen is left out, and length is capped.
fn word(text: &str) -> String {
    text.chars()
        .map(|c| c.to_ascii_lowercase())
        .filter(|c| c.is_ascii_alphanumeric() || ".-+".contains(*c))
        .take(40)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_nothing_but_versions_and_tags() {
        assert_eq!(word("0.1.0-Beta+3"), "0.1.0-beta+3");
        assert_eq!(word("Nguyễn Văn A"), "nguynvna");
    }
}
