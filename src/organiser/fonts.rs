//! The fonts of plates and catalogues: the same files in which the kiosk shows its texts.

pub const ALL: [&[u8]; 9] = [
    include_bytes!("../../assets/fonts/BeVietnamPro-Regular.ttf"),
    include_bytes!("../../assets/fonts/BeVietnamPro-Medium.ttf"),
    include_bytes!("../../assets/fonts/BeVietnamPro-SemiBold.ttf"),
    include_bytes!("../../assets/fonts/BeVietnamPro-Italic.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-Medium.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-SemiBold.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-Italic.ttf"),
    include_bytes!("../../assets/fonts/SourceSerif4-SemiBoldItalic.ttf"),
    include_bytes!("../../assets/fonts/NotoSerifCJKtc-Haidang.otf"),
];
