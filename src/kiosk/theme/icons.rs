//! Line icons by look, from `assets/icons`, white on transparent so that any token may tint them.

use bevy::asset::RenderAssetUsages;
use bevy::image::{CompressedImageFormats, ImageSampler, ImageType};
use bevy::platform::collections::HashMap;
use bevy::prelude::*;

macro_rules! icons {
    ($($name:literal),* $(,)?) => {
        const FILES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../../assets/icons/", $name, ".png")))),*];
    };
}

icons!(
    "house",
    "arrow-left",
    "arrow-right",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "chevron-down",
    "magnifier-plus",
    "wheelchair",
    "finger",
    "play",
    "pause",
    "speaker",
    "plus",
    "minus",
    "four-corners",
    "file-tick",
    "book",
    "circle-i",
    "tick-circle",
    "clock",
    "circular-arrow",
    "cross",
    "circle-question",
    "globe",
    "disc",
    "ring",
    "seal",
    "image-off",
    "captions",
    "pin",
    "tick",
    "layers",
    "eye",
    "box",
    "timeline",
    "usb",
    "shield-tick",
    "padlock",
    "padlock-open",
    "monitor",
    "bar-chart",
    "scroll",
    "triangle-bang",
    "download",
);

#[derive(Resource, Debug, Default)]
pub struct Icons(HashMap<&'static str, Handle<Image>>);

impl Icons {
    /// The icon of that look; an unknown name shows nothing.
    pub fn get(&self, name: &str) -> Handle<Image> {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

pub(super) fn plugin(app: &mut App) {
    let mut images = app.world_mut().resource_mut::<Assets<Image>>();
    let mut icons = Icons::default();
    for (name, bytes) in FILES {
        let decoded = Image::from_buffer(
            bytes,
            ImageType::Extension("png"),
            CompressedImageFormats::NONE,
            true,
            ImageSampler::linear(),
            RenderAssetUsages::RENDER_WORLD,
        );
        match decoded {
            Ok(image) => {
                icons.0.insert(name, images.add(image));
            }
            Err(error) => error!("icon {name} cannot be decoded: {error}"),
        }
    }
    app.insert_resource(icons);
}
