//! Accounts of the dashboard: who may see which units. The file is a CSV of names, roles and Argon2 hashes; the verbs
//! `haidang-visits users add|list|remove` work through the functions here. Passphrases come in through a closure and
//! are never kept or shown.

use crate::base::files::{Staged, read_capped};
use crate::base::ids::Id;
use crate::diagnostics::cause;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The shortest passphrase taken, in characters.
pub const SHORTEST_PASSPHRASE: usize = 12;
/// The longest one read, in bytes.
pub const LONGEST_PASSPHRASE: usize = 1024;
const MAX_FILE_BYTES: u64 = 4 << 20;
const HEADER: [&str; 4] = ["name", "role", "unit", "hash"];

/// What an account may see: everything, a province with all below it, or one school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Ministry,
    Province(String),
    School(String),
}

impl Role {
    /// `ministry`, `province` or `school`, with the unit's code in the gazetteer for the latter two.
    pub fn new(role: &str, unit: &str) -> Result<Self, &'static str> {
        let coded = !unit.is_empty() && unit.len() <= 64 && !unit.chars().any(|c| c.is_control() || c.is_whitespace());
        match role {
            "ministry" if unit.is_empty() => Ok(Self::Ministry),
            "ministry" => Err("vai ministry không kèm mã đơn vị · the role ministry takes no unit"),
            "province" | "school" if !coded => {
                Err("thiếu hoặc sai mã đơn vị · the unit's code is missing or malformed")
            }
            "province" => Ok(Self::Province(unit.to_owned())),
            "school" => Ok(Self::School(unit.to_owned())),
            _ => Err("vai phải là ministry, province hoặc school · the role must be ministry, province or school"),
        }
    }

    pub fn word(&self) -> &'static str {
        match self {
            Self::Ministry => "ministry",
            Self::Province(_) => "province",
            Self::School(_) => "school",
        }
    }

    pub fn unit(&self) -> &str {
        match self {
            Self::Ministry => "",
            Self::Province(unit) | Self::School(unit) => unit,
        }
    }
}

#[derive(Clone, PartialEq, Eq)]
pub struct User {
    pub name: String,
    pub role: Role,
    /// In PHC form, `$argon2id$…`.
    hash: String,
}

/// Without the hash, which nobody needs to read.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("name", &self.name).field("role", &self.role).finish_non_exhaustive()
    }
}

impl User {
    /// Changes when the passphrase or the role does; ties sessions to both.
    pub fn stamp(&self) -> [u8; 32] {
        let parts = [self.name.as_str(), self.role.word(), self.role.unit(), self.hash.as_str()];
        *blake3::hash(parts.join("\n").as_bytes()).as_bytes()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum UsersError {
    #[error("{}: không đọc được: {} · cannot be read: {}", path.display(), cause(source).vi, cause(source).en)]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: không ghi được: {} · cannot be written: {}", path.display(), cause(source).vi, cause(source).en)]
    Write { path: PathBuf, source: io::Error },
    #[error("{}", problems.join("\n"))]
    Malformed { problems: Vec<String> },
    #[error(
        "tên “{0}” phải gồm chữ thường không dấu, số và gạch nối · the name “{0}” takes a-z, 0-9 and inner hyphens"
    )]
    Name(String),
    #[error("đã có tài khoản “{0}”; muốn đổi thì xóa trước · the account “{0}” exists; remove it first to change it")]
    Exists(String),
    #[error("không có tài khoản “{0}” · there is no account “{0}”")]
    Unknown(String),
    #[error(
        "mật khẩu cần ít nhất {SHORTEST_PASSPHRASE} ký tự và không chứa tên tài khoản · \
         the passphrase needs at least {SHORTEST_PASSPHRASE} characters and must not hold the account's name"
    )]
    WeakPassphrase,
    #[error("hai lần nhập không giống nhau · the two passphrases differ")]
    PassphrasesDiffer,
    #[error("không đọc được mật khẩu: {} · the passphrase cannot be read: {}", cause(.0).vi, cause(.0).en)]
    Passphrase(io::Error),
    #[error("không băm được mật khẩu · the passphrase cannot be hashed: {0}")]
    Hash(String),
}

