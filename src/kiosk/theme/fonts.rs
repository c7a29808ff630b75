//! The bundled fonts. They live as long as the kiosk: dropping one would clear the fallback for Hán characters.

use bevy::prelude::*;
use bevy::text::FontCx;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Sans,
    SansMedium,
    SansSemiBold,
    Serif,
    SerifSemiBold,
    SerifItalic,
    SerifSemiBoldItalic,
    Han,
}

/// Handles in order of [`Face`].
#[derive(Resource, Debug)]
pub struct Fonts([Handle<Font>; 8]);

impl Fonts {
    pub fn get(&self, face: Face) -> Handle<Font> {
        self.0[face as usize].clone()
    }
}

const FILES: [&[u8]; 8] = [
    include_bytes!("../../../assets/fonts/BeVietnamPro-Regular.ttf"),
    include_bytes!("../../../assets/fonts/BeVietnamPro-Medium.ttf"),
    include_bytes!("../../../assets/fonts/BeVietnamPro-SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/SourceSerif4-Medium.ttf"),
    include_bytes!("../../../assets/fonts/SourceSerif4-SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/SourceSerif4-Italic.ttf"),
    include_bytes!("../../../assets/fonts/SourceSerif4-SemiBoldItalic.ttf"),
    include_bytes!("../../../assets/fonts/NotoSerifCJKtc-Haidang.otf"),
];

pub(super) fn plugin(app: &mut App) {
    let mut assets = app.world_mut().resource_mut::<Assets<Font>>();
    let fonts = FILES.map(|bytes| assets.add(Font::from_bytes(bytes.to_vec())));
    app.insert_resource(Fonts(fonts)).add_systems(Update, let_han_fall_back);
}

/// Tells the text engine once which family holds Hán characters; Latin faces do not.
fn let_han_fall_back(mut context: ResMut<FontCx>, mut done: Local<bool>) {
    if *done {
        return;
    }
    let Some(family) = context.collection.family_id("Noto Serif CJK TC") else { return };
    context.collection.append_fallbacks(parley::fontique::Script::from_bytes(*b"Hani"), [family].into_iter());
    *done = true;
}
