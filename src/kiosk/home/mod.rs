//! Home with its halls, and a hall with its items: cards to touch, in pages when there are many.

mod cards;
mod hall;
mod start;

use crate::kiosk::exhibit::Open;
use crate::kiosk::language::Words;
use crate::kiosk::screens::{Ask, KioskSystems, Route, Screen};
use crate::kiosk::theme::{Brush, Look};
use bevy::prelude::*;

#[derive(Component)]
struct CardScreen;

/// The page of cards shown, from 0; starts anew on every screen.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
struct CardPage(usize);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<CardPage>()
        .add_systems(Update, turn_cards.in_set(KioskSystems::Logic))
        .add_systems(Update, build.in_set(KioskSystems::Build));
}

fn turn_cards(mut asks: MessageReader<Ask>, route: Res<Route>, mut page: ResMut<CardPage>) {
    if route.is_changed() {
        page.set_if_neq(CardPage(0));
    }
    for ask in asks.read() {
        if let Ask::TurnCards(to) = ask {
            page.set_if_neq(CardPage(*to));
        }
    }
}

fn build(
    mut commands: Commands,
    route: Res<Route>,
    look: Res<Look>,
    words: Res<Words>,
    open: Res<Open>,
    page: Res<CardPage>,
    brush: Brush,
    old: Query<Entity, With<CardScreen>>,
) {
    if !route.is_changed() && !look.is_changed() && !words.is_changed() && !open.is_changed() && !page.is_changed() {
        return;
    }
    old.iter().for_each(|e| commands.entity(e).despawn());
    let Some(exhibit) = open.exhibit() else { return };
    match route.current() {
        Screen::Home => start::draw(&mut commands, &brush, exhibit, page.0),
        Screen::Hall(id) => {
            if let Some(hall) = exhibit.hall(id) {
                hall::draw(&mut commands, &brush, exhibit, hall, page.0);
            }
        }
        _ => {}
    }
}