/// Adds an account. The closure gives the passphrase, or `None` when the person typed two different ones.
pub fn add(
    path: &Path,
    name: &str,
    role: Role,
    passphrase: &mut dyn FnMut() -> io::Result<Option<String>>,
) -> Result<(), UsersError> {
    if Id::new(name).is_none() {
        return Err(UsersError::Name(name.to_owned()));
    }
    let _only_one = lock(path)?;
    let mut users = read_if_there(path)?;
    if users.iter().any(|user| user.name == name) {
        return Err(UsersError::Exists(name.to_owned()));
    }
    let passphrase = passphrase().map_err(UsersError::Passphrase)?.ok_or(UsersError::PassphrasesDiffer)?;
    users.push(User { name: name.to_owned(), role, hash: hash(name, &passphrase)? });
    write(path, &users)
}

pub fn remove(path: &Path, name: &str) -> Result<(), UsersError> {
    let _only_one = lock(path)?;
    let mut users = read_if_there(path)?;
    let before = users.len();
    users.retain(|user| user.name != name);
    if users.len() == before {
        return Err(UsersError::Unknown(name.to_owned()));
    }
    write(path, &users)
}

pub fn list(path: &Path) -> Result<Vec<User>, UsersError> {
    let bytes =
        read_capped(path, MAX_FILE_BYTES).map_err(|source| UsersError::Read { path: path.to_owned(), source })?;
    parse(path, &bytes)
}

/// Takes as long for an account that does not exist as for one that does.
pub fn verify(user: Option<&User>, passphrase: &str) -> bool {
    // Of a random passphrase that nobody knows.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$cuhWHG/oJJPDYYwHPqAHEw$pvRJvlBCvzCyZ0uW6p4aLtlgRBw9fEV2wEMNz0cyo4Q";
    let hash = user.map_or(NOBODY, |user| user.hash.as_str());
    let right = PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(passphrase.as_bytes(), &hash).is_ok());
    right && user.is_some()
}

fn hash(name: &str, passphrase: &str) -> Result<String, UsersError> {
    let weak = passphrase.chars().count() < SHORTEST_PASSPHRASE || passphrase.to_lowercase().contains(name);
    if weak || passphrase.len() > LONGEST_PASSPHRASE {
        return Err(UsersError::WeakPassphrase);
    }
    let hashed = Argon2::default().hash_password(passphrase.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| UsersError::Hash(error.to_string()))
}

fn read_if_there(path: &Path) -> Result<Vec<User>, UsersError> {
    match list(path) {
        Err(UsersError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

/// All problems of the file at once, each with its line.
fn parse(path: &Path, bytes: &[u8]) -> Result<Vec<User>, UsersError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let (mut users, mut problems): (Vec<User>, Vec<String>) = Default::default();
    for (index, record) in reader.records().enumerate() {
        let line = record.as_ref().ok().and_then(csv::StringRecord::position).map_or(index as u64 + 1, |at| at.line());
        let checked = record.map_err(|_| "không phải CSV trong UTF-8 · no CSV in UTF-8").and_then(|record| {
            let fields: Vec<&str> = record.iter().collect();
            if index == 0 { header(&fields).map(|()| None) } else { user(&fields, &users).map(Some) }
        });
        match checked {
            Ok(user) => users.extend(user),
            Err(problem) => problems.push(format!("{}:{line}: {problem}", path.display())),
        }
    }
    if problems.is_empty() { Ok(users) } else { Err(UsersError::Malformed { problems }) }
}

fn header(fields: &[&str]) -> Result<(), &'static str> {
    (fields == HEADER)
        .then_some(())
        .ok_or("dòng đầu phải là name,role,unit,hash · the first line must be name,role,unit,hash")
}

fn user(fields: &[&str], before: &[User]) -> Result<User, &'static str> {
    let [name, role, unit, hash] = fields else {
        return Err("cần đúng bốn cột · exactly four columns are needed");
    };
    if Id::new(name).is_none() {
        return Err("tên chỉ gồm a-z, 0-9 và gạch nối · a name takes a-z, 0-9 and inner hyphens");
    }
    if before.iter().any(|user| user.name == *name) {
        return Err("tên này đã có ở trên · this name stands above already");
    }
    if !hash.starts_with("$argon2id$") || PasswordHash::new(hash).is_err() {
        return Err("cột hash không phải Argon2id · the column hash is no Argon2id");
    }
    Ok(User { name: (*name).to_owned(), role: Role::new(role, unit)?, hash: (*hash).to_owned() })
}

