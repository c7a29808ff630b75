//! The halls of an exhibit, and whether every item stands in exactly one of them.

use super::reader::Reader;
use super::schema;
use crate::base::ids::Id;
use crate::pack::model::{Hall, Item, Statement};
use std::collections::{BTreeMap, BTreeSet};

const MAX_HALLS: usize = 24;
/// Characters of a hall's lead, in any language.
const MAX_LEAD_CHARS: usize = 60;

/// Where the halls put the items, whatever else is wrong with a hall.
struct Placing<'a> {
    /// The items that can be shown.
    items: &'a BTreeMap<Id, Item>,
    hall_ids: BTreeSet<Id>,
    /// The hall of every item that is named rightly.
    placed: BTreeMap<Id, String>,
    /// Items that a misspelt name probably means.
    meant: BTreeSet<Id>,
    /// False when some list cannot be read, for then nobody knows which items stand in no hall.
    all_read: bool,
}

pub fn lower_halls(
    reader: &mut Reader<'_>,
    values: Option<Vec<schema::Hall>>,
    items: &BTreeMap<Id, Item>,
) -> Vec<Hall> {
    let Some(values) = reader.need(values, "halls") else { return Vec::new() };
    check_count(reader, values.len());
    let unread = |left: &String| left.starts_with("halls") && (left.contains("].items") || !left.contains('.'));
    let mut placing = Placing {
        items,
        hall_ids: BTreeSet::new(),
        placed: BTreeMap::new(),
        meant: BTreeSet::new(),
        all_read: !values.is_empty() && !reader.left_out.iter().any(unread),
    };
    let mut halls = Vec::new();
    for (index, value) in values.into_iter().enumerate() {
        halls.extend(lower_hall(reader, value, &format!("halls[{index}]"), &mut placing));
    }
    if placing.all_read {
        tell_strays(reader, &placing);
    }
    halls
}

fn check_count(reader: &mut Reader<'_>, count: usize) {
    if count == 0 {
        reader.problem(
            "empty-list",
            "halls",
            ("Gói không có gian nào.".into(), "The pack has no hall.".into()),
            ("Thêm ít nhất một gian có tư liệu.", "Add at least one hall with an item."),
        );
    }
    if count > MAX_HALLS {
        reader.problem(
            "too-many",
            "halls",
            (format!("Có {count} gian."), format!("There are {count} halls.")),
            ("Tối đa 24 gian.", "At most 24 halls."),
        );
    }
}

fn lower_hall(reader: &mut Reader<'_>, value: schema::Hall, key: &str, placing: &mut Placing<'_>) -> Option<Hall> {
    reader.first_use(&mut placing.hall_ids, value.id.as_deref(), &format!("{key}.id"));
    let name = super::wording::shown(value.id.as_deref().unwrap_or(key));
    let id = reader.id(value.id, &format!("{key}.id"));
    let title = reader.text(value.title, &format!("{key}.title"));
    let lead = reader.statement(value.lead, &format!("{key}.lead"));
    if let Some(lead) = &lead {
        check_lead(reader, lead, &format!("{key}.lead"));
    }
    let picture = value.picture.and_then(|p| reader.picture(Some(p), &format!("{key}.picture")));
    let mut items = place_items(reader, value.items, &format!("{key}.items"), &name, placing);
    items.retain(|item| placing.items.contains_key(item));
    let hall = Hall { id: id?, title: title?, lead: lead?, picture, items };
    (!hall.items.is_empty()).then_some(hall)
}

fn check_lead(reader: &mut Reader<'_>, lead: &Statement, key_path: &str) {
    let longest = lead.text.0.values().map(|text| text.chars().count()).max().unwrap_or(0);
    if longest > MAX_LEAD_CHARS {
        reader.problem(
            "text-too-long",
            key_path,
            (
                format!("Lời dẫn của gian dài {longest} ký tự."),
                format!("The lead of this hall has {longest} characters."),
            ),
            ("Tối đa 60 ký tự mỗi ngôn ngữ.", "At most 60 characters a language."),
        );
    }
}

/// The items a hall names; tells those that are unknown or stand in a hall already.
fn place_items(
    reader: &mut Reader<'_>,
    listed: Option<Vec<String>>,
    key_path: &str,
    hall: &str,
    placing: &mut Placing<'_>,
) -> Vec<Id> {
    let Some(listed) = reader.need(listed, key_path) else {
        placing.all_read = false;
        return Vec::new();
    };
    if listed.is_empty() {
        reader.problem(
            "empty-list",
            key_path,
            ("Gian này không có tư liệu nào.".into(), "This hall holds no item.".into()),
            ("Thêm tư liệu hoặc bỏ gian.", "Add an item or remove the hall."),
        );
    }
    let mut named = Vec::new();
    for (index, name) in listed.into_iter().enumerate() {
        let key = format!("{key_path}[{index}]");
        let Some(id) = reader.item(name.clone(), &key) else {
            placing.meant.extend(reader.item_meant(&name).and_then(Id::new));
            continue;
        };
        if let Some(other) = placing.placed.insert(id.clone(), hall.to_owned()) {
            reader.problem(
                "item-in-two-halls",
                &key,
                (
                    format!("“{id}” đã có trong gian “{other}”."),
                    format!("“{id}” already stands in the hall “{other}”."),
                ),
                ("Mỗi tư liệu chỉ ở một gian.", "Every item stands in exactly one hall."),
            );
        }
        named.push(id);
    }
    named
}

fn tell_strays(reader: &mut Reader<'_>, placing: &Placing<'_>) {
    let item_ids = reader.pack.item_ids;
    for stray in item_ids.iter().filter(|&id| !placing.placed.contains_key(id) && !placing.meant.contains(id)) {
        reader.problem(
            "item-in-no-hall",
            "halls",
            (format!("“{stray}” không ở gian nào."), format!("“{stray}” stands in no hall.")),
            ("Thêm mã vào items của một gian hoặc bỏ tệp.", "Add its id to the items of a hall or remove the file."),
        );
    }
}
