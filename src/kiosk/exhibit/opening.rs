//! Opening an exhibit: the pack that the store has, or the folder that was named. Either is read off the frame loop; what
//! cannot be shown leads to a calm screen, the details to the log. A kiosk without any pack shows how to get one.

use crate::base::ids::{Id, MAX_ID_BYTES, nearest};
use crate::diagnostics::plain_text;
use crate::kiosk::caretaker::{Arrived, Keeper, PackOrder, Return, Showing, Shown};
use crate::kiosk::exhibit::Pictures;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen};
use crate::kiosk::session::{Beat, Diary};
use crate::kiosk::settings::Settings;
use crate::kiosk::trouble::Trouble;
use crate::pack::model::{Item, Language};
use crate::pack::source::Opened;
use crate::pack::{self, Exhibit};
use crate::visits::Event;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, mpsc};

/// The exhibit shown, once it is open.
#[derive(Resource, Clone, Debug, Default)]
pub struct Open(Option<Arc<Exhibit>>);

impl Open {
    pub fn exhibit(&self) -> Option<&Arc<Exhibit>> {
        self.0.as_ref()
    }

    /// The item that visitors are shown first: the featured one, or else the first of the first hall.
    pub fn first_item(&self) -> Option<&Item> {
        let exhibit = self.exhibit()?;
        let in_halls = exhibit.halls.iter().flat_map(|hall| &hall.items);
        exhibit.featured.iter().chain(in_halls).find_map(|id| exhibit.items.get(id))
    }
}

/// A folder that is being read.
#[derive(Resource)]
struct Opening(Mutex<mpsc::Receiver<Opened>>);

pub(super) fn plugin(app: &mut App) {
    let watched = app.world().resource::<Settings>().watch;
    app.init_resource::<Open>().add_systems(Startup, begin_opening.run_if(move || !watched)).add_systems(
        Update,
        (finish_opening.run_if(resource_exists::<Opening>), take_from_store).before(KioskSystems::Input),
    );
}

fn begin_opening(
    mut commands: Commands,
    settings: Res<Settings>,
    keeper: Res<Keeper>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
) {
    let Some(folder) = settings.exhibit.clone() else {
        keeper.order(PackOrder::Open);
        return;
    };
    commands.insert_resource(Opening(Mutex::new(read_folder(folder, proxy.as_deref()))));
}

fn read_folder(folder: PathBuf, proxy: Option<&EventLoopProxyWrapper>) -> mpsc::Receiver<Opened> {
    let (sender, receiver) = mpsc::channel();
    let proxy = proxy.map(|proxy| (**proxy).clone());
    let spawned = std::thread::Builder::new().name("open exhibit".into()).spawn(move || {
        // A receiver that is gone means that the kiosk is closing.
        let _ = sender.send(pack::open(&folder));
        if let Some(proxy) = proxy {
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    });
    if let Err(error) = spawned {
        error!("no thread to open the exhibit: {error}");
    }
    receiver
}

/// Everything that another exhibit changes.
#[derive(SystemParam)]
pub(super) struct Stage<'w> {
    settings: Res<'w, Settings>,
    pub open: ResMut<'w, Open>,
    words: ResMut<'w, Words>,
    pictures: ResMut<'w, Pictures>,
    pub route: ResMut<'w, Route>,
    diary: ResMut<'w, Diary>,
    troubles: MessageWriter<'w, Trouble>,
    asks: MessageWriter<'w, Ask>,
}

impl Stage<'_> {
    /// Shows an exhibit that was read; false when there is nothing to show.
    pub fn show(&mut self, name: &str, opened: Opened) -> bool {
        let problems = opened.findings.into_sorted();
        if !problems.is_empty() {
            error!("{name}: {} problems\n{}", problems.len(), plain_text::render(&problems));
            self.troubles.write(Trouble("pack-problems"));
        }
        let Some(exhibit) = opened.exhibit else {
            self.troubles.write(Trouble("no-exhibit"));
            return false;
        };
        self.diary.note(Event::ExhibitOpened { exhibit: exhibit.id.clone(), version: exhibit.version.clone() });
        self.words.offer(in_order(&self.settings.languages, &exhibit.languages));
        expect_pictures(&exhibit, &mut self.pictures);
        info!("exhibit {} {} is open: {} items", exhibit.id, exhibit.version, exhibit.items.len());
        self.open.0 = Some(Arc::new(exhibit));
        true
    }

    /// Shows what was saved of the same exhibit in the place of what is shown; these files are new.
    pub fn replace(&mut self, exhibit: Exhibit, saved: &BTreeSet<PathBuf>) {
        self.pictures.renew(saved);
        self.words.offer_anew(in_order(&self.settings.languages, &exhibit.languages));
        expect_pictures(&exhibit, &mut self.pictures);
        self.open.0 = Some(Arc::new(exhibit));
    }

    /// The folder that was named on the command line or in the settings.
    pub fn name(&self) -> String {
        self.settings.exhibit.as_ref().map_or_else(String::new, |folder| folder.display().to_string())
    }

    /// Goes to the first screen, unless the people in charge are at work.
    pub fn begin_with(&mut self, screen: Screen) {
        if *self.route.current() != Screen::Staff {
            self.route.reset(screen);
        }
    }
}

