//! Opening the pack in a thread of its own; a pack that cannot be shown leads to a calm screen, the details to the log.

use crate::base::ids::{Id, MAX_ID_BYTES, nearest};
use crate::diagnostics::plain_text;
use crate::kiosk::exhibit::Pictures;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen};
use crate::kiosk::session::Diary;
use crate::kiosk::settings::Settings;
use crate::kiosk::trouble::Trouble;
use crate::pack::model::{Kind, Language};
use crate::pack::{self, Exhibit};
use crate::visits::Event;
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use std::sync::{Arc, Mutex, mpsc};

/// The exhibit shown, once it is open.
#[derive(Resource, Clone, Debug, Default)]
pub struct Open(Option<Arc<Exhibit>>);

impl Open {
    pub fn exhibit(&self) -> Option<&Arc<Exhibit>> {
        self.0.as_ref()
    }
}

#[derive(Resource)]
struct Opening(Mutex<mpsc::Receiver<pack::source::Opened>>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Open>()
        .add_systems(Startup, begin_opening)
        .add_systems(Update, finish_opening.run_if(resource_exists::<Opening>).before(KioskSystems::Input));
}

fn begin_opening(mut commands: Commands, settings: Res<Settings>, proxy: Option<Res<EventLoopProxyWrapper>>) {
    let (sender, receiver) = mpsc::channel();
    let folder = settings.exhibit.clone();
    let proxy = proxy.map(|p| (**p).clone());
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
    commands.insert_resource(Opening(Mutex::new(receiver)));
}

fn finish_opening(
    mut commands: Commands,
    opening: Res<Opening>,
    settings: Res<Settings>,
    mut open: ResMut<Open>,
    mut words: ResMut<Words>,
    mut pictures: ResMut<Pictures>,
    mut route: ResMut<Route>,
    mut diary: ResMut<Diary>,
    mut troubles: MessageWriter<Trouble>,
    mut asks: MessageWriter<Ask>,
) {
    let arrived = match opening.0.lock() {
        Ok(receiver) => receiver.try_recv(),
        Err(_) => Err(mpsc::TryRecvError::Disconnected),
    };
    let opened = match arrived {
        Ok(opened) => opened,
        Err(mpsc::TryRecvError::Empty) => return,
        Err(mpsc::TryRecvError::Disconnected) => pack::source::Opened::default(),
    };
    commands.remove_resource::<Opening>();
    let problems = opened.findings.into_sorted();
    if !problems.is_empty() {
        error!("{}: {} problems\n{}", settings.exhibit.display(), problems.len(), plain_text::render(&problems));
        troubles.write(Trouble("pack-problems"));
    }
    let Some(exhibit) = opened.exhibit else {
        troubles.write(Trouble("no-exhibit"));
        route.reset(Screen::Trouble);
        return;
    };
    diary.note(Event::ExhibitOpened { exhibit: exhibit.id.clone(), version: exhibit.version.clone() });
    words.offer(in_order(&settings.languages, &exhibit.languages));
    expect_pictures(&exhibit, &mut pictures);
    if let Some(wanted) = &settings.open {
        open_at(wanted, &exhibit, &mut asks);
    }
    info!("exhibit {} {} is open: {} items", exhibit.id, exhibit.version, exhibit.items.len());
    open.0 = Some(Arc::new(exhibit));
}

/// Opens the item named on the command line as a touch on it would: the way back leads home.
fn open_at(wanted: &str, exhibit: &Exhibit, asks: &mut MessageWriter<Ask>) {
    if let Some(id) = Id::new(wanted).filter(|id| exhibit.items.contains_key(id)) {
        asks.write(Ask::Begin(None));
        asks.write(Ask::OpenItem(id));
        return;
    }
    error!("--open: gói không có tư liệu “{wanted}”. · The pack has no item “{wanted}”.");
    if wanted.len() <= 2 * MAX_ID_BYTES
        && let Some(near) = nearest(wanted, exhibit.items.keys().map(Id::as_str))
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
        match &item.kind {
            Kind::Map { picture, .. } => pictures.expect(picture, false),
            Kind::Document { pages } => pages.iter().for_each(|p| pictures.expect(&p.picture, false)),
            Kind::Artefact { views, .. } => views.iter().for_each(|v| pictures.expect(v, false)),
        }
    }
}
