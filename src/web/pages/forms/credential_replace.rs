//! Replaces a lost fob or a passcode with a new one, in everything that it opens.

use maud::{Markup, html};

use super::{
    desk::Desk,
    form::Form,
    new_code,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, look_up},
    config::Role,
    domain::{
        ops::{self, Plan},
        records,
    },
    web::fields::Fields,
};

/// Replaces a code.
pub(super) struct ReplaceCredential;

impl Form for ReplaceCredential {
    const PATH: &'static str = "/credentials/replace";
    const TITLE: &'static str = "Replace a fob";
    const ROLE: Role = Role::Desk;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (id, tag) = look_up::credential(&desk.head, fields.text("tag"))?;
        Ok(html! {
            input type="hidden" name="tag" value=(tag);
            p { "The credential " code { (tag.short()) } " of " (records::who(&desk.head, id)) }
            (new_code::inputs(desk, fields)?)
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let head = &desk.head;
        let (member, tag) = look_up::credential(head, fields.text("tag"))?;
        let (folder, _) = head.member(member);
        let held = folder.and_then(|it| it.credentials.into_iter().find(|(it, _)| *it == tag));
        let (_, held) =
            held.ok_or_else(|| AppError::data(format!("the credential {tag} cannot be read")))?;
        let new = new_code::read(desk, fields)?;
        let request = ops::credential::Replace {
            member,
            old: held.code,
            kind: new.kind(),
            new: new.hash(&desk.site.store.key()?),
        };
        ops::credential::replace(head, &request).at("fob")
    }
}
