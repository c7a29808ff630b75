//! What names other rows: related items, the picture of a hall, the sources of a word to visitors. Looked up when all
//! rows are read.

use super::columns::Column;
use super::draft::{Draft, DraftItem, DraftSource};
use super::plain::slug;
use super::rows::{Desk, Line};
use super::shown;
use crate::base::ids;
use crate::diagnostics::Said;

type Message = (String, String);

/// Names in a cell, with `;` or line ends between them.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty())
}

/// The id of the item that a name means: its id or its title, with or without marks.
pub fn item_named(items: &[DraftItem], name: &str) -> Result<String, (Message, Said)> {
    let plain = slug(name);
    let is = |item: &&DraftItem| item.id == name || item.title.values().any(|title| slug(title) == plain);
    if let Some(item) = items.iter().find(is) {
        return Ok(item.id.clone());
    }
    let titles = items.iter().flat_map(|item| item.title.values()).map(String::as_str);
    let near = Some(name).filter(|name| name.len() < 200).and_then(|name| ids::nearest(name, titles));
    let hint = near.map_or_else(
        || Said::new("Ghi đúng tên hoặc mã của một dòng.", "Write the title or the id of a row."),
        |near| Said::new(format!("Có phải ý bạn là “{near}”?"), format!("Did you mean “{near}”?")),
    );
    let name = shown(name);
    Err(((format!("Không có tư liệu “{name}” trong bảng."), format!("The list has no item “{name}”.")), hint))
}

/// The ids of sources by their titles, and the names that lead nowhere.
pub fn sources_named(sources: &[DraftSource], text: &str) -> (Vec<String>, Vec<String>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for name in names(text) {
        let plain = slug(name);
        let is = |source: &&DraftSource| source.id == name || source.title.values().any(|title| slug(title) == plain);
        match sources.iter().find(is) {
            Some(source) => found.push(source.id.clone()),
            None => missing.push(shown(name)),
        }
    }
    (found, missing)
}

/// Related items and pictures of halls. `lines` are those of the draft's items, in their order.
pub fn link(desk: &mut Desk<'_>, lines: &[Line<'_>], draft: &mut Draft) {
    for (index, line) in lines.iter().enumerate() {
        let mut related = Vec::new();
        for name in line.get(Column::Related).into_iter().flat_map(names) {
            match item_named(&draft.items, name) {
                Ok(id) if id == draft.items[index].id => {}
                Ok(id) => related.push(id),
                Err((said, hint)) => {
                    desk.tell("item-not-found", *line, Column::Related, said, (&hint.vi, &hint.en));
                }
            }
        }
        draft.items[index].related = related;
        if let Some(name) = line.get(Column::HallImage) {
            match item_named(&draft.items, name) {
                Ok(id) => hall_picture(draft, index, &id),
                Err((said, hint)) => {
                    desk.tell("item-not-found", *line, Column::HallImage, said, (&hint.vi, &hint.en));
                }
            }
        }
    }
}

/// The first picture of an item stands for the hall of another.
fn hall_picture(draft: &mut Draft, index: usize, id: &str) {
    let picture = draft.items.iter().find(|item| item.id == id).and_then(|item| item.pages.first().cloned());
    let own = &draft.items[index].id;
    let hall = draft.halls.iter_mut().find(|hall| hall.items.contains(own));
    if let Some(hall) = hall.filter(|hall| hall.picture.is_none()) {
        hall.picture = picture;
        hall.picture_origin.clone_from(&draft.items[index].origin);
    }
}
