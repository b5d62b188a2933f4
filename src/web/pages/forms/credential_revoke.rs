//! Revokes one credential of a member, or several.

use maud::{Markup, html};

use super::{desk::Desk, form::Form, wrong::Wrong};
use crate::{
    app::{
        AppError, look_up,
        view::{CredentialView, local},
    },
    config::Role,
    domain::{
        model::{MemberId, Tag},
        ops::{self, Plan, credential::Which},
        records,
    },
    web::fields::Fields,
};

/// Revokes the credentials that are ticked.
pub(super) struct RevokeCredential;

impl Form for RevokeCredential {
    const PATH: &'static str = "/credentials/revoke";
    const TITLE: &'static str = "Revoke credentials";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let mut fields = fields.clone();
        let id = match fields.get("member") {
            Some(_) => desk.subject(&fields)?.0,
            None => {
                let (id, tag) = look_up::credential(&desk.head, fields.text("tag"))?;
                fields.set("tag", tag.as_str());
                id
            }
        };
        let (folder, _) = desk.head.member(id);
        let tags = tags(desk, id);
        let opens = |tag: &Tag| {
            let folder = folder.as_ref()?;
            let (_, held) = folder.credentials.iter().find(|(it, _)| it == tag)?;
            let rows = CredentialView::rows(folder, tag, held, &desk.zone, desk.now);
            let until = |row: &CredentialView| {
                row.expiration.map(|at| format!(" until {}", local(at, &desk.zone)))
            };
            let rows =
                rows.map(|row| format!("{}{}", row.facility, until(&row).unwrap_or_default()));
            Some(format!("{} for {}", held.kind, rows.collect::<Vec<_>>().join(", ")))
        };
        let unreadable = || "one that cannot be read".to_owned();
        Ok(html! {
            input type="hidden" name="member" value=(id);
            fieldset {
                legend { "Of " (records::who(&desk.head, id)) }
                @for tag in &tags {
                    @let words = opens(tag).unwrap_or_else(unreadable);
                    (fields.tick("tag", tag.as_str(), &format!("{} ({words})", tag.short())))
                }
                @if tags.is_empty() { p { "There is nothing to revoke." } }
                (fields.below("tag", ""))
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let tags = fields.all("tag").map(str::parse::<Tag>).collect::<Result<Vec<_>, _>>()?;
        if tags.is_empty() {
            return Err(Wrong::missing("tag", "the credential"));
        }
        Ok(ops::credential::revoke(&desk.head, &Which::Tags(tags), None)?)
    }
}

/// Returns the tags of a member's credentials, readable or not.
fn tags(desk: &Desk<'_>, id: MemberId) -> Vec<Tag> {
    use crate::domain::{model::RecordPath, records::Records as _};
    let tag = |path| match path {
        RecordPath::Credential(_, tag) => Some(tag),
        _ => None,
    };
    desk.head.within(id).into_iter().filter_map(tag).collect()
}
