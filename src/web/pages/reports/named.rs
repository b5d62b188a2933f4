//! Who may see reports with names: those who see the list of members.

use crate::{
    config::Role,
    web::pages::frame::{Frame, Instead},
};

/// Tells whether the visitor may.
pub(super) fn may(frame: &Frame) -> bool {
    frame.may(Role::Desk)
}

/// Lets only those on who may.
///
/// # Errors
/// The page that says so.
pub(super) fn require(frame: &Frame) -> Result<(), Instead> {
    frame.require(Role::Desk, "see who is a member")
}
