//! Passphrases: asked at the terminal without showing them, or read from a file for scripts. Never printed.

use crate::base::files::read_capped;
use crate::organiser::args::keys::Passphrase;
use crate::organiser::screen::Screen;
use std::io::{self, Read};
use std::path::Path;

const MAX_BYTES: u64 = 4096;

/// The passphrase of a key that exists.
pub fn ask(from: &Passphrase, key: &Path, screen: Screen) -> io::Result<String> {
    match &from.passphrase_file {
        Some(file) => read(file),
        None => {
            let key = key.display();
            screen.ask_hidden(&format!("Mật khẩu của {key}"), &format!("Passphrase of {key}"))
        }
    }
}

/// One for a new key, asked twice; `None` when the two differ.
pub fn ask_twice(from: &Passphrase, key: &Path, screen: Screen) -> io::Result<Option<String>> {
    let first = ask(from, key, screen)?;
    if from.passphrase_file.is_some() {
        return Ok(Some(first));
    }
    let second = screen.ask_hidden("Nhập lại", "Once more")?;
    Ok((first == second).then_some(first))
}

fn read(file: &Path) -> io::Result<String> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes)?;
        bytes
    } else {
        read_capped(file, MAX_BYTES)?
    };
    let text = String::from_utf8(bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
