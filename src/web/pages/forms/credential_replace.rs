//! Replaces a lost fob or a passcode with a new one, in everything that it opens.

use maud::{Markup, html};

use super::{desk::Desk, form::Form};
use crate::{
    app::{AppError, look_up, new_code, unknown_fob, view::local},
    config::Role,
    domain::{
        model::{Code, CredentialType},
        ops::{self, Plan},
    },
    web::pages::fields::Fields,
};

/// Replaces a code.
pub(super) struct ReplaceCredential;

impl Form for ReplaceCredential {
    const PATH: &'static str = "/credentials/replace";
    const TITLE: &'static str = "Replace a fob";
    const ROLE: Role = Role::Desk;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (id, tag) = look_up::credential(&desk.head, fields.text("tag"))?;
        let (_, member) = look_up::member(&desk.head, &id.to_string())?;
        let (basis, _) = desk.head.basis();
        let unknown = unknown_fob::recent(&desk.site.journals, basis.facilities.keys(), desk.now)?;
        Ok(html! {
            input type="hidden" name="tag" value=(tag);
            p { "The credential " code { (tag) } " of " (id) " " (member.name) }
            p { "Hold the new fob to a reader. The door refuses it, and it appears here." }
            @for it in &unknown {
                @let number = it.fob.as_deref().unwrap_or_default();
                label.choice {
                    input type="radio" name="unknown" value=(number)
                        checked[fields.text("unknown") == number];
                    "Fob " (number) ", refused at " (it.facility) ", " (local(it.time, &desk.zone))
                }
            }
            p { button.quiet name="step" value="edit" { "Look again" } }
            (fields.line("fob", "Or its number", "as printed on it, in any spelling"))
            (fields.input("password", "passcode", "Or a passcode", "digits for the keypad"))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, AppError> {
        let head = &desk.head;
        let (member, tag) = look_up::credential(head, fields.text("tag"))?;
        let (folder, _) = head.member(member);
        let held = folder.and_then(|it| it.credentials.into_iter().find(|(it, _)| *it == tag));
        let (_, held) =
            held.ok_or_else(|| AppError::data(format!("the credential {tag} cannot be read")))?;
        let number = fields.get("fob").or_else(|| fields.get("unknown"));
        let new = match (number, fields.get("passcode")) {
            (Some(number), None) => Code::parse(CredentialType::Fob, number)?,
            (None, Some(digits)) => Code::parse(CredentialType::Passcode, digits)?,
            _ => return Err(AppError::user("give either a new fob or a new passcode")),
        };
        let new = new_code::accept(new, &look_up::space(head)?)?;
        let key = desk.site.store.key()?;
        let request = ops::credential::Replace {
            member,
            old: held.code,
            kind: new.kind(),
            new: new.hash(&key),
        };
        Ok(ops::credential::replace(head, &request)?)
    }
}
