//! Widgets all screens share. They propose by [`Ask`]; whoever owns the matter decides.

use super::press::Shade;
use super::tokens::{self as t};
use super::{Face, Fonts, Icons, Look, Step};
use crate::base::ids::Id;
use crate::kiosk::exhibit::{Open, Pictures};
use crate::kiosk::language::Words;
use crate::kiosk::screens::Ask;
use crate::kiosk::touch::{Blocker, Touchable};
use crate::pack::model::{Item, Nature, Picture, Text as PackText};
use accesskit::Role;
use bevy::a11y::AccessibilityNode;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::text::{LineHeight, TextLayout};
use bevy::ui::widget::NodeImageMode;

pub type Ui<'w> = ChildSpawnerCommands<'w>;

/// Everything needed to draw a screen in the visitor's language and size.
#[derive(SystemParam)]
pub struct Brush<'w> {
    pub look: Res<'w, Look>,
    pub fonts: Res<'w, Fonts>,
    pub icons: Res<'w, Icons>,
    pub words: Res<'w, Words>,
    pub pictures: Res<'w, Pictures>,
    pub open: Res<'w, Open>,
}

/// What a button looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The one next step of a screen.
    Primary,
    Secondary,
    /// Chosen among several.
    Selected,
    /// In the dock, without a ground of its own.
    Plain,
    /// On paper.
    Outline,
    /// A dark disc with an icon alone.
    Disc,
}

pub struct Button<'a> {
    pub style: Style,
    pub icon: Option<&'a str>,
    /// Shown words; empty for an icon alone.
    pub text: &'a str,
    /// Spoken by screen readers and used by replays; the shown words when empty.
    pub label: &'a str,
    pub ask: Ask,
    pub grow: bool,
}

impl<'a> Button<'a> {
    pub fn new(style: Style, icon: impl Into<Option<&'a str>>, text: &'a str, ask: Ask) -> Self {
        Self { style, icon: icon.into(), text, label: text, ask, grow: false }
    }

    pub fn labelled(mut self, label: &'a str) -> Self {
        self.label = label;
        self
    }

    pub fn growing(mut self) -> Self {
        self.grow = true;
        self
    }
}

impl Style {
    /// Ground at rest, ground held, border, ink.
    fn colours(self) -> (Color, Color, Color, Color) {
        match self {
            Self::Primary => (t::SEAL_600, t::SEAL_700, t::CLEAR, t::ON_SEAL),
            Self::Secondary => (t::SEA_700, t::SEA_600, t::SEA_500, t::TEXT_1),
            Self::Selected => (t::PAPER_50, t::PAPER_100, t::PAPER_50, t::INK_900),
            Self::Plain => (t::CLEAR, t::SEA_700, t::CLEAR, t::TEXT_1),
            Self::Outline => (t::CLEAR, t::PAPER_100, t::INK_500, t::INK_900),
            Self::Disc => (t::INK_900, t::INK_700, t::CLEAR, t::PAPER_50),
        }
    }
}

