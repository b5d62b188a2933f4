//! Does what somebody typed: changes what they may, asks for the rest.

use super::address;
use crate::{
    app::{AppError, texts::Texts},
    domain::{model::OwnChange, ops::member},
    store::tickets::{Asked, MemberRequest},
    web::members::session::Own,
};

/// Commits what the member may change, sends the mails that confirm a new address, and keeps what is
/// asked for. Nothing that is the same changes anything.
///
/// # Errors
/// It cannot be committed, kept or sent.
pub(super) fn commit(own: &Own<'_>, texts: Texts, wish: OwnChange) -> Result<(), AppError> {
    let (mut at_once, asked) = wish.divide(&own.space.self_service.change);
    let email = at_once.email.take();
    if !at_once.is_empty() {
        own.carry_out(&member::own_change(&own.head, own.id, at_once)?)?;
    }
    if !asked.is_empty() {
        let requests = own.site.store.member_requests();
        let request = MemberRequest::new(own.id, Asked::Change(asked), own.now);
        // A later wish takes the place of an earlier one.
        requests.end_each(own.id, |it| matches!(it.what, Asked::Change(_)))?;
        requests.add(&request)?;
    }
    match email {
        Some(new) => address::ask(own, texts, &new),
        None => Ok(()),
    }
}
