//! Joining: somebody applies, confirms the address, is accepted or declined, and is welcomed.

pub mod accept;
pub mod apply;
mod author;
pub mod confirm;
pub mod decline;
mod joined;
mod letters;
pub mod settle;

pub use apply::{Applied, apply};
pub use author::of as author;
pub use confirm::{Confirmed, confirm, find};
pub use joined::Joined;

use crate::{
    domain::model::Application,
    store::{Applications, Revision, Store},
};

/// Returns the applications that wait.
#[must_use]
pub fn applications(store: &Store) -> Applications<Application> {
    store.applications("application")
}

/// Tells whether an e-mail address belongs to somebody who is a member and has not left.
#[must_use]
pub fn is_members(head: &Revision<'_>, address: &str) -> bool {
    use crate::domain::model::Slot;
    head.members_at(address).into_iter().any(|id| match head.member(id).0.map(|it| it.member) {
        Some(Slot::Read(member)) => member.left.is_none(),
        // Whoever cannot be read may well be one.
        Some(_) => true,
        None => false,
    })
}
