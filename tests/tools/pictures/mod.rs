//! Pictures of every form that is read give the pixels they hold; hostile ones end in an error, soon and in bounded
//! memory. Pictures are made here, but for two that no encoder at hand makes: `tests/data/pictures`.

mod colours;
mod forms;
mod hostile;
mod made;

use haidang::pack::tiles::rows::{Note, Rows, RowsError, notes_of, picture_size};
use std::fs;

/// A picture read to its end.
#[derive(Debug, PartialEq)]
struct Read {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
    notes: Vec<Note>,
}

/// Reads a file of these bytes. Its name says nothing, for it counts for nothing.
fn read(bytes: &[u8]) -> Result<Read, RowsError> {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("picture");
    fs::write(&path, bytes).expect("picture written");
    let mut rows = Rows::open(&path)?;
    let mut rgb = Vec::new();
    let mut row = vec![0; rows.width as usize * 3];
    for _ in 0..rows.height {
        rows.next_row(&mut row)?;
        rgb.extend_from_slice(&row);
    }
    assert!(rows.next_row(&mut row).is_err(), "a row after the last");
    assert_eq!((picture_size(&path)?, notes_of(&path)?), ((rows.width, rows.height), rows.notes.clone()));
    Ok(Read { width: rows.width, height: rows.height, rgb, notes: rows.notes })
}

/// Fails unless a picture has this size, no notes, and pixels that differ by at most `off` a channel.
fn holds(name: &str, bytes: &[u8], (width, height): (u32, u32), rgb: &[u8], off: u8) {
    let read = read(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!((read.width, read.height, &read.notes[..]), (width, height, &[][..]), "{name}");
    assert_eq!(read.rgb.len(), rgb.len(), "{name}");
    let worst = read.rgb.iter().zip(rgb).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst <= Some(off), "{name}: off by {worst:?}\n{:?}\n{rgb:?}", read.rgb);
}
