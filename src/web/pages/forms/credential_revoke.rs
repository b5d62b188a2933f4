//! Revokes a credential.

use maud::{Markup, html};

use super::{desk::Desk, form::Form};
use crate::{
    app::{AppError, look_up},
    config::Role,
    domain::ops::{self, Plan, credential::Which},
    web::pages::fields::Fields,
};

/// Revokes the credential with a tag.
pub(super) struct RevokeCredential;

impl Form for RevokeCredential {
    const PATH: &'static str = "/credentials/revoke";
    const TITLE: &'static str = "Revoke a credential";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (id, tag) = look_up::credential(&desk.head, fields.text("tag"))?;
        let (_, member) = look_up::member(&desk.head, &id.to_string())?;
        Ok(html! {
            input type="hidden" name="tag" value=(tag);
            p { "The credential " code { (tag) } " of " (id) " " (member.name) }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, AppError> {
        let (_, tag) = look_up::credential(&desk.head, fields.text("tag"))?;
        Ok(ops::credential::revoke(&desk.head, &Which::Tag(tag), None)?)
    }
}
