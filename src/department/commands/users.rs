//! `haidang-visits users`: who may see the dashboard.

use super::super::args::{Users, UsersVerb};
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::{office, question};
use crate::base::files::read_capped;
use crate::department::dashboard::users::{Role, add, list, remove};
use crate::department::figures::{Level, Words};
use std::io;
use std::path::Path;

const MAX_PASSPHRASE_BYTES: u64 = 4096;

pub fn run(args: &Users) -> Done {
    let failed = |error| Failure::of(&error);
    match &args.verb {
        UsersVerb::Add { file, name, role, unit, places, passphrase_file } => {
            let role = Role::new(role, unit.as_deref().unwrap_or_default())
                .map_err(|words| Failure { outcome: Outcome::WrongUsage, ..Failure::of(&words) })?;
            let sees = sees(&role, places.as_deref())?;
            add(file, name, role, &mut || passphrase(passphrase_file.as_deref())).map_err(failed)?;
            let place = file.display();
            screen::tell(&format!(
                "{place}: đã thêm tài khoản {name}, {} · account {name} added, {}\n",
                sees.vi, sees.en
            ));
        }
        UsersVerb::Remove { file, name } => {
            remove(file, name).map_err(failed)?;
            screen::tell(&format!("{}: đã xóa tài khoản {name} · account {name} removed\n", file.display()));
        }
        UsersVerb::List { file } => {
            for user in list(file).map_err(failed)? {
                screen::tell(&format!("{}  {} {}\n", user.name, user.role.word(), user.role.unit()));
            }
        }
    }
    Ok(Outcome::Good)
}

/// What an account of this role sees. A code that the gazetteer does not have is refused; without a gazetteer nobody
/// can tell.
fn sees(role: &Role, places: Option<&Path>) -> Result<Words, Failure> {
    let level = match role {
        Role::Ministry => {
            return Ok(Words { vi: "xem được mọi nơi".to_owned(), en: "sees everything".to_owned() });
        }
        Role::Province(_) => Level::Province,
        Role::School(_) => Level::School,
    };
    let code = role.unit();
    let Some(folder) = places else {
        return Ok(Words {
            vi: format!("xem được {}:{code} (mã chưa kiểm tra: thêm --places THƯ-MỤC)", role.word()),
            en: format!("sees {}:{code} (code not checked: add --places DIR)", role.word()),
        });
    };
    let places = office::places(Some(folder))?;
    let unit = question::unit_of(level, code, office::today()?, &places)?;
    if unit.code != code {
        return Err(Failure::wrong_usage(
            format!("--unit {code}: mã đúng là {}", unit.code),
            format!("the code is written {}", unit.code),
        ));
    }
    Ok(Words { vi: format!("xem được {}", unit.name.vi), en: format!("sees {}", unit.name.en) })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/places")
    }

    #[test]
    fn an_unknown_unit_of_an_account_is_refused_where_the_places_are_given_and_else_told_as_not_checked() {
        // The example's school is there on every day from September 2020 on.
        let school = |code: &str| Role::School(code.to_owned());
        assert!(sees(&school("MS-001"), Some(&example())).expect("known").vi.contains("THCS mẫu Cát Vàng"));
        let failure = sees(&school("MS-OO1"), Some(&example())).expect_err("unknown");
        assert!(failure.vi.contains("school:MS-OO1") && failure.outcome == Outcome::WrongUsage, "{failure:?}");
        assert!(sees(&school("MS-OO1"), None).expect("not checked").vi.contains("chưa kiểm tra"));
    }
}
