//! Suspends a member, or ends the suspension.

use maud::{Markup, html};

use super::{desk::Desk, form::Form, wrong::Wrong};
use crate::{
    app::AppError,
    config::Role,
    domain::ops::{self, Plan},
    web::fields::Fields,
};

/// Suspends a member; or ends the suspension of one who is.
pub(super) struct SuspendOrReinstate;

impl Form for SuspendOrReinstate {
    const PATH: &'static str = "/members/suspend";
    const TITLE: &'static str = "Suspend or reinstate";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (id, member) = desk.subject(fields)?;
        Ok(html! {
            input type="hidden" name="member" value=(id);
            @match member.suspended {
                Some(since) => p {
                    (id) " " (member.name) " has been suspended since " (since)
                    ". The suspension ends."
                },
                None => {
                    p { (id) " " (member.name) " is suspended: no credential opens anything." }
                    (fields.line("reason", "Reason", "kept with the personal data"))
                    (fields.input("date", "since", "From", "today, unless given"))
                }
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let (id, member) = desk.subject(fields)?;
        if member.suspended.is_some() {
            return Ok(ops::member::resume(&desk.head, id)?);
        }
        let reason = fields.get("reason");
        let reason = reason.ok_or_else(|| Wrong::missing("reason", "the reason"))?.to_owned();
        let since = desk.day(fields, "since")?;
        Ok(ops::member::suspend(&desk.head, id, since, reason)?)
    }
}
