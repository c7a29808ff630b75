//! `--watch`: a folder that somebody is working on. A thread looks for saved files and reads the pack; what it brings
//! takes the place of what is shown, if it has no errors. Otherwise the last good state stays, and its faults are told.

use super::opening::{Stage, open_where_wanted};
use super::standing;
use crate::base::clock::rest;
use crate::base::snapshot::{Look, Snapshot, Watched, snapshot};
use crate::diagnostics::{Problem, Said, Severity, plain_text};
use crate::kiosk::replay::{Metrics, Reload};
use crate::kiosk::screens::{KioskSystems, Leaf, Screen, Sheet};
use crate::kiosk::session::Motion;
use crate::kiosk::settings::Settings;
use crate::pack::{self, source::Opened, source::Used};
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What keeps the pack, as it was last saved, from being shown. Only under `--watch` is there ever any.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    pub count: usize,
    /// Where the first one stands, and what it is.
    pub first: Option<(String, Said)>,
}

impl Faults {
    fn of(problems: &[Problem]) -> Self {
        let mut errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        let first = errors.next().map(|problem| (problem.place.to_string(), problem.message.clone()));
        Self { count: usize::from(first.is_some()) + errors.count(), first }
    }
}

/// The folder, read after a save.
struct Saved {
    opened: Opened,
    /// Written or added since the one before.
    files: Vec<PathBuf>,
    /// Absent for the first.
    reload: Option<Reload>,
}

/// The way from the watching thread, and what came and is not shown yet.
#[derive(Resource)]
struct Watching {
    saved: Mutex<mpsc::Receiver<Saved>>,
    /// Files that were saved while the pack had errors.
    waiting: BTreeSet<PathBuf>,
    /// What is shown was without errors.
    shows_good: bool,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Faults>()
        .add_systems(Startup, begin_watching)
        .add_systems(Update, take_saved.run_if(resource_exists::<Watching>).before(KioskSystems::Input));
}

fn begin_watching(mut commands: Commands, settings: Res<Settings>, proxy: Option<Res<EventLoopProxyWrapper>>) {
    let Some(folder) = settings.exhibit.clone().filter(|_| settings.watch) else { return };
    let (sender, receiver) = mpsc::channel();
    let proxy = proxy.map(|proxy| (**proxy).clone());
    let tell = move |saved| {
        let is_heard = sender.send(saved).is_ok();
        if let Some(proxy) = &proxy {
            // A loop that is gone needs no waking.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
        is_heard
    };
    if let Err(error) = std::thread::Builder::new().name("watch exhibit".into()).spawn(move || watch(&folder, tell)) {
        error!("no thread to watch the exhibit: {error}");
    }
    commands.insert_resource(Watching { saved: Mutex::new(receiver), waiting: BTreeSet::new(), shows_good: false });
}

/// Reads the folder at once, and again whenever files of the pack were saved, until nobody listens.
fn watch(folder: &Path, tell: impl Fn(Saved) -> bool) {
    let mut watched = Watched::new(snapshot(folder));
    let opened = pack::open(folder);
    let (mut used, mut noticed) = (opened.used.clone(), None);
    let mut files = Vec::new();
    let mut is_heard = tell(Saved { opened, files: Vec::new(), reload: None });
    while is_heard {
        rest(LOOK_EVERY);
        match watched.look(snapshot(folder)) {
            Look::Still => noticed = None,
            Look::Stirring => noticed = noticed.or_else(|| Some(Instant::now())),
            Look::Settled(changed) => {
                let noticed = noticed.take().unwrap_or_else(Instant::now);
                let opened = pack::open(folder);
                let concerns =
                    changed.iter().any(|file| names(&used, folder, file) || names(&opened.used, folder, file));
                used.clone_from(&opened.used);
                files.extend(changed.into_iter().filter(|file| watched.settled().contains_key(file)));
                if concerns {
                    let files = std::mem::take(&mut files);
                    let reload = Some(Reload { noticed, saved: last_written(watched.settled(), &files) });
                    is_heard = tell(Saved { opened, files, reload });
                }
            }
        }
    }
}

/// Whether the pack is made of this file. An editor's own files beside it change nothing.
fn names(used: &Used, folder: &Path, file: &Path) -> bool {
    let inner = file.strip_prefix(folder).unwrap_or(file);
    let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
    let name = parts.join("/");
    used.files.contains(&name) || used.pictures.contains(&name)
}

fn last_written(files: &Snapshot, of: &[PathBuf]) -> Option<std::time::SystemTime> {
    of.iter().filter_map(|file| Some(files.get(file)?.0)).max()
}

fn take_saved(
    mut watching: ResMut<Watching>,
    mut stage: Stage,
    (mut leaf, mut sheet): (ResMut<Leaf>, ResMut<Sheet>),
    mut faults: ResMut<Faults>,
    mut metrics: ResMut<Metrics>,
    mut motion: ResMut<Motion>,
) {
    let watching = watching.bypass_change_detection();
    let arrived: Vec<Saved> = watching.saved.lock().map(|saved| saved.try_iter().collect()).unwrap_or_default();
    let mut latest = None;
    for saved in arrived {
        watching.waiting.extend(saved.files);
        latest = Some((saved.opened, saved.reload));
    }
    let Some((opened, reload)) = latest else { return };
    motion.keep();
    let problems = opened.findings.clone().into_sorted();
    let now = Faults::of(&problems);
    let is_good = now.count == 0 && opened.exhibit.is_some();
    faults.set_if_neq(now);
    if stage.open.exhibit().is_none() {
        begin(&mut stage, opened);
        watching.waiting.clear();
        watching.shows_good = is_good;
        return;
    }
    if faults.count > 0 {
        error!("{}: {} errors\n{}", stage.name(), faults.count, plain_text::render(&problems));
    }
    if let Some(exhibit) = opened.exhibit.filter(|_| is_good || !watching.shows_good) {
        let place =
            stage.open.exhibit().map(|old| standing::Place::after(old, &exhibit, (&stage.route, &leaf, &sheet)));
        stage.replace(exhibit, &std::mem::take(&mut watching.waiting));
        if let Some(place) = place {
            stage.route.set_if_neq(place.route);
            leaf.set_if_neq(place.leaf);
            sheet.set_if_neq(place.sheet);
        }
        if let Some(reload) = reload {
            info!("what was saved is shown, {} ms after it was noticed", reload.noticed.elapsed().as_millis());
            metrics.begin_reload(reload);
        }
        watching.shows_good = is_good;
    }
}

/// Shows the first state of the folder that can be shown.
fn begin(stage: &mut Stage, opened: Opened) {
    let name = stage.name();
    if !stage.show(&name, opened) {
        stage.begin_with(Screen::Trouble);
        return;
    }
    if *stage.route.current() == Screen::Trouble {
        stage.route.reset(Screen::Attract);
    }
    open_where_wanted(stage);
}
