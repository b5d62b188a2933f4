//! Records that a member leaves, or comes back.

use maud::{Markup, html};

use super::{desk::Desk, form::Form, wrong::Wrong};
use crate::{
    app::AppError,
    config::Role,
    domain::ops::{self, Plan, member::Credentials},
    web::fields::Fields,
};

/// Records that a member leaves; or that a member who left is back.
pub(super) struct LeaveOrReturn;

impl Form for LeaveOrReturn {
    const PATH: &'static str = "/members/leave";
    const TITLE: &'static str = "Leave or return";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (id, member) = desk.subject(fields)?;
        Ok(html! {
            input type="hidden" name="member" value=(id);
            @match member.left {
                Some(left) => p { (id) " " (member.name) " left on " (left) ", and returns." },
                None => {
                    p { (id) " " (member.name) " leaves." }
                    (fields.input("date", "on", "First day without membership", "today, unless given"))
                    (fields.tick("revoke", "yes", "Revoke the fobs, so that others can be given them"))
                }
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let (id, member) = desk.subject(fields)?;
        if member.left.is_some() {
            return Ok(ops::member::rejoin(&desk.head, id)?);
        }
        let on = desk.day(fields, "on")?;
        let revoke = fields.is_ticked("revoke");
        let credentials = if revoke { Credentials::Revoke } else { Credentials::Keep };
        Ok(ops::member::leave(&desk.head, id, on, credentials)?)
    }
}
