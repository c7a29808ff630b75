//! What the items of a list are called: by their own ids, or by ids made of their titles. Two rows never share one.

use super::columns::Column;
use super::plain::{free_id, slug};
use super::rows::{Desk, Line};
use super::words::{self, ItemKind, KINDS};
use super::{cells, shown};
use crate::base::ids::Id;
use std::collections::{BTreeMap, BTreeSet};

/// An id for every row: its own, or made from its title.
pub fn ids_of(desk: &mut Desk<'_>, lines: &[Line<'_>]) -> Vec<String> {
    let mut taken: BTreeSet<String> = lines.iter().filter_map(|l| l.get(Column::Id)).map(str::to_owned).collect();
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    let mut ids = Vec::new();
    for line in lines {
        let titles = [Column::TitleVi, Column::TitleEn].map(|column| line.get(column));
        desk.names.extend(titles.into_iter().flatten().map(slug).filter(|name| !name.is_empty()));
        let own = line.get(Column::Id);
        let first = own.and_then(|own| given.get(own).copied());
        let id = match own.filter(|own| Id::new(own).is_some() && first.is_none()) {
            Some(own) => own.to_owned(),
            None => made(desk, *line, &taken),
        };
        match own {
            Some(own) if own != id => tell(desk, *line, (own, &id), first),
            _ => {}
        }
        if !desk.stand_ins.contains(&id) {
            desk.names.insert(id.clone());
        }
        taken.insert(id.clone());
        for name in own.into_iter().chain([id.as_str()]) {
            given.entry(name.to_owned()).or_insert(line.row.number);
        }
        ids.push(id);
    }
    ids
}

/// An id made of what stands in the row.
fn made(desk: &mut Desk<'_>, line: Line<'_>, taken: &BTreeSet<String>) -> String {
    let told = [Column::Id, Column::TitleVi, Column::TitleEn].map(|column| line.get(column));
    let name = told.into_iter().flatten().next().unwrap_or_default();
    let prefix = line.get(Column::Kind).and_then(|kind| words::meaning(kind, &KINDS)).map_or("item", ItemKind::prefix);
    let id = free_id(name, prefix, taken);
    if id != free_id(name, prefix, &BTreeSet::new()) {
        desk.stand_ins.insert(id.to_string());
    }
    id.to_string()
}

/// `first` is the row that has the id already.
fn tell(desk: &mut Desk<'_>, line: Line<'_>, (own, id): (&str, &str), first: Option<usize>) {
    let own = shown(own);
    let Some(first) = first else {
        let said = (
            format!("Mã “{own}” không hợp lệ; thay bằng “{id}”."),
            format!("The id “{own}” is not valid; “{id}” stands for it."),
        );
        let hint =
            ("Dùng chữ thường không dấu, số và gạch nối.", "Use lower-case letters without marks, digits and hyphens.");
        return desk.tell("id-changed", line, Column::Id, said, hint);
    };
    let column = line.columns.get(&Column::Id).map_or(1, |(number, _)| *number);
    let (there, here) = (cells::named(first, column, ""), cells::named(line.row.number, column, ""));
    let said = (
        format!("Mã “{own}” có ở cả hai ô {there} và {here}; ảnh và âm thanh tên như mã này thuộc về dòng {first}."),
        format!("The id “{own}” stands in both {there} and {here}; files called like it belong to row {first}."),
    );
    let hint = (
        "Mỗi tư liệu một mã: sửa hoặc xóa mã ở một trong hai dòng.",
        "Every item has an id of its own: change it or leave it empty in one of the two rows.",
    );
    desk.tell("id-twice", line, Column::Id, said, hint);
}
