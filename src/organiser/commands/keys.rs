//! `haidang-pack keys`: makes keys, and keeps the ring of those that count.

use crate::base::files::Staged;
use crate::organiser::args::keys::{KeyVerb, Keys, ListKeys, NewKey, Revoke, Trust, Vouch};
use crate::organiser::key_files::{
    Done, Told, complain, no_file, no_key, no_statement, ring, secret_key, tell, text, write,
};
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

pub fn run(args: &Keys) -> Outcome {
    let done = match &args.verb {
        KeyVerb::New(new) => make(new),
        KeyVerb::List(list) => show(list),
        KeyVerb::Trust(trust) => take_in(trust),
        KeyVerb::Vouch(vouch) => vouch_for(vouch),
        KeyVerb::Revoke(revoke) => take_back(revoke),
    };
    done.map_or_else(Outcome::from, |()| Outcome::Clean)
}

fn make(args: &NewKey) -> Done {
    let public_path = args.out.with_extension("pub");
    if args.out == public_path {
        return tell(&args.out, "Khóa bí mật không mang tên .pub.", "A secret key is not called .pub.");
    }
    for path in [&args.out, &public_path] {
        if path.symlink_metadata().is_ok() {
            return tell(path, "Tệp đã có, không ghi đè lên khóa.", "It exists; no key is overwritten.");
        }
    }
    let passphrase = passphrase::ask_twice(&args.passphrase, &args.out).map_err(|error| no_file(&args.out, &error))?;
    let Some(passphrase) = passphrase else {
        return tell(&args.out, "Hai lần nhập không giống nhau.", "The two passphrases differ.");
    };
    let key = keys::generate(&args.name, &passphrase).map_err(|error| no_key(&args.out, error))?;
    write_secret(&args.out, &key.secret_text).map_err(|error| no_file(&args.out, &error))?;
    write(&public_path, &key.public.file_text(args.name.trim()))?;
    println!("{}  {}", key.public.id(), args.name.trim());
    let (secret, public) = (args.out.display(), public_path.display());
    println!("{secret}: giữ kín, sao ra hai nơi · keep it secret, with a copy elsewhere");
    println!("{public}: đưa cho mọi người · give it to everybody");
    Ok(())
}

/// Nobody else on this machine may read it, not even for a moment.
fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let mut staged = Staged::beside(path)?;
    staged.file().set_permissions(Permissions::from_mode(0o600))?;
    staged.file().write_all(text.as_bytes())?;
    staged.publish()
}

fn show(args: &ListKeys) -> Done {
    let ring = ring(&args.ring)?;
    if args.json {
        println!("{:#}", listed(&ring));
        return Ok(());
    }
    let mark = |id: KeyId| {
        let revoked = ring.revocations().find(id);
        revoked.map_or_else(String::new, |r| format!("  [thu hồi · revoked {}: {}]", r.since, r.reason))
    };
    for root in ring.roots() {
        println!("{}  {}  (gốc · root){}", root.key.id(), root.name, mark(root.key.id()));
    }
    for v in ring.vouchings() {
        let (id, by) = (v.subject.id(), ring.name_of(v.root.id()).unwrap_or_default());
        println!("{id}  {}  {}  {} – {}  ← {by}{}", v.name, v.scope, v.from, v.until, mark(id));
    }
    for revoked in ring.revocations().all().filter(|r| ring.name_of(r.key).is_none()) {
        println!("{}{}", revoked.key, mark(revoked.key));
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

fn take_in(args: &Trust) -> Done {
    let text = text(&args.file, MAX_STATEMENT_BYTES)?;
    let mut ring = if args.ring.exists() { ring(&args.ring)? } else { Ring::default() };
    if Vouching::is_meant(&text) {
        let v = ring.admit_vouching(&text).map_err(|error| no_statement(&args.file, error))?;
        println!("{}  {}  {}  {} – {}", v.subject.id(), v.name, v.scope, v.from, v.until);
    } else if RevocationList::is_meant(&text) {
        match ring.admit_revocations(&text).map_err(|error| no_statement(&args.file, error))? {
            Admitted::New(count) => println!("{count} khóa mới bị thu hồi · keys newly revoked"),
            Admitted::Known => println!("Danh sách đã có. · The list is known already."),
            Admitted::Older => println!("Đã có danh sách mới hơn. · A newer list is known; this one changes nothing."),
        }
    } else {
        let (key, told) = PublicKey::read_file(&text).map_err(|error| no_key(&args.file, error))?;
        let name = named(&args.file, args.name.as_deref(), told)?;
        ring.trust(&name, key).map_err(|error| no_statement(&args.file, error))?;
        println!("{}  {name}  (gốc · root)", key.id());
    }
    write(&args.ring, &ring.write())
}

fn vouch_for(args: &Vouch) -> Done {
    let (subject, told) =
        PublicKey::read_file(&text(&args.key, MAX_KEY_FILE_BYTES)?).map_err(|error| no_key(&args.key, error))?;
    let name = named(&args.key, args.name.as_deref(), told)?;
    let from = args.from.unwrap_or_else(today);
    if from > args.until {
        return tell(&args.key, "Ngày cuối trước ngày đầu.", "The last day lies before the first.");
    }
    let root = secret_key(&args.root, &args.passphrase)?;
    if root.public() == subject {
        return tell(&args.key, "Khóa gốc không tự bảo đảm cho mình.", "A root does not vouch for itself.");
    }
    let vouching = Vouching { root: root.public(), subject, name, scope: args.packs.clone(), from, until: args.until };
    let signed = vouching.signed(&root).map_err(|error| no_key(&args.root, error))?;
    write(&args.out, &signed)?;
    println!("{}  {}  {}  {from} – {}", subject.id(), vouching.name, vouching.scope, args.until);
    Ok(())
}

fn take_back(args: &Revoke) -> Done {
    let mut ring = ring(&args.ring)?;
    let root = secret_key(&args.root, &args.passphrase)?;
    let reason = args.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let revoked = Revoked { key: args.key, since: args.since.unwrap_or_else(today), reason };
    if ring.name_of(args.key).is_none() {
        eprintln!("{}: khóa không có trong chùm · this key is not in the ring", args.key);
    }
    let list = ring.revocations().next_list(root.public(), revoked);
    let signed = list.signed(&root).map_err(|error| no_key(&args.root, error))?;
    ring.admit_revocations(&signed).map_err(|error| no_statement(&args.root, error))?;
    write(&args.ring, &ring.write())?;
    if let Some(out) = &args.out {
        write(out, &signed)?;
    }
    println!("Danh sách số {} · list number {}: {} khóa · keys", list.number, list.number, list.keys.len());
    Ok(())
}

fn named(path: &Path, given: Option<&str>, told: Option<String>) -> Result<String, Told> {
    let name = given.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).or(told);
    let unnamed = || complain(path, "Thiếu tên: thêm --name.", "It has no name: add --name.", Outcome::Problems);
    name.filter(|name| !name.is_empty()).ok_or_else(unnamed)
}
