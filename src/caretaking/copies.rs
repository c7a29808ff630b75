//! Copies of installed packs on the sticks. That a version is installed is told by its manifest at once; whether the file
//! on the stick still holds what it says takes reading it whole, which is done while nothing else is ordered.

use super::offers::Offer;
use super::orders::StickOffers;
use super::standing::{Standing, of_sealed};
use crate::pack::sealed::{Sealed, SealedError};

/// What was seen on the sticks last.
#[derive(Debug, Default)]
pub struct Copies {
    sticks: Vec<StickOffers>,
}

impl Copies {
    pub fn on(sticks: Vec<StickOffers>) -> Self {
        Self { sticks }
    }

    pub fn sticks(&self) -> &[StickOffers] {
        &self.sticks
    }

    /// Reads the next copy that nobody has read; true when that told something new. One that was broken off is begun
    /// again the next time.
    pub fn read_next(&mut self, may_go_on: &mut dyn FnMut() -> bool) -> bool {
        let mut offers = self.sticks.iter_mut().flat_map(|stick| &mut stick.offers);
        let unread = offers.find(|offer| offer.standing == Standing::Installed { is_read: false });
        let Some(offer) = unread else { return false };
        let Some(standing) = read(offer, may_go_on) else { return false };
        offer.standing = standing;
        true
    }
}

/// None when it was broken off.
fn read(offer: &Offer, may_go_on: &mut dyn FnMut() -> bool) -> Option<Standing> {
    if !may_go_on() {
        return None;
    }
    let read = Sealed::open(&offer.path).and_then(|sealed| {
        // Another file may lie there by now; it is judged when the sticks are looked at again.
        let is_same = offer.face.as_ref().is_some_and(|face| face.key.manifest == sealed.manifest.hash());
        if is_same { sealed.verify_whole(|_, _| may_go_on()) } else { Err(SealedError::NotAPack) }
    });
    match read {
        Ok(()) => Some(Standing::Installed { is_read: true }),
        Err(SealedError::Stopped) => None,
        Err(SealedError::Altered(_) | SealedError::TooLarge) => Some(Standing::AlteredCopy),
        Err(SealedError::NotAPack) => Some(Standing::Unreadable),
        Err(error) => Some(of_sealed(&error)),
    }
}
