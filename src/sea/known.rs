//! What the gate knows by itself: every islet that has to be there, with its names and its place, and names that have
//! no place on this map. It does not come from the data that is judged by it.

use super::places::Group;

/// An islet as section 9 of the exhibit's facts has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Islet {
    pub id: &'static str,
    pub group: Group,
    pub vi: &'static str,
    pub en: &'static str,
    /// Longitude and latitude.
    pub degrees: [f64; 2],
}

const fn islet(id: &'static str, group: Group, vi: &'static str, en: &'static str, degrees: [f64; 2]) -> Islet {
    Islet { id, group, vi, en, degrees }
}

use Group::{HoangSa as H, TruongSa as T};

#[rustfmt::skip]
pub(super) const ISLETS: [Islet; 35] = [
    islet("p-phu-lam", H, "Phú Lâm", "Woody Island", [112.33, 16.834]),
    islet("p-cay", H, "Cây", "Tree Island", [112.263, 16.979]),
    islet("p-bac", H, "Đảo Bắc", "North Island", [112.302, 16.962]),
    islet("p-trung", H, "Đảo Trung (Giữa)", "Middle Island", [112.315, 16.954]),
    islet("p-nam", H, "Đảo Nam", "South Island", [112.326, 16.945]),
    islet("p-linh-con", H, "Linh Côn", "Lincoln Island", [112.731, 16.669]),
    islet("p-hon-thap", H, "Hòn Tháp", "Pyramid Rock", [112.643, 16.577]),
    islet("p-hoang-sa", H, "Đảo Hoàng Sa", "Pattle Island", [111.607, 16.53]),
    islet("p-huu-nhat", H, "Hữu Nhật", "Robert Island", [111.585, 16.503]),
    islet("p-duy-mong", H, "Duy Mộng", "Drummond Island", [111.743, 16.461]),
    islet("p-quang-hoa", H, "Quang Hòa", "Duncan Island", [111.711, 16.45]),
    islet("p-quang-anh", H, "Quang Ảnh", "Money Island", [111.508, 16.444]),
    islet("p-bach-quy", H, "Bạch Quy", "Passu Keah", [111.76, 16.05]),
    islet("p-tri-ton", H, "Tri Tôn", "Triton Island", [111.198, 15.786]),
    islet("p-da-bac", H, "Đá Bắc", "North Reef", [111.502, 17.1]),
    islet("p-go-noi", H, "Gò Nổi", "Dido Bank", [112.884, 16.818]),
    islet("p-oc-tai-voi", H, "Ốc Tai Voi", "Ốc Tai Voi Bank", [112.234, 15.734]),
    islet("p-song-tu-dong", T, "Song Tử Đông", "Northeast Cay", [114.359, 11.459]),
    islet("p-song-tu-tay", T, "Song Tử Tây", "Southwest Cay", [114.335, 11.441]),
    islet("p-thi-tu", T, "Thị Tứ", "Thitu Island", [114.277, 11.048]),
    islet("p-west-york", T, "West York", "West York Island", [115.0, 11.081]),
    islet("p-loai-ta", T, "Loại Ta", "Loaita Island", [114.414, 10.679]),
    islet("p-ba-binh", T, "Ba Bình", "Itu Aba", [114.362, 10.38]),
    islet("p-son-ca", T, "Sơn Ca", "Sand Cay", [114.464, 10.379]),
    islet("p-nam-yet", T, "Nam Yết", "Namyit Island", [114.367, 10.18]),
    islet("p-sinh-ton", T, "Sinh Tồn", "Sin Cowe Island", [114.317, 9.883]),
    islet("p-len-dao", T, "Len Đao", "Lansdowne Reef", [114.361, 9.767]),
    islet("p-co-lin", T, "Cô Lin", "Collins Reef", [114.227, 9.754]),
    islet("p-gac-ma", T, "Gạc Ma", "Johnson South Reef", [114.265, 9.697]),
    islet("p-phan-vinh", T, "Phan Vinh", "Pearson Reef", [113.694, 8.972]),
    islet("p-da-tay", T, "Đá Tây", "West Reef", [112.2, 8.85]),
    islet("p-truong-sa", T, "Đảo Trường Sa", "Spratly Island", [111.92, 8.645]),
    islet("p-da-lat", T, "Đá Lát", "Ladd Reef", [111.677, 8.666]),
    islet("p-thuyen-chai", T, "Thuyền Chài", "Barque Canada Reef", [113.3, 8.167]),
    islet("p-an-bang", T, "An Bang", "Amboyna Cay", [112.921, 7.892]),
];

pub(super) const SEA_ID: &str = "bien-dong";
pub(super) const SEA_VI: &str = "BIỂN ĐÔNG";
pub(super) const SEA_EN: &str = "EAST SEA";
pub(super) const COUNTRY_ID: &str = "viet-nam";
pub(super) const COUNTRY: &str = "Việt Nam";

/// Names of others for the archipelagos, their islets and their sea, in lower case.
const FOREIGN: [&str; 24] = [
    "xisha",
    "nansha",
    "zhongsha",
    "dongsha",
    "sansha",
    "tây sa",
    "nam sa",
    "tam sa",
    "西沙",
    "南沙",
    "中沙",
    "三沙",
    "south china sea",
    "nanhai",
    "nam hải",
    "kalayaan",
    "pag-asa",
    "pagasa",
    "yongxing",
    "taiping",
    "永興",
    "永兴",
    "太平",
    "南海",
];
/// Western names of the whole archipelagos: right in a sentence about an old map, not as a name on this one.
const WESTERN: [&str; 3] = ["paracel", "spratly", "spratlies"];

/// The word in a text that is a name of others; western names of old maps are none here.
pub(super) fn name_of_others(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    FOREIGN.into_iter().find(|word| stands_in(&lower, word))
}

/// The word in a text that names the archipelagos, an islet or the sea as others do. A verified name of an islet is
/// none, though it may hold such a word.
pub(super) fn foreign_word(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let is_islet = ISLETS.iter().any(|islet| islet.vi == text || islet.en == text);
    let words = FOREIGN.into_iter().chain(WESTERN.into_iter().filter(|_| !is_islet));
    words.into_iter().find(|word| stands_in(&lower, word))
}

/// Words of several letters stand alone: "Nam sau" is no foreign name.
fn stands_in(lower: &str, word: &str) -> bool {
    let goes_on = |at: usize| lower[at + word.len()..].starts_with(char::is_alphabetic);
    lower.match_indices(word).any(|(at, _)| !word.contains(' ') || !goes_on(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_names_are_known_and_ours_are_not_among_them() {
        for name in ["Xisha Islands", "Nansha", "西沙群岛", "South China Sea", "Spratly Islands", "Quần đảo Tây Sa"]
        {
            assert!(foreign_word(name).is_some(), "{name}");
        }
        for islet in ISLETS {
            assert_eq!((foreign_word(islet.vi), foreign_word(islet.en)), (None, None), "{}", islet.id);
        }
        for name in [SEA_VI, SEA_EN, COUNTRY, "Quần đảo Hoàng Sa", "Quần đảo Trường Sa", "Đảo Nam sau"]
        {
            assert_eq!(foreign_word(name), None, "{name}");
        }
    }
}