fn write(path: &Path, users: &[User]) -> Result<(), UsersError> {
    let failed = |source| UsersError::Write { path: path.to_owned(), source };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = users.iter().map(|user| [user.name.as_str(), user.role.word(), user.role.unit(), user.hash.as_str()]);
    for row in std::iter::once(HEADER).chain(rows) {
        writer.write_record(row).map_err(|error| failed(error.into()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.into_error()))?;
    let mut staged = Staged::beside(path).map_err(failed)?;
    keep_private(staged.file()).map_err(failed)?;
    staged.file().write_all(&bytes).map_err(failed)?;
    staged.publish().map_err(failed)
}

/// Two people adding at once would otherwise each lose the other's account.
fn lock(path: &Path) -> Result<File, UsersError> {
    let failed = |source| UsersError::Write { path: path.to_owned(), source };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    let file =
        File::options().create(true).write(true).truncate(false).open(path.with_file_name(name)).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

#[cfg(unix)]
fn keep_private(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn keep_private(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "năm mươi con thuyền";

    fn give(text: &str) -> impl FnMut() -> io::Result<Option<String>> {
        move || Ok(Some(text.to_owned()))
    }

    #[test]
    fn an_account_is_added_listed_verified_and_removed() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("users.csv");
        add(&path, "so-khanh-hoa", Role::Province("56".into()), &mut give(GOOD)).expect("added");
        add(&path, "bo", Role::Ministry, &mut give(GOOD)).expect("added");
        let users = list(&path).expect("listed");
        assert_eq!(users.len(), 2);
        assert!(verify(users.first(), GOOD));
        assert!(!verify(users.first(), "năm mươi con thuyen"));
        assert!(!verify(None, GOOD));
        assert!(!format!("{users:?}").contains("argon2"));
        assert!(matches!(add(&path, "bo", Role::Ministry, &mut give(GOOD)), Err(UsersError::Exists(_))));
        remove(&path, "bo").expect("removed");
        assert!(matches!(remove(&path, "bo"), Err(UsersError::Unknown(_))));
        assert_eq!(list(&path).expect("listed").len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_reads_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("users.csv");
        add(&path, "bo", Role::Ministry, &mut give(GOOD)).expect("added");
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn weak_and_differing_passphrases_are_refused_and_nothing_is_written() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join("users.csv");
        for weak in ["ngắn", "bo-giao-duc và thêm nữa", &"x".repeat(1025)] {
            let refused = add(&path, "bo-giao-duc", Role::Ministry, &mut give(weak));
            assert!(matches!(refused, Err(UsersError::WeakPassphrase)), "{weak}");
        }
        assert!(matches!(add(&path, "bo", Role::Ministry, &mut || Ok(None)), Err(UsersError::PassphrasesDiffer)));
        assert!(matches!(add(&path, "Bộ", Role::Ministry, &mut give(GOOD)), Err(UsersError::Name(_))));
        assert!(!path.exists());
    }

    #[test]
    fn every_problem_of_a_file_is_told_with_its_line() {
        let text = "name,role,unit,hash\nBo,ministry,,x\nbo,king,,x\nbo,ministry\n";
        let Err(UsersError::Malformed { problems }) = parse(Path::new("users.csv"), text.as_bytes()) else {
            panic!("taken");
        };
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems[0].starts_with("users.csv:2: "));
        assert!(problems[2].starts_with("users.csv:4: "));
    }

    #[test]
    fn roles_need_the_right_unit() {
        assert!(Role::new("ministry", "56").is_err());
        assert!(Role::new("school", "").is_err());
        assert!(Role::new("province", "5 6").is_err());
        assert_eq!(Role::new("school", "kh-001"), Ok(Role::School("kh-001".into())));
    }
}
