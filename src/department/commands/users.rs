//! `haidang-visits users`: who may see the dashboard.

use super::super::args::{Users, UsersVerb};
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use crate::base::files::read_capped;
use crate::department::dashboard::users::{Role, add, list, remove};
use std::io;
use std::path::Path;

const MAX_PASSPHRASE_BYTES: u64 = 4096;

pub fn run(args: &Users) -> Done {
    let failed = |error| Failure::of(&error);
    match &args.verb {
        UsersVerb::Add { file, name, role, unit, passphrase_file } => {
            let role = Role::new(role, unit)
                .map_err(|words| Failure { outcome: Outcome::WrongUsage, ..Failure::of(&words) })?;
            add(file, name, role, &mut || passphrase(passphrase_file.as_deref())).map_err(failed)?;
        }
        UsersVerb::Remove { file, name } => remove(file, name).map_err(failed)?,
        UsersVerb::List { file } => {
            for user in list(file).map_err(failed)? {
                screen::tell(&format!("{}  {} {}\n", user.name, user.role.word(), user.role.unit()));
            }
        }
    }
    Ok(Outcome::Good)
}

/// Asked twice at the terminal, or the first line of a file; `None` when the two differ.
fn passphrase(file: Option<&Path>) -> io::Result<Option<String>> {
    let Some(file) = file else {
        let first = rpassword::prompt_password("Mật khẩu · Passphrase: ")?;
        let second = rpassword::prompt_password("Nhập lại · Once more: ")?;
        return Ok((first == second).then_some(first));
    };
    let text = String::from_utf8(read_capped(file, MAX_PASSPHRASE_BYTES)?);
    let text = text.map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(Some(text.lines().next().unwrap_or_default().to_owned()))
}
