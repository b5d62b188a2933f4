//! Does what somebody typed: changes what they may, asks for the rest.

use super::address;
use crate::{
    app::{AppError, carry_out, member_requests, texts::Texts},
    domain::{model::OwnChange, ops::member},
    store::tickets::Asked,
    web::members::session::Own,
};

/// Finds out whether the records allow what somebody typed, and writes nothing.
///
/// # Errors
/// They do not.
pub(super) fn try_on(own: &Own<'_>, wish: &OwnChange) -> Result<(), AppError> {
    let wish = OwnChange { email: None, ..wish.clone() };
    if wish.is_empty() {
        return Ok(());
    }
    let plan = member::own_change(&own.head, own.id, wish)?;
    carry_out::check_meaning(&own.head, &plan, own.now)?;
    carry_out::preview(&own.head, &plan, own.now).map(drop)
}

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
        member_requests::ask(&own.site.store, own.id, Asked::Change(asked), own.now)?;
    }
    match email {
        Some(new) => address::ask(own, texts, &new),
        None => Ok(()),
    }
}
