//! Revokes a requirement, whether it can be read or not.

use maud::{Markup, html};

use super::{desk::Desk, form::Form, wrong::Wrong};
use crate::{
    app::{AppError, look_up},
    config::Role,
    domain::ops::{self, Plan},
    web::fields::Fields,
};

/// Revokes the requirement with a tag.
pub(super) struct RevokeRequirement;

impl Form for RevokeRequirement {
    const PATH: &'static str = "/requirements/revoke";
    const TITLE: &'static str = "Revoke a requirement";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (facility, tag) = look_up::requirement_place(&desk.head, fields.text("tag"))?;
        let read = look_up::requirement(&desk.head, tag.as_str()).ok();
        let about = read.map(|(.., it)| (it.priority, it.description.unwrap_or_default()));
        Ok(html! {
            input type="hidden" name="tag" value=(tag);
            p { "The requirement " code { (tag.short()) } " of " (facility) }
            @if let Some((priority, description)) = about {
                p { "Priority " (priority) @if !description.is_empty() { ": " (description) } }
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let (_, tag) = look_up::requirement_place(&desk.head, fields.text("tag"))?;
        Ok(ops::requirement::revoke(&desk.head, &tag)?)
    }
}
