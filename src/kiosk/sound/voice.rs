//! The sound thread: opens the device, decodes voices, plays them, and opens the device again when it went away.

use bevy::log::{error, warn};
use kira::sound::PlaybackState;
use kira::sound::static_sound::{StaticSoundData, StaticSoundHandle};
use kira::{AudioManager, AudioManagerSettings, Decibels, DefaultBackend, Tween};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

pub enum Wish {
    Play { voice: u64, path: PathBuf, from_millis: u64 },
    Pause,
    Resume,
    Stop,
    Volume(f64),
    Tick,
}

pub enum Told {
    Loaded { voice: u64, length_millis: u64 },
    At { voice: u64, millis: u64 },
    Failed { voice: u64 },
    Audible(bool),
}

/// How often the position of a playing voice is told.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// A voice whose position stands still so long while it should play has lost its device.
const HEARTBEAT: Duration = Duration::from_secs(2);
/// A missing device is looked for this often.
const RETRY: Duration = Duration::from_secs(10);

const TICK: &[u8] = include_bytes!("../../../assets/sounds/tick.wav");

pub fn start(wishes: Receiver<Wish>, teller: Sender<Told>, silent: bool, volume: f64) {
    let spawned = std::thread::Builder::new().name("sound".into()).spawn(move || {
        Booth { teller, silent, volume, manager: None, tried: None, tick: None, playing: None }.run(&wishes);
    });
    if let Err(error) = spawned {
        error!("no thread for sound: {error}");
    }
}

struct Playing {
    voice: u64,
    handle: StaticSoundHandle,
    path: PathBuf,
    moved: (f64, Instant),
}

struct Booth {
    teller: Sender<Told>,
    silent: bool,
    volume: f64,
    manager: Option<AudioManager<DefaultBackend>>,
    tried: Option<Instant>,
    tick: Option<StaticSoundData>,
    playing: Option<Playing>,
}

impl Booth {
    fn run(&mut self, wishes: &Receiver<Wish>) {
        loop {
            let wish = if self.playing.is_some() {
                wishes.recv_timeout(TELL_EVERY)
            } else {
                wishes.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match wish {
                Ok(wish) => self.follow(wish),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.watch();
        }
    }

    fn follow(&mut self, wish: Wish) {
        match wish {
            Wish::Play { voice, path, from_millis } => self.play(voice, path, from_millis),
            Wish::Pause => self.with_handle(|handle| handle.pause(quick())),
            Wish::Resume => self.with_handle(|handle| handle.resume(quick())),
            Wish::Stop => {
                self.with_handle(|handle| handle.stop(quick()));
                self.playing = None;
            }
            Wish::Volume(volume) => self.volume = volume,
            Wish::Tick => self.play_tick(),
        }
    }

    fn with_handle(&mut self, act: impl FnOnce(&mut StaticSoundHandle)) {
        if let Some(playing) = &mut self.playing {
            act(&mut playing.handle);
            playing.moved.1 = Instant::now();
        }
    }

    fn play(&mut self, voice: u64, path: PathBuf, from_millis: u64) {
        self.with_handle(|handle| handle.stop(quick()));
        self.playing = None;
        let data = match StaticSoundData::from_file(&path) {
            Ok(data) => data,
            Err(error) => {
                error!("{}: {error}", path.display());
                self.tell(Told::Failed { voice });
                return;
            }
        };
        let length_millis = u64::try_from(data.duration().as_millis()).unwrap_or(u64::MAX);
        self.play_data(voice, path, data, from_millis);
        self.tell(Told::Loaded { voice, length_millis });
    }

    fn play_data(&mut self, voice: u64, path: PathBuf, data: StaticSoundData, from_millis: u64) {
        let volume = decibels(self.volume);
        let Some(manager) = self.device() else { return };
        let from_seconds = from_millis as f64 / 1000.0;
        match manager.play(data.start_position(from_seconds).volume(volume)) {
            Ok(handle) => self.playing = Some(Playing { voice, handle, path, moved: (from_seconds, Instant::now()) }),
            Err(error) => warn!("a voice cannot be played: {error}"),
        }
    }

    fn play_tick(&mut self) {
        if self.silent {
            return;
        }
        if self.tick.is_none() {
            self.tick = StaticSoundData::from_cursor(Cursor::new(TICK)).ok();
        }
        let volume = decibels(self.volume);
        let tick = self.tick.clone();
        if let (Some(tick), Some(manager)) = (tick, self.device())
            && let Err(error) = manager.play(tick.volume(volume))
        {
            warn!("the touch sound cannot be played: {error}");
        }
    }

    /// The sound device, opened when it is first needed and looked for again from time to time.
    fn device(&mut self) -> Option<&mut AudioManager<DefaultBackend>> {
        let due = self.tried.is_none_or(|tried| tried.elapsed() > RETRY);
        if self.manager.is_none() && !self.silent && due {
            self.tried = Some(Instant::now());
            match AudioManager::new(AudioManagerSettings::default()) {
                Ok(manager) => self.manager = Some(manager),
                Err(error) => warn!("no sound device, captions only: {error}"),
            }
            self.tell(Told::Audible(self.manager.is_some()));
        }
        self.manager.as_mut()
    }

    /// Tells where the voice is; a voice that stands still has lost its device, which is then opened anew.
    fn watch(&mut self) {
        let Some(playing) = &mut self.playing else { return };
        let position = playing.handle.position();
        let (voice, millis) = (playing.voice, (position * 1000.0) as u64);
        match playing.handle.state() {
            PlaybackState::Stopped => self.playing = None,
            PlaybackState::Playing if position > playing.moved.0 => {
                playing.moved = (position, Instant::now());
                self.tell(Told::At { voice, millis });
            }
            PlaybackState::Playing if playing.moved.1.elapsed() > HEARTBEAT => {
                let path = playing.path.clone();
                warn!("the sound device stopped answering and is opened again");
                self.restart(voice, &path, millis);
            }
            _ => {}
        }
    }

    fn restart(&mut self, voice: u64, path: &Path, millis: u64) {
        (self.playing, self.manager, self.tried) = (None, None, None);
        if let Ok(data) = StaticSoundData::from_file(path) {
            self.play_data(voice, path.to_owned(), data, millis);
        }
    }

    fn tell(&self, told: Told) {
        // A kiosk that is gone hears nothing.
        let _ = self.teller.send(told);
    }
}

fn quick() -> Tween {
    Tween { duration: Duration::from_millis(30), ..Tween::default() }
}

/// Loudness for a volume of 0 to 1.
fn decibels(volume: f64) -> Decibels {
    if volume <= 0.0 { Decibels::SILENCE } else { Decibels((20.0 * volume.log10()) as f32) }
}
