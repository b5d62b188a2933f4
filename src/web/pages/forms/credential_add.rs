//! Gives a member a fob or passcode: the fob that was just held to a reader, or one whose number is
//! known.

use maud::{Markup, html};

use super::{desk::Desk, form::Form};
use crate::{
    app::{AppError, look_up, new_code, unknown_fob, view::local, when},
    config::Role,
    domain::{
        model::{Code, Grant, Priority, Slug, Tag},
        ops::{self, Plan},
    },
    web::pages::fields::Fields,
};

/// Gives a member a credential.
pub(super) struct AddCredential;

impl Form for AddCredential {
    const PATH: &'static str = "/credentials/add";
    const TITLE: &'static str = "Hand out a fob";
    const ROLE: Role = Role::Desk;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (basis, _) = desk.head.basis();
        let unknown = unknown_fob::recent(&desk.site.journals, basis.facilities.keys(), desk.now)?;
        let name = |slug: &Slug| {
            let record = basis.facilities.get(slug).and_then(|it| it.facility.get());
            record.map_or_else(|| slug.to_string(), |it| it.name.clone())
        };
        Ok(html! {
            (fields.line("member", "Member", "a number, a name, or the beginning of a name"))
            fieldset {
                legend { "The fob" }
                p { "Hold the new fob to a reader. The door refuses it, and it appears here." }
                @for it in &unknown {
                    @let number = it.fob.as_deref().unwrap_or_default();
                    label.choice {
                        input type="radio" name="unknown" value=(number)
                            checked[fields.text("unknown") == number];
                        "Fob " (number) ", refused at " (name(&it.facility)) ", "
                        (local(it.time, &desk.zone))
                    }
                }
                @if unknown.is_empty() {
                    p.hint { "No unknown fob was refused in the last ten minutes." }
                }
                p { button.quiet name="step" value="edit" { "Look again" } }
                (fields.line("fob", "Or its number", "as printed on it, in any spelling"))
                (fields.input("password", "passcode", "Or a passcode", "digits for the keypad"))
            }
            fieldset {
                legend { "What it opens" }
                @for slug in basis.facilities.keys() {
                    (fields.tick("facility", slug.as_str(), &name(slug)))
                }
                p.hint { "All doors, if nothing is ticked." }
                (fields.input("number", "priority", "Priority", "1, unless given"))
                (fields.input("date", "expiration", "Valid until", "for ever, unless given"))
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, AppError> {
        let head = &desk.head;
        let missing = || AppError::user("the member is missing");
        let member = look_up::member_id(head, fields.get("member").ok_or_else(missing)?)?;
        let code = new_code::accept(code(fields)?, &look_up::space(head)?)?;
        let priority = fields.get("priority").unwrap_or("1").parse::<Priority>();
        let priority = priority.map_err(|_| AppError::user("the priority is not a number"))?;
        let expiration = fields.get("expiration");
        let expiration =
            expiration.map(|text| when::moment(text, &desk.zone, desk.now)).transpose()?;
        let chosen: Vec<String> = fields.all("facility").map(ToOwned::to_owned).collect();
        let facilities = look_up::facilities_or_doors(head, &chosen)?.into_iter();
        let grant = |facility| Grant { facility, priority, effective: desk.now, expiration };
        let request = ops::credential::Add {
            member,
            tag: Tag::random(),
            kind: code.kind(),
            code: code.hash(&desk.site.store.key()?),
            grants: facilities.map(grant).collect(),
        };
        Ok(ops::credential::add(head, request)?)
    }
}

/// Reads the fob that was chosen, its number, or the passcode.
fn code(fields: &Fields) -> Result<Code, AppError> {
    let number = fields.get("fob").or_else(|| fields.get("unknown"));
    match (number, fields.get("passcode")) {
        (Some(_), Some(_)) => Err(AppError::user("give either a fob or a passcode, not both")),
        (Some(number), None) => Ok(Code::fob(number)?),
        (None, Some(digits)) => Ok(Code::passcode(digits)?),
        (None, None) => Err(AppError::user("neither a fob nor a passcode was given")
            .hint("hold the new fob to a reader, then look again")),
    }
}
