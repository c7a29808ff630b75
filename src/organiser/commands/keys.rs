//! `haidang-pack keys`: makes keys, and keeps the ring of those that count.

use crate::base::files::Staged;
use crate::organiser::args::keys::{KeyVerb, Keys, ListKeys, NewKey, Revoke, Trust, Vouch};
use crate::organiser::failure::{Done, Failure};
use crate::organiser::key_files::{no_key, no_statement, ring, secret_key, text, write};
use crate::organiser::screen::Screen;
use crate::organiser::today::today;
use crate::organiser::{Outcome, passphrase};
use crate::pack::signing::keys::{self, MAX_KEY_FILE_BYTES};
use crate::pack::signing::revocation::{Admitted, RevocationList, Revoked};
use crate::pack::signing::statement::MAX_STATEMENT_BYTES;
use crate::pack::signing::vouch::Vouching;
use crate::pack::signing::{KeyId, PublicKey, Ring};
use serde_json::{Value, json};
use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

pub fn run(args: &Keys, screen: Screen) -> Done {
    match &args.verb {
        KeyVerb::New(new) => make(new, screen),
        KeyVerb::List(list) => show(list, screen),
        KeyVerb::Trust(trust) => take_in(trust, screen),
        KeyVerb::Vouch(vouch) => vouch_for(vouch, screen),
        KeyVerb::Revoke(revoke) => take_back(revoke, screen),
    }?;
    Ok(Outcome::Clean)
}

fn make(args: &NewKey, screen: Screen) -> Result<(), Failure> {
    let public_path = args.out.with_extension("pub");
    if args.out == public_path {
        return problem(&args.out, "Khóa bí mật không mang tên .pub.", "A secret key is not called .pub.");
    }
    for path in [&args.out, &public_path] {
        if path.symlink_metadata().is_ok() {
            return problem(path, "Tệp đã có, không ghi đè lên khóa.", "It exists; no key is overwritten.");
        }
    }
    let passphrase = passphrase::ask_twice(&args.passphrase, &args.out, screen);
    let passphrase = passphrase.map_err(|error| Failure::of_file(&args.out, &error))?;
    let Some(passphrase) = passphrase else {
        return problem(&args.out, "Hai lần nhập không giống nhau.", "The two passphrases differ.");
    };
    let key = keys::generate(&args.name, &passphrase).map_err(|error| no_key(&args.out, error))?;
    write_secret(&args.out, &key.secret_text).map_err(|error| Failure::of_file(&args.out, &error))?;
    write(&public_path, &key.public.file_text(args.name.trim()))?;
    screen.show(format_args!("{}  {}", key.public.id(), args.name.trim()));
    screen.tell_of(args.out.display(), "giữ kín, sao ra hai nơi", "keep it secret, with a copy elsewhere");
    screen.tell_of(public_path.display(), "đưa cho mọi người", "give it to everybody");
    Ok(())
}

fn problem(about: &Path, vi: &str, en: &str) -> Result<(), Failure> {
    Err(Failure::problem(about, vi, en))
}

/// Nobody else on this machine may read it, not even for a moment.
fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let mut staged = Staged::beside(path)?;
    staged.file().set_permissions(Permissions::from_mode(0o600))?;
    staged.file().write_all(text.as_bytes())?;
    staged.publish()
}

fn show(args: &ListKeys, screen: Screen) -> Result<(), Failure> {
    let ring = ring(&args.ring, screen)?;
    if args.json {
        screen.show(format_args!("{:#}", listed(&ring)));
        return Ok(());
    }
    let mark = |id: KeyId| {
        let revoked = ring.revocations().find(id);
        let word = screen.words("thu hồi", "revoked");
        revoked.map_or_else(String::new, |r| format!("  [{word} {}: {}]", r.since, r.reason))
    };
    let root_word = screen.words("gốc", "root");
    for root in ring.roots() {
        screen.show(format_args!("{}  {}  ({root_word}){}", root.key.id(), root.name, mark(root.key.id())));
    }
    for v in ring.vouchings() {
        let (id, by) = (v.subject.id(), ring.name_of(v.root.id()).unwrap_or_default());
        screen.show(format_args!("{id}  {}  {}  {} – {}  ← {by}{}", v.name, v.scope, v.from, v.until, mark(id)));
    }
    for revoked in ring.revocations().all().filter(|r| ring.name_of(r.key).is_none()) {
        screen.show(format_args!("{}{}", revoked.key, mark(revoked.key)));
    }
    Ok(())
}

