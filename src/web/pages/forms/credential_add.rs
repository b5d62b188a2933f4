//! Gives a member a fob or passcode.

use maud::{Markup, html};

use super::{
    desk::Desk,
    form::Form,
    new_code,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, look_up, when},
    config::Role,
    domain::{
        model::{Grant, Priority, Tag},
        ops::{self, Plan},
    },
    web::fields::Fields,
};

/// Gives a member a credential.
pub(super) struct AddCredential;

impl Form for AddCredential {
    const PATH: &'static str = "/credentials/add";
    const TITLE: &'static str = "Hand out a fob";
    const ROLE: Role = Role::Desk;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let hint = "a number, a name, or the beginning of a name";
        Ok(html! {
            (desk.member_line(fields, "member", "Member", hint))
            (new_code::inputs(desk, fields)?)
            fieldset {
                legend { "What it opens" }
                @for (slug, name) in desk.facilities() {
                    (fields.tick("facility", &slug, &name))
                }
                (fields.below("facility", "If nothing is ticked: what newcomers get, or else all doors."))
                (fields.input("number", "priority", "Priority", "1, unless given"))
                (fields.input("date", "expiration", "Valid until", "for ever, unless given"))
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let head = &desk.head;
        let member = desk.maybe_member(fields, "member")?;
        let member = member.ok_or_else(|| Wrong::missing("member", "the member"))?;
        let code = new_code::read(desk, fields)?;
        let priority = fields.get("priority").unwrap_or("1").parse::<Priority>();
        let priority = priority.map_err(|_| AppError::user("the priority is not a number"));
        let priority = priority.at("priority")?;
        let expiration = fields.get("expiration");
        let expiration = expiration.map(|text| when::moment(text, &desk.zone, desk.now));
        let expiration = expiration.transpose().at("expiration")?;
        let chosen: Vec<String> = fields.all("facility").map(ToOwned::to_owned).collect();
        let facilities = look_up::facilities_or_doors(head, &chosen).at("facility")?.into_iter();
        let grant = |facility| Grant { facility, priority, effective: desk.now, expiration };
        let request = ops::credential::Add {
            member,
            tag: Tag::random(),
            kind: code.kind(),
            code: code.hash(&desk.site.store.key()?),
            grants: facilities.map(grant).collect(),
        };
        ops::credential::add(head, request).at("fob")
    }
}
