//! The kiosk's own key, which seals the copies of its journal. It has no passphrase, for nobody stands by at start: who
//! can read the kiosk's data folder can seal in its name, and that folder is the kiosk user's alone.

use super::seal::SealError;
use crate::base::files::read_capped;
use crate::base::ids::random_token;
use ct_codecs::{Base64, Decoder, Encoder};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The secret key, as minisign itself would keep it, in the kiosk's data folder.
pub const KEY_FILE: &str = "kiosk-key.minisign";
/// Hexadecimal digits of a kiosk's id.
const ID_DIGITS: usize = 16;
const MAX_KEY_FILE_BYTES: u64 = 4096;
const SECRET_BYTES: usize = 158;

/// A kiosk's key. It has no text form: the secret half never leaves the file.
pub struct KioskKey {
    secret: minisign::SecretKey,
    public_key: String,
    kiosk: String,
}

impl fmt::Debug for KioskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KioskKey({}, …)", self.kiosk)
    }
}

impl KioskKey {
    /// The key in this data folder, made when there is none. A file that is no key is left alone and told of: a new key
    /// would make another kiosk of this one.
    pub fn open_or_make(data: &Path) -> Result<Self, SealError> {
        let path = data.join(KEY_FILE);
        let failed = |source| SealError::File { path: path.clone(), source };
        match fs::symlink_metadata(&path) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(data).map_err(failed)?;
                let pair = minisign::KeyPair::generate_unencrypted_keypair();
                let text = pair.and_then(|pair| pair.sk.to_box(Some("haidang kiosk secret key")));
                let text = text.map_err(|_| SealError::Key { path: path.clone() })?.into_string();
                keep_first(&path, text.as_bytes()).map_err(failed)?;
            }
            Err(error) => return Err(failed(error)),
        }
        close_to_others(&path).map_err(failed)?;
        // Also after making one: if two programs began at once, both go on with the key that came first.
        let bytes = read_capped(&path, MAX_KEY_FILE_BYTES).map_err(failed)?;
        Self::read(&bytes).ok_or(SealError::Key { path })
    }

    fn read(file: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(file).ok()?;
        let mut lines = text.lines();
        lines.next().filter(|comment| comment.starts_with("untrusted comment: "))?;
        lines.next().and_then(bytes_of).filter(|bytes| bytes.len() == SECRET_BYTES)?;
        if lines.next().is_some() {
            return None;
        }
        let secret = minisign::SecretKeyBox::from(text.to_owned()).into_unencrypted_secret_key().ok()?;
        let public_key = minisign::PublicKey::from_secret_key(&secret).ok()?.to_base64();
        Some(Self { secret, kiosk: id_of(&public_key), public_key })
    }

    /// The kiosk's name in figures and on sticks.
    pub fn kiosk_id(&self) -> &str {
        &self.kiosk
    }

    /// The public half as minisign writes it, one line (`RW…`).
    pub fn public_key(&self) -> String {
        self.public_key.clone()
    }

    /// The four lines of a signature; `None` when the key cannot sign.
    pub(super) fn sign(&self, text: &str, trusted_comment: &str, untrusted_comment: &str) -> Option<String> {
        let comments = (Some(trusted_comment), Some(untrusted_comment));
        let signed = minisign::sign(None, &self.secret, text.as_bytes(), comments.0, comments.1);
        signed.ok().map(minisign::SignatureBox::into_string)
    }
}

/// The id of the kiosk with this public key.
pub fn id_of(public_key: &str) -> String {
    blake3::hash(public_key.as_bytes()).to_hex()[..ID_DIGITS].to_owned()
}

/// `None` when the text is not the one spelling of some bytes.
pub(super) fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let bytes = Base64::decode_to_vec(text, None).ok()?;
    (Base64::encode_to_string(&bytes).ok()? == text).then_some(bytes)
}

/// Writes a secret file whole and synced, unless there is one by then: that one stays.
fn keep_first(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let staging = path.with_file_name(format!("{KEY_FILE}.{}.part", random_token()));
    let written = write_secret(&staging, bytes).and_then(|()| match fs::hard_link(&staging, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // A file system without hard links.
        Err(_) if !path.exists() => fs::rename(&staging, path),
        done => done,
    });
    let removed = fs::remove_file(&staging);
    written?;
    if let Err(error) = removed
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => File::open(".")?.sync_all(),
    }
}

fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Takes the rights of others away, such as after a copy from a stick.
fn close_to_others(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = fs::metadata(path)?.permissions();
        if permissions.mode() & 0o077 != 0 {
            return fs::set_permissions(path, fs::Permissions::from_mode(0o600));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(data: &Path) -> u32 {
        fs::metadata(data.join(KEY_FILE)).expect("key file").permissions().mode() & 0o777
    }

    #[test]
    fn a_kiosk_keeps_its_key_and_nobody_else_reads_it() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let data = dir.path().join("data");
        let made = KioskKey::open_or_make(&data).expect("made");
        assert_eq!(mode(&data), 0o600);
        fs::set_permissions(data.join(KEY_FILE), fs::Permissions::from_mode(0o644)).expect("opened up");
        let again = KioskKey::open_or_make(&data).expect("opened");
        assert_eq!((made.kiosk_id(), made.public_key()), (again.kiosk_id(), again.public_key()));
        assert_eq!(mode(&data), 0o600);
        assert_eq!(made.kiosk_id().len(), 16);
        assert!(!format!("{made:?}").contains(&made.public_key()));
        assert_eq!(fs::read_dir(&data).expect("listed").count(), 1, "nothing but the key is left");
    }

    #[test]
    fn two_programs_that_begin_at_once_have_one_key() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let ids: Vec<String> = std::thread::scope(|scope| {
            let start = || KioskKey::open_or_make(dir.path()).expect("key").kiosk_id().to_owned();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads.into_iter().map(|t| t.join().expect("joined")).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }

    #[test]
    fn a_damaged_key_is_told_of_and_left_alone() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let path = dir.path().join(KEY_FILE);
        KioskKey::open_or_make(dir.path()).expect("made");
        let good = fs::read_to_string(&path).expect("read");
        let mut flipped = good.clone().into_bytes();
        let at = good.find('\n').expect("two lines") + 100;
        flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
        let encrypted = {
            let pair = minisign::KeyPair::generate_encrypted_keypair(Some("a long passphrase".into())).expect("pair");
            pair.sk.to_box(None).expect("box").into_string()
        };
        for bad in [Vec::new(), flipped, good[..40].into(), vec![0xff; 200], vec![b'a'; 5000], encrypted.into_bytes()] {
            fs::write(&path, &bad).expect("written");
            assert!(KioskKey::open_or_make(dir.path()).is_err());
            assert_eq!(fs::read(&path).expect("read"), bad);
        }
    }

    #[test]
    fn what_a_power_cut_left_half_made_is_no_key() {
        let dir = tempfile::tempdir().expect("temporary folder");
        fs::write(dir.path().join(format!("{KEY_FILE}.0123.part")), b"untrusted comm").expect("written");
        assert!(KioskKey::open_or_make(dir.path()).is_ok());
    }
}
