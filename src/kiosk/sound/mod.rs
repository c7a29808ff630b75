//! Voices through kira, in a thread of its own: the frame loop sends wishes and reads a position. Without a sound
//! device, or on a stepped clock, a silent voice of the same length runs in its place, so that captions still do.

mod voice;

use crate::base::clock::Clock;
use crate::kiosk::screens::KioskSystems;
use crate::kiosk::session::{Beat, KioskClock};
use crate::kiosk::settings::Settings;
use crate::kiosk::trouble::Trouble;
use bevy::prelude::*;
use std::path::PathBuf;
use std::sync::mpsc;
use voice::{Told, Wish};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Playback {
    #[default]
    Stopped,
    Loading,
    Playing,
    Paused,
    /// Came to its end.
    Finished,
    /// The file cannot be played.
    Failed,
}

/// A voice that is not loaded by then never will be.
const LOADING_MILLIS: u64 = 15_000;

/// One voice at a time.
#[derive(Resource)]
pub struct Player {
    wishes: mpsc::Sender<Wish>,
    told: std::sync::Mutex<mpsc::Receiver<Told>>,
    clock: Clock,
    playback: Playback,
    /// Tells answers about the present voice from late ones about those before.
    voice: u64,
    from_millis: u64,
    /// Where the voice stood, and when by the kiosk's clock.
    anchor: (u64, u64),
    length_millis: u64,
    audible: bool,
}

impl Player {
    fn new(clock: Clock, silent: bool, volume: f64) -> Self {
        let (wishes, heard) = mpsc::channel();
        let (teller, told) = mpsc::channel();
        voice::start(heard, teller, silent || clock.is_stepped(), volume);
        Self {
            wishes,
            told: std::sync::Mutex::new(told),
            clock,
            playback: Playback::Stopped,
            voice: 0,
            from_millis: 0,
            anchor: (0, 0),
            length_millis: 0,
            audible: !silent,
        }
    }

    pub fn play(&mut self, path: PathBuf, from_millis: u64) {
        self.voice += 1;
        (self.playback, self.from_millis, self.anchor) = (Playback::Loading, from_millis, (from_millis, self.now()));
        self.wish(Wish::Play { voice: self.voice, path, from_millis });
    }

    pub fn pause(&mut self) {
        if self.playback == Playback::Playing {
            self.anchor = (self.position_millis(), self.now());
            self.playback = Playback::Paused;
            self.wish(Wish::Pause);
        }
    }

    pub fn resume(&mut self) {
        if self.playback == Playback::Paused {
            self.anchor.1 = self.now();
            self.playback = Playback::Playing;
            self.wish(Wish::Resume);
        }
    }

    pub fn stop(&mut self) {
        if self.playback != Playback::Stopped {
            self.voice += 1;
            self.playback = Playback::Stopped;
            self.wish(Wish::Stop);
        }
    }

    pub fn set_volume(&mut self, volume: f64) {
        self.wish(Wish::Volume(volume));
    }

    /// The soft tick of a touch.
    pub fn tick(&self) {
        self.wish(Wish::Tick);
    }

    pub fn playback(&self) -> Playback {
        self.playback
    }

    pub fn is_playing(&self) -> bool {
        matches!(self.playback, Playback::Playing | Playback::Loading)
    }

    /// False when there is no device to hear anything from.
    pub fn is_audible(&self) -> bool {
        self.audible
    }

    pub fn position_millis(&self) -> u64 {
        let (at, since) = self.anchor;
        match self.playback {
            Playback::Playing => (at + self.now().saturating_sub(since)).min(self.length_millis),
            Playback::Finished => self.length_millis,
            _ => at,
        }
    }

    /// Zero until the voice is loaded.
    pub fn length_millis(&self) -> u64 {
        self.length_millis
    }

    fn now(&self) -> u64 {
        self.clock.now().monotonic_millis
    }

    fn wish(&self, wish: Wish) {
        // A thread that is gone leaves the captions, which run on the clock.
        let _ = self.wishes.send(wish);
    }
}

pub(super) fn plugin(app: &mut App) {
    let clock = app.world().resource::<KioskClock>().0.clone();
    let settings = app.world().resource::<Settings>();
    let player = Player::new(clock, settings.silent, settings.volume);
    app.insert_resource(player)
        .add_systems(Update, hear_the_voice.before(KioskSystems::Input))
        .add_systems(Update, tick_on_touch.in_set(KioskSystems::Logic));
}

fn hear_the_voice(mut player: ResMut<Player>, beat: Res<Beat>, mut troubles: MessageWriter<Trouble>) {
    let player = player.bypass_change_detection();
    let now = beat.moment.monotonic_millis;
    let told: Vec<Told> = player.told.lock().map(|t| t.try_iter().collect()).unwrap_or_default();
    for told in told {
        match told {
            Told::Loaded { voice, length_millis } if voice == player.voice => {
                player.length_millis = length_millis;
                player.anchor = (player.from_millis.min(length_millis), now);
                player.playback = Playback::Playing;
            }
            Told::At { voice, millis } if voice == player.voice && player.playback == Playback::Playing => {
                player.anchor = (millis, now);
            }
            Told::Failed { voice } if voice == player.voice => {
                player.playback = Playback::Failed;
                troubles.write(Trouble("sound-unreadable"));
            }
            Told::Audible(audible) => {
                if player.audible && !audible {
                    troubles.write(Trouble("no-sound-device"));
                }
                player.audible = audible;
            }
            _ => {}
        }
    }
    if player.playback == Playback::Loading && now.saturating_sub(player.anchor.1) > LOADING_MILLIS {
        player.playback = Playback::Failed;
        troubles.write(Trouble("sound-unreadable"));
    }
    let at_end = player.playback == Playback::Playing && player.position_millis() >= player.length_millis;
    if at_end {
        player.playback = Playback::Finished;
    }
}

fn tick_on_touch(mut tapped: MessageReader<crate::kiosk::touch::Tapped>, player: Res<Player>) {
    if tapped.read().count() > 0 {
        player.tick();
    }
}