fn listed(ring: &Ring) -> Value {
    let revoked = |id: KeyId| {
        let found = ring.revocations().find(id);
        found.map(|r| json!({"since": r.since.to_string(), "reason": r.reason}))
    };
    let roots = ring.roots().iter().map(|root| {
        let id = root.key.id();
        json!({"id": id.to_string(), "name": root.name, "key": root.key.to_string(), "revoked": revoked(id)})
    });
    let vouched = ring.vouchings().map(|v| {
        json!({
            "id": v.subject.id().to_string(),
            "name": v.name,
            "key": v.subject.to_string(),
            "root": v.root.id().to_string(),
            "packs": v.scope.to_string(),
            "from": v.from.to_string(),
            "until": v.until.to_string(),
            "revoked": revoked(v.subject.id()),
        })
    });
    let all = ring.revocations().all();
    json!({
        "roots": roots.collect::<Vec<_>>(),
        "keys": vouched.collect::<Vec<_>>(),
        "revoked": all.map(|r| json!({"id": r.key.to_string(), "since": r.since.to_string(), "reason": r.reason}))
            .collect::<Vec<_>>(),
    })
}

fn take_in(args: &Trust, screen: Screen) -> Result<(), Failure> {
    let text = text(&args.file, MAX_STATEMENT_BYTES)?;
    let mut ring = if args.ring.exists() { ring(&args.ring, screen)? } else { Ring::default() };
    if Vouching::is_meant(&text) {
        let v = ring.admit_vouching(&text).map_err(|error| no_statement(&args.file, error))?;
        screen.show(format_args!("{}  {}  {}  {} – {}", v.subject.id(), v.name, v.scope, v.from, v.until));
    } else if RevocationList::is_meant(&text) {
        match ring.admit_revocations(&text).map_err(|error| no_statement(&args.file, error))? {
            Admitted::New(count) => {
                screen.tell(&format!("{count} khóa mới bị thu hồi"), &format!("{count} keys newly revoked"));
            }
            Admitted::Known => screen.tell("Danh sách đã có.", "The list is known already."),
            Admitted::Older => {
                screen.tell("Đã có danh sách mới hơn.", "A newer list is known; this one changes nothing.");
            }
        }
    } else {
        let (key, told) = PublicKey::read_file(&text).map_err(|error| no_key(&args.file, error))?;
        let name = named(&args.file, args.name.as_deref(), told)?;
        ring.trust(&name, key).map_err(|error| no_statement(&args.file, error))?;
        screen.show(format_args!("{}  {name}  ({})", key.id(), screen.words("gốc", "root")));
    }
    write(&args.ring, &ring.write())?;
    screen.tell_of(
        args.ring.display(),
        "Đã ghi chùm khóa; chép tệp này vào các máy trưng bày.",
        "The key ring is written; copy this file to the kiosks.",
    );
    Ok(())
}

fn vouch_for(args: &Vouch, screen: Screen) -> Result<(), Failure> {
    let (subject, told) =
        PublicKey::read_file(&text(&args.key, MAX_KEY_FILE_BYTES)?).map_err(|error| no_key(&args.key, error))?;
    let name = named(&args.key, args.name.as_deref(), told)?;
    let from = args.from.unwrap_or_else(today);
    if from > args.until {
        return problem(&args.key, "Ngày cuối trước ngày đầu.", "The last day lies before the first.");
    }
    let root = secret_key(&args.root, &args.passphrase, screen)?;
    if root.public() == subject {
        return problem(&args.key, "Khóa gốc không tự bảo đảm cho mình.", "A root does not vouch for itself.");
    }
    let vouching = Vouching { root: root.public(), subject, name, scope: args.packs.clone(), from, until: args.until };
    let signed = vouching.signed(&root).map_err(|error| no_key(&args.root, error))?;
    write(&args.out, &signed)?;
    let Vouching { name, scope, until, .. } = &vouching;
    screen.show(format_args!("{}  {name}  {scope}  {from} – {until}", subject.id()));
    Ok(())
}

fn take_back(args: &Revoke, screen: Screen) -> Result<(), Failure> {
    let mut ring = ring(&args.ring, screen)?;
    let root = secret_key(&args.root, &args.passphrase, screen)?;
    let reason = args.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let revoked = Revoked { key: args.key, since: args.since.unwrap_or_else(today), reason };
    if ring.name_of(args.key).is_none() {
        screen.note(args.key, "khóa không có trong chùm", "this key is not in the ring");
    }
    let list = ring.revocations().next_list(root.public(), revoked);
    let signed = list.signed(&root).map_err(|error| no_key(&args.root, error))?;
    ring.admit_revocations(&signed).map_err(|error| no_statement(&args.root, error))?;
    write(&args.ring, &ring.write())?;
    if let Some(out) = &args.out {
        write(out, &signed)?;
    }
    let (number, keys) = (list.number, list.keys.len());
    screen.tell(&format!("Danh sách số {number}: {keys} khóa"), &format!("List number {number}: {keys} keys"));
    Ok(())
}

fn named(path: &Path, given: Option<&str>, told: Option<String>) -> Result<String, Failure> {
    let name = given.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).or(told);
    let unnamed = || Failure::problem(path, "Thiếu tên: thêm --name.", "It has no name: add --name.");
    name.filter(|name| !name.is_empty()).ok_or_else(unnamed)
}
