//! Who a learning record store knows the sender as: a user and a password, from a file or the environment. They never
//! stand on a command line, which every program on the machine can read, and are never shown.

use crate::base::files::read_capped;
use crate::diagnostics::cause;
use std::fmt;
use std::path::{Path, PathBuf};

/// The variables looked at when no file is named.
pub const USER_VARIABLE: &str = "HAIDANG_LRS_USER";
pub const PASSWORD_VARIABLE: &str = "HAIDANG_LRS_PASSWORD";
const MAX_FILE_BYTES: u64 = 4096;

#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}, …)", self.user)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum NoCredentials {
    #[error(
        "chưa có tên và mật khẩu: dùng --credentials TỆP hoặc đặt {USER_VARIABLE} và {PASSWORD_VARIABLE} · no user and \
         password: give --credentials FILE or set {USER_VARIABLE} and {PASSWORD_VARIABLE}"
    )]
    Missing,
    #[error("{}: không đọc được: {} · cannot be read: {}", path.display(), cause(source).vi, cause(source).en)]
    File { path: PathBuf, source: std::io::Error },
    #[error("{}: phải là một dòng `tên:mật-khẩu` · must be one line `user:password`", path.display())]
    Malformed { path: PathBuf },
    #[error(
        "{}: người khác đọc được tệp này; hãy chạy `chmod 600` · others can read this file; run `chmod 600` on it",
        path.display()
    )]
    Open { path: PathBuf },
}

/// From the file when one is named, else from the environment, given as a look-up.
pub fn read(file: Option<&Path>, variable: impl Fn(&str) -> Option<String>) -> Result<Credentials, NoCredentials> {
    let Some(path) = file else {
        let (user, password) = (variable(USER_VARIABLE), variable(PASSWORD_VARIABLE));
        let (Some(user), Some(password)) = (user, password) else { return Err(NoCredentials::Missing) };
        return of_parts(&user, &password).ok_or(NoCredentials::Missing);
    };
    let bytes =
        read_capped(path, MAX_FILE_BYTES).map_err(|source| NoCredentials::File { path: path.to_owned(), source })?;
    if is_open_to_others(path) {
        return Err(NoCredentials::Open { path: path.to_owned() });
    }
    let line = String::from_utf8(bytes).ok();
    let line = line.as_deref().map(|text| text.trim_end_matches(['\r', '\n']));
    let parts = line.and_then(|line| line.split_once(':'));
    parts
        .and_then(|(user, password)| of_parts(user, password))
        .ok_or_else(|| NoCredentials::Malformed { path: path.to_owned() })
}

fn of_parts(user: &str, password: &str) -> Option<Credentials> {
    let is_plain = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
    (is_plain(user) && is_plain(password) && !user.contains(':'))
        .then(|| Credentials { user: user.to_owned(), password: password.to_owned() })
}

fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn file(text: &str, mode: u32) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("lrs");
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("rights set");
        (dir, path)
    }

    #[test]
    fn a_file_of_one_line_that_nobody_else_reads() {
        let nothing = |_: &str| None;
        let (_dir, path) = file("so-gd:mật khẩu: dài\n", 0o600);
        let read_back = read(Some(&path), nothing).expect("read");
        assert_eq!((read_back.user.as_str(), read_back.password.as_str()), ("so-gd", "mật khẩu: dài"));
        assert!(!format!("{read_back:?}").contains("dài"));
        let (_dir, open) = file("a:b\n", 0o644);
        assert!(matches!(read(Some(&open), nothing), Err(NoCredentials::Open { .. })));
        for bad in ["", "a", ":b", "a:", "a:b\nc:d\n", "a:b\u{7}"] {
            let (_dir, path) = file(bad, 0o600);
            assert!(matches!(read(Some(&path), nothing), Err(NoCredentials::Malformed { .. })), "{bad:?}");
        }
        assert!(matches!(read(Some(Path::new("/nowhere/lrs")), nothing), Err(NoCredentials::File { .. })));
    }

    #[test]
    fn the_environment_does_without_a_file() {
        let both = |name: &str| Some(if name == USER_VARIABLE { "u" } else { "p" }.to_owned());
        assert_eq!(read(None, both).map(|c| c.password).ok().as_deref(), Some("p"));
        let one = |name: &str| (name == USER_VARIABLE).then(|| "u".to_owned());
        assert!(matches!(read(None, one), Err(NoCredentials::Missing)));
    }
}
