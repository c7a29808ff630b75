//! From a pack's manifest and signature to a verdict.

use super::keys::PublicKey;
use super::revocation::{Revocations, Revoked};
use super::ring::{Ring, Root};
use super::seal::Seal;
use super::verdict::Verdict;
use super::verify::Signature;
use super::vouch::Vouching;
use jiff::civil::Date;

/// Who signed this pack, and does it count on this day? `revocations` are the ring's own, or those with more lists taken
/// in from a stick. The pack's other bytes are held against the manifest elsewhere.
pub fn judge(
    ring: &Ring,
    revocations: &Revocations,
    manifest: &[u8],
    signature: Option<&str>,
    pack: &str,
    today: Date,
) -> Verdict {
    let Some(text) = signature.filter(|text| !text.is_empty()) else { return Verdict::Unsigned };
    let Some(signature) = Signature::read(text) else { return Verdict::Altered };
    let root = ring.roots().iter().find(|root| root.key.id() == signature.key_id());
    let vouchings: Vec<&Vouching> = ring.vouchings().filter(|v| v.subject.id() == signature.key_id()).collect();
    // A ring holds no two keys with one id.
    let Some(key) = root.map(|root| root.key).or_else(|| vouchings.first().map(|v| v.subject)) else {
        return Verdict::UnknownSigner { key_id: signature.key_id() };
    };
    let is_whole = signature.is_of(&key, manifest) && Seal::read(signature.comment()).is_some_and(|s| s.pack == pack);
    if !is_whole {
        return Verdict::Altered;
    }
    let by_root = root.map(|root| as_root(root, revocations));
    let by_others = vouchings.iter().filter_map(|v| Some(as_vouched(v, ring.root(&v.root)?, revocations, pack, today)));
    by_root.into_iter().chain(by_others).min_by_key(rank).unwrap_or(Verdict::UnknownSigner { key_id: key.id() })
}

fn as_root(root: &Root, revocations: &Revocations) -> Verdict {
    revoked(&root.key, revocations).unwrap_or_else(|| Verdict::Trusted {
        signer: root.name.clone(),
        key_id: root.key.id(),
        root: root.name.clone(),
    })
}

fn as_vouched(vouching: &Vouching, root: &Root, revocations: &Revocations, pack: &str, today: Date) -> Verdict {
    let Vouching { subject, scope, from, until, .. } = vouching;
    let signer = vouching.name.clone();
    if let Some(revoked) = revoked(subject, revocations).or_else(|| revoked(&root.key, revocations)) {
        revoked
    } else if !scope.holds(pack) {
        Verdict::OutOfScope { signer }
    } else if today < *from {
        Verdict::NotYetValid { signer, from: *from }
    } else if today > *until {
        Verdict::Expired { signer, until: *until }
    } else {
        Verdict::Trusted { signer, key_id: subject.id(), root: root.name.clone() }
    }
}

fn revoked(key: &PublicKey, revocations: &Revocations) -> Option<Verdict> {
    let Revoked { since, reason, .. } = revocations.find(key.id())?;
    Some(Verdict::Revoked { since: *since, reason: reason.clone() })
}

/// Of several statements about a key the kindest counts; a revoked key has only one verdict, unless its root alone was
/// revoked and another vouches for it too.
fn rank(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Trusted { .. } => 0,
        Verdict::Expired { .. } => 1,
        Verdict::NotYetValid { .. } => 2,
        Verdict::OutOfScope { .. } => 3,
        _ => 4,
    }
}
