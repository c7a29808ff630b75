//! Rule: names fit their place on the smallest screen, 1280 × 800 pixels, at the plain text size.

use super::fonts::{Face, Fonts};
use super::written::Written;
use super::{Checked, Rule, Told};
use crate::diagnostics::{Said, Severity};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    code: "text-overflows",
    severity: Severity::Warning,
    paragraph: (
        "Một tên dài hơn chỗ của nó trên màn hình nhỏ nhất (1280 × 800): thẻ tư liệu trong gian, thẻ gian ở màn hình đầu, tiêu đề \
         gian, tiêu đề điểm. Tên sẽ bị cắt. Viết ngắn lại; phần còn lại để ở phần giới thiệu. Gian có nhiều tư liệu thì thẻ hẹp \
         hơn.",
        "A name is longer than its place on the smallest screen (1280 × 800): cards of items in a hall, cards of halls on the home \
         screen, a hall's heading, a point's title. It would be cut. Shorten it; what is left belongs in the description. Halls \
         with many items have narrower cards.",
    ),
    check,
};

/// Where a name stands on the compact screen: pixels as `kiosk/theme/look.rs` and the screens' sums have them.
struct Spot {
    face: Face,
    size: f32,
    width: f32,
    lines: usize,
}

/// Cards of a hall: 1208 pixels in two, three or four columns, less padding (48) and arrow (41).
const ITEM_OF_FOUR: Spot = Spot { face: Face::SerifSemiBold, size: 27.0, width: 507.0, lines: 2 };
const ITEM_OF_SIX: Spot = Spot { face: Face::SerifSemiBold, size: 27.0, width: 303.0, lines: 2 };
const ITEM_OF_MORE: Spot = Spot { face: Face::SerifSemiBold, size: 22.0, width: 201.0, lines: 3 };
/// Cards of the home screen: three columns beside the featured item.
const HALL_CARD: Spot = Spot { face: Face::SerifSemiBold, size: 22.0, width: 162.0, lines: 3 };
const HALL_HEADING: Spot = Spot { face: Face::SerifSemiBold, size: 34.0, width: 1208.0, lines: 1 };
/// The card beside a picture, 430 pixels, less padding (72), number (74) and the cross (106).
const HOTSPOT: Spot = Spot { face: Face::SansMedium, size: 19.0, width: 178.0, lines: 3 };

fn check(checked: &Checked<'_>, told: &mut Told<'_>) {
    let mut fonts = Fonts::bundled();
    let halls = checked.exhibit.into_iter().flat_map(|exhibit| &exhibit.halls);
    let beside: BTreeMap<String, usize> =
        halls.flat_map(|hall| hall.items.iter().map(|id| (format!("items/{id}.ron"), hall.items.len()))).collect();
    for written in checked.texts.all.iter().filter(|w| w.is_text) {
        let count = beside.get(&written.place.file).copied();
        for spot in spots_of(written, count) {
            let lines = fonts.lines(spot.face, &written.text, spot.width / spot.size);
            if lines > spot.lines {
                tell(written, spot, lines, told);
                break;
            }
        }
    }
}

/// The places a text stands in; `beside` counts the items of its hall.
fn spots_of(written: &Written, beside: Option<usize>) -> Vec<&'static Spot> {
    let path = written.path();
    let field = path.rsplit_once('.').map_or("", |(field, _)| field);
    match (written.place.file.as_str(), field) {
        ("exhibit.ron", "halls.title") => vec![&HALL_CARD, &HALL_HEADING],
        (_, "kind.hotspots.title" | "kind.notes.title") => vec![&HOTSPOT],
        (_, "title") => match beside {
            Some(0..=4) => vec![&ITEM_OF_FOUR],
            Some(5..=6) => vec![&ITEM_OF_SIX],
            Some(_) => vec![&ITEM_OF_MORE],
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn tell(written: &Written, spot: &Spot, lines: usize, told: &mut Told<'_>) {
    let (may, has) = (spot.lines, lines);
    told.tell(
        written.place.clone(),
        Said::new(
            format!("Trên màn hình nhỏ nhất tên này cần {has} dòng, chỗ chỉ có {may}."),
            format!("On the smallest screen this name takes {has} lines; its place has {may}."),
        ),
        Said::new("Viết tên ngắn lại.", "Shorten the name."),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::rules::written::values;

    #[test]
    fn a_title_has_the_place_its_hall_leaves() {
        let title = &values("items/a.ron", "(title: {\"vi\": \"Một\"})")[0];
        let widths = |beside| spots_of(title, beside).iter().map(|spot| spot.width).collect::<Vec<f32>>();
        assert_eq!([widths(Some(2)), widths(Some(6)), widths(Some(9))], [[507.0], [303.0], [201.0]]);
        assert!(widths(None).is_empty());
    }
}
