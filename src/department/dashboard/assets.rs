//! Files that pages need, built into the program. Only what this table names can be had.

use maud::{Markup, PreEscaped};

pub struct Asset {
    pub name: &'static str,
    pub media_type: &'static str,
    pub bytes: &'static [u8],
}

macro_rules! asset {
    ($name:literal, $folder:literal, $media_type:literal) => {
        Asset {
            name: $name,
            media_type: $media_type,
            bytes: include_bytes!(concat!("../../../assets/", $folder, "/", $name)),
        }
    };
}

pub static ASSETS: [Asset; 7] = [
    asset!("dashboard.css", "dashboard", "text/css; charset=utf-8"),
    asset!("dashboard.js", "dashboard", "text/javascript; charset=utf-8"),
    asset!("BeVietnamPro-Regular.ttf", "fonts", "font/ttf"),
    asset!("BeVietnamPro-Medium.ttf", "fonts", "font/ttf"),
    asset!("BeVietnamPro-SemiBold.ttf", "fonts", "font/ttf"),
    asset!("SourceSerif4-SemiBold.ttf", "fonts", "font/ttf"),
    asset!("seal.svg", "icons/svg", "image/svg+xml"),
];

pub fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// The address of an asset; it changes with the file, so that browsers may keep it.
pub fn address(name: &str) -> String {
    let hash = find(name).map(|asset| blake3::hash(asset.bytes).to_hex()[..12].to_owned());
    format!("/static/{name}?v={}", hash.unwrap_or_default())
}

macro_rules! icon {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../assets/icons/svg/", $name, ".svg")))
    };
}

static ICONS: [(&str, &str); 16] = [
    icon!("bar-chart"),
    icon!("book"),
    icon!("chevron-left"),
    icon!("chevron-right"),
    icon!("circle-i"),
    icon!("contrast"),
    icon!("download"),
    icon!("globe"),
    icon!("magnifier"),
    icon!("monitor"),
    icon!("padlock"),
    icon!("pin"),
    icon!("printer"),
    icon!("seal"),
    icon!("tick-circle"),
    icon!("triangle-bang"),
];

/// The inner drawing of an icon, in the colour of the text around it; decoration, for a word stands beside it.
pub fn icon(name: &str) -> Markup {
    let drawing = ICONS.iter().find(|(known, _)| *known == name).map_or("", |(_, svg)| *svg);
    let coloured = drawing
        .replace("stroke=\"#fff\"", "stroke=\"currentColor\"")
        .replace("fill=\"#fff\"", "fill=\"currentColor\"")
        .replacen("<svg ", "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\" ", 1);
    PreEscaped(coloured)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_files_are_found() {
        assert!(find("dashboard.css").is_some());
        for hostile in ["../Cargo.toml", "..%2fdashboard.css", "/etc/passwd", "", "dashboard.css/"] {
            assert!(find(hostile).is_none(), "{hostile}");
        }
    }

    #[test]
    fn icons_take_the_colour_of_the_text() {
        for (name, _) in &ICONS[..] {
            let drawn = icon(name).into_string();
            assert!(drawn.starts_with("<svg class=\"icon\""), "{name}");
            assert!(!drawn.contains("#fff\""), "{name}");
        }
    }
}
