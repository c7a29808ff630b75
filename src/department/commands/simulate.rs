//! `haidang-visits simulate`: journals of kiosks that never stood anywhere.

use super::super::args::Simulate;
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use crate::base::files::read_capped;
use crate::department::simulate::{Plan, simulate};
use std::path::Path;

const MAX_ITEMS_BYTES: u64 = 4 << 20;

pub fn run(args: &Simulate) -> Done {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let items = args.items.as_deref().map(read).transpose()?;
    let (kiosks, days, seed, from) = (args.kiosks, args.days, args.seed, args.from);
    let plan = Plan { kiosks, days, out: args.out.clone(), seed, from, items, threads };
    let told = |done: usize| {
        if done.is_multiple_of(50) {
            let count = format!("{done}/{kiosks}");
            screen::note(&count, &count);
        }
    };
    let made = simulate(&plan, told).map_err(|error| Failure::of(&error))?;
    let (records, visits, megabytes) = (made.records, made.visits, made.bytes >> 20);
    let said = screen::tongue().say(
        &format!("{records} bản ghi, {visits} lượt xem, {megabytes} MiB"),
        &format!("{records} records, {visits} visits, {megabytes} MiB"),
    );
    screen::tell(&format!("{said}\n"));
    let out = args.out.display();
    let next = format!("→ haidang-visits ingest {out} --lake kho-thu --new --places {out}/places");
    screen::note(
        &format!("Danh mục địa điểm: {out}/places (province:P000)"),
        &format!("places: {out}/places (province:P000)"),
    );
    screen::note(&next, &next);
    Ok(Outcome::Good)
}

fn read(file: &Path) -> Result<String, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::cannot_read(
            format!("{}: không đọc được danh sách", file.display()),
            format!("the list cannot be read: {error}"),
        )
    };
    let bytes = read_capped(file, MAX_ITEMS_BYTES).map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}