fn finish_opening(mut commands: Commands, opening: Res<Opening>, mut stage: Stage) {
    let arrived = match opening.0.lock() {
        Ok(receiver) => receiver.try_recv(),
        Err(_) => Err(mpsc::TryRecvError::Disconnected),
    };
    let opened = match arrived {
        Ok(opened) => opened,
        Err(mpsc::TryRecvError::Empty) => return,
        Err(mpsc::TryRecvError::Disconnected) => Opened::default(),
    };
    commands.remove_resource::<Opening>();
    let name = stage.name();
    if stage.show(&name, opened) {
        open_where_wanted(&mut stage);
    } else {
        stage.begin_with(Screen::Trouble);
    }
}

/// Takes in what the store has to show, once no visitor is looking at something else.
fn take_from_store(
    mut arrived: ResMut<Arrived>,
    mut stage: Stage,
    mut shown: ResMut<Shown>,
    beat: Res<Beat>,
    mut is_first: Local<Option<()>>,
) {
    let Some(showing) = arrived.bypass_change_detection().hand_over(stage.route.current()) else { return };
    let Some(showing) = showing else {
        *shown = Shown::default();
        stage.begin_with(Screen::Empty);
        return;
    };
    let Showing { face, opened, on_trial, returned } = *showing;
    let name = format!("{} {}", face.key.id, face.version);
    let now = beat.moment.monotonic_millis;
    shown.begin(face, returned, on_trial, now, &stage.settings);
    match returned {
        None => {}
        Some(Return::Restarted) => _ = stage.troubles.write(Trouble("pack-not-proven")),
        Some(Return::Faulty | Return::Lost) => _ = stage.troubles.write(Trouble("pack-returned")),
    }
    stage.pictures.forget();
    if !stage.show(&name, opened) {
        stage.begin_with(Screen::Trouble);
    } else if is_first.replace(()).is_none() && stage.settings.open.is_some() {
        open_where_wanted(&mut stage);
    } else {
        stage.begin_with(Screen::Attract);
    }
}

/// Opens the item named on the command line as a touch on it would: the way back leads home.
pub(super) fn open_where_wanted(stage: &mut Stage) {
    let (Some(wanted), Some(exhibit)) = (stage.settings.open.clone(), stage.open.0.clone()) else { return };
    if let Some(id) = Id::new(&wanted).filter(|id| exhibit.items.contains_key(id)) {
        stage.asks.write(Ask::Begin(None));
        stage.asks.write(Ask::OpenItem(id));
        return;
    }
    error!("--open: gói không có tư liệu “{wanted}”. · The pack has no item “{wanted}”.");
    if wanted.len() <= 2 * MAX_ID_BYTES
        && let Some(near) = nearest(&wanted, exhibit.items.keys().map(Id::as_str))
    {
        error!("--open: có phải “{near}” không? · Did you mean “{near}”?");
    }
}

/// The exhibit's languages, those the kiosk prefers first.
fn in_order(preferred: &[String], offered: &[Language]) -> Vec<Language> {
    let mut languages = offered.to_vec();
    languages.sort_by_key(|l| preferred.iter().position(|p| *p == l.0).unwrap_or(usize::MAX));
    languages
}

/// Everything a visitor will want to see, in the order of the halls: cut once the kiosk has come to rest, so that what
/// is seen first is not kept waiting. What a visitor opens before that is cut at once.
fn expect_pictures(exhibit: &Exhibit, pictures: &mut Pictures) {
    let halls = exhibit.halls.iter().filter_map(|h| h.picture.as_ref());
    let attract = exhibit.attract.iter().flat_map(|a| [&a.night, &a.light]);
    attract.chain(halls).for_each(|picture| pictures.expect(picture, false));
    for item in exhibit.halls.iter().flat_map(|h| &h.items).filter_map(|id| exhibit.items.get(id)) {
        pictures.expect(item.cover(), true);
        item.pictures().into_iter().for_each(|picture| pictures.expect(picture, false));
    }
}