impl Brush<'_> {
    /// A length of standard units.
    pub fn px(&self, units: f32) -> Val {
        px(self.look.space(units))
    }

    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// The pack's words in the visitor's language.
    pub fn told<'t>(&self, text: &'t PackText) -> &'t str {
        text.get(self.words.language())
    }

    pub fn text(&self, step: Step, face: Face, colour: Color, content: impl Into<String>) -> impl Bundle {
        let tight = matches!(step, Step::Display | Step::Title | Step::Heading | Step::CardTitle);
        self.set_text(step, face, colour, content, if tight { 1.22 } else { 1.42 })
    }

    /// Text of a smaller step used as a title, with a title's line height.
    pub fn text_tight(&self, step: Step, face: Face, colour: Color, content: impl Into<String>) -> impl Bundle {
        self.set_text(step, face, colour, content, 1.22)
    }

    fn set_text(&self, step: Step, face: Face, colour: Color, content: impl Into<String>, line: f32) -> impl Bundle {
        (
            Text::new(content),
            TextFont {
                font: self.fonts.get(face).into(),
                font_size: bevy::text::FontSize::Px(self.look.text(step)),
                ..default()
            },
            LineHeight::RelativeToFont(line),
            TextColor(colour),
            TextLayout::default(),
        )
    }

    pub fn icon(&self, name: &str, side: f32, colour: Color) -> impl Bundle {
        (
            Node { width: px(side), height: px(side), flex_shrink: 0.0, ..default() },
            ImageNode { image: self.icons.get(name), color: colour, image_mode: NodeImageMode::Stretch, ..default() },
        )
    }

    pub fn button(&self, ui: &mut Ui, button: Button<'_>) -> Entity {
        let (rest, held, border, ink) = button.style.colours();
        let target = self.look.target();
        let alone = button.text.is_empty();
        let disc = button.style == Style::Disc;
        let label = if button.label.is_empty() { button.text } else { button.label };
        let node = Node {
            min_height: px(target),
            min_width: px(target),
            width: if alone { px(target) } else { Val::Auto },
            flex_grow: f32::from(u8::from(button.grow)),
            flex_shrink: 0.0,
            padding: if alone { UiRect::ZERO } else { UiRect::axes(self.px(28.0), self.px(10.0)) },
            column_gap: self.px(14.0),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border: px(if border == t::CLEAR { 0.0 } else { 2.0 * self.look.unit }).all(),
            border_radius: BorderRadius::all(if disc { percent(50) } else { self.px(18.0) }),
            ..default()
        };
        ui.spawn((
            node,
            BackgroundColor(rest),
            BorderColor::all(border),
            Shade { rest, held },
            self.touchable(label, button.ask),
        ))
        .with_children(|ui| {
            if let Some(icon) = button.icon {
                let side = self.look.by_class(34.0, 30.0, 36.0);
                ui.spawn(self.icon(icon, side, ink));
            }
            if !alone {
                ui.spawn(self.text(Step::Button, Face::SansSemiBold, ink, button.text));
            }
        })
        .id()
    }

    /// Makes a node answer to fingers, keys, pads and screen readers.
    pub fn touchable(&self, label: &str, ask: Ask) -> impl Bundle {
        let mut node = accesskit::Node::new(Role::Button);
        node.set_label(label);
        (Touchable { label: label.to_owned(), ask: Some(ask) }, AccessibilityNode(node), UiTransform::default())
    }

    /// A picture that fills its node of this size in pixels, cropped to its shape about the middle.
    pub fn cover(&self, picture: &Picture, node: Vec2) -> (Node, ImageNode) {
        let shape = node.x / node.y;
        // What is cropped away is longer than the node.
        let own = picture.size.0 as f32 / picture.size.1.max(1) as f32;
        let longest = (node.x.max(node.y * own)).max((node.x / own).max(node.y));
        let (size, handle) = self.pictures.preview(picture, longest);
        let (width, height) = (size.x, size.y);
        let (crop_width, crop_height) =
            if width / height > shape { (height * shape, height) } else { (width, width / shape) };
        let rect = Rect::from_center_size(size / 2.0, Vec2::new(crop_width, crop_height));
        (
            Node { width: percent(100), height: percent(100), ..default() },
            ImageNode { image: handle, rect: Some(rect), image_mode: NodeImageMode::Stretch, ..default() },
        )
    }

    /// The whole picture, stretched over its node, which has the picture's own shape and is so many pixels long.
    pub fn whole(&self, picture: &Picture, longest: f32) -> impl Bundle {
        let (_, handle) = self.pictures.preview(picture, longest);
        ImageNode { image: handle, image_mode: NodeImageMode::Stretch, ..default() }
    }

    /// The name and date of an item, on a plate of its own over a picture.
    pub fn name_plate(&self, ui: &mut Ui, place: Node, item: &Item) {
        let plate = Node {
            flex_direction: FlexDirection::Column,
            padding: UiRect::axes(self.px(28.0), self.px(18.0)),
            border_radius: BorderRadius::all(self.px(18.0)),
            ..place
        };
        ui.spawn((plate, BackgroundColor(t::PAPER_50), floating(&self.look), Blocker)).with_children(|ui| {
            // A small screen keeps its room for the picture.
            let compact = self.look.class == super::Class::Compact;
            let (name, date) = if compact { (Step::Reading, Step::Smallest) } else { (Step::CardTitle, Step::Label) };
            ui.spawn(self.text_tight(name, Face::SerifSemiBold, t::INK_900, self.told(&item.title)));
            let mut line = self.told(&item.date.text).to_owned();
            if item.cover().nature == Nature::Drawing {
                line = format!("{line} ({})", self.say("drawing"));
            }
            ui.spawn(self.text(date, Face::Sans, t::INK_700, line));
        });
    }

    /// The title of the first source, for the row that leads to it.
    pub fn source_title(&self, sources: &[Id]) -> String {
        let first = sources.first().and_then(|id| self.open.exhibit()?.sources.get(id));
        first.map_or_else(String::new, |source| self.told(&source.title).to_owned())
    }

    /// The door from a statement to its sources.
    pub fn source_row(&self, ui: &mut Ui, title: &str, ask: Ask) {
        let caption = self.say("source-of-this");
        let label = format!("{caption}: {title}");
        let node = Node {
            width: percent(100),
            min_height: px(self.look.target()),
            padding: UiRect::axes(self.px(22.0), self.px(10.0)),
            column_gap: self.px(20.0),
            align_items: AlignItems::Center,
            border: px(2.0 * self.look.unit).all(),
            border_radius: BorderRadius::all(self.px(16.0)),
            flex_shrink: 0.0,
            ..default()
        };
        let shade = Shade { rest: t::PAPER_0, held: t::PAPER_100 };
        ui.spawn((
            node,
            BackgroundColor(t::PAPER_0),
            BorderColor::all(t::PAPER_300),
            shade,
            self.touchable(&label, ask),
        ))
        .with_children(|ui| {
            ui.spawn(self.icon("file-tick", self.look.space(38.0), t::JADE_700));
            let words = Node { flex_direction: FlexDirection::Column, flex_grow: 1.0, flex_basis: px(0), ..default() };
            ui.spawn(words).with_children(|ui| {
                ui.spawn(self.text(Step::Smallest, Face::Sans, t::INK_500, caption));
                ui.spawn(self.text(Step::Label, Face::SansSemiBold, t::INK_900, title));
            });
            ui.spawn(self.icon("chevron-right", self.look.space(34.0), t::INK_900));
        });
    }

    /// The bar at the lower edge: home and back, the screen's own tools, then language and support.
    pub fn dock(&self, ui: &mut Ui, tools: impl FnOnce(&mut Ui)) {
        let compact = self.look.class != super::Class::Standard;
        let node = Node {
            width: percent(100),
            height: px(self.look.dock_height()),
            padding: UiRect::horizontal(self.px(if compact { 16.0 } else { 40.0 })),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::SpaceBetween,
            column_gap: self.px(12.0),
            flex_shrink: 0.0,
            ..default()
        };
        ui.spawn((node, BackgroundColor(t::SEA_950), Blocker)).with_children(|ui| {
            let side =
                || Node { column_gap: self.px(8.0), align_items: AlignItems::Center, flex_shrink: 0.0, ..default() };
            let worded = |key: &str| if self.look.is_portrait() { String::new() } else { self.say(key) };
            ui.spawn(side()).with_children(|ui| {
                let (home, back) = (self.say("home"), self.say("back"));
                self.button(ui, Button::new(Style::Plain, "house", &worded("home"), Ask::Home).labelled(&home));
                self.button(ui, Button::new(Style::Plain, "arrow-left", &worded("back"), Ask::Back).labelled(&back));
            });
            ui.spawn(side()).with_children(tools);
            ui.spawn(side()).with_children(|ui| {
                let support = self.say("support");
                let short = if self.look.class == super::Class::Standard { support.clone() } else { String::new() };
                self.button(ui, Button::new(Style::Plain, "wheelchair", &short, Ask::OpenSupport).labelled(&support));
            });
        });
    }
}

/// The node every screen hangs on: the whole window, one column.
pub fn screen_node() -> Node {
    Node {
        position_type: PositionType::Absolute,
        width: percent(100),
        height: percent(100),
        flex_direction: FlexDirection::Column,
        ..default()
    }
}

/// The shadow of a card that floats.
pub fn floating(look: &Look) -> BoxShadow {
    if look.frugal {
        return BoxShadow::default();
    }
    BoxShadow::new(t::SHADOW, px(0), px(10.0 * look.unit), px(0), px(34.0 * look.unit))
}
