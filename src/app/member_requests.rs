//! What members ask the admins for: in words, and as a plan.

use crate::{
    app::AppError,
    domain::{
        model::OwnField,
        ops::{
            Plan,
            member::{Credentials, leave, own_change},
        },
    },
    store::{
        Revision,
        tickets::{Asked, MemberRequest},
    },
};

/// Plans what a member asked for.
///
/// # Errors
/// The records do not allow it any more.
pub fn plan(head: &Revision<'_>, request: &MemberRequest) -> Result<Plan, AppError> {
    Ok(match &request.what {
        Asked::Change(change) => own_change(head, request.member, change.clone())?,
        Asked::Leave(day) => leave(head, request.member, *day, Credentials::Keep)?,
    })
}

/// Says what is asked for, without personal data.
#[must_use]
pub fn words(request: &MemberRequest) -> String {
    match &request.what {
        Asked::Change(change) => {
            let fields: Vec<_> = change.fields().into_iter().map(OwnField::word).collect();
            format!("to change {}", fields.join(", "))
        }
        Asked::Leave(day) => format!("to leave on {day}"),
    }
}
