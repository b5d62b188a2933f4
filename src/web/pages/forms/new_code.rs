//! The new fob or passcode in a form: the fob that was just held to a reader, or one whose number is
//! known.

use maud::{Markup, html};

use super::{
    desk::Desk,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, look_up, new_code, unknown_fob, view::local},
    domain::model::Code,
    web::fields::Fields,
};

/// Shows the fobs that readers refused lately, and the fields for any other.
///
/// # Errors
/// The journals cannot be read.
pub(super) fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
    let facilities = desk.facilities();
    let known = &desk.basis().facilities;
    let unknown = unknown_fob::recent(&desk.site.journals, known.keys(), desk.now)?;
    let name = |slug: &str| {
        let found = facilities.iter().find(|(it, _)| it == slug);
        found.map_or_else(|| slug.to_owned(), |(_, name)| name.clone())
    };
    Ok(html! {
        fieldset {
            legend { "The fob" }
            p { "Hold the new fob to a reader. The door refuses it, and it appears here." }
            @for it in &unknown {
                @let number = it.fob.as_deref().unwrap_or_default();
                label.choice {
                    input type="radio" name="unknown" value=(number)
                        checked[fields.text("unknown") == number];
                    "Fob " (number) ", refused at " (name(it.facility.as_str())) ", "
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
    })
}

/// Reads the fob that was chosen, its number, or the passcode.
///
/// # Errors
/// There is not exactly one of them, or it is not valid.
pub(super) fn read(desk: &Desk<'_>, fields: &Fields) -> Result<Code, Wrong> {
    let number = fields.get("fob").or_else(|| fields.get("unknown"));
    let code = match (number, fields.get("passcode")) {
        (Some(_), Some(_)) => {
            return Err(AppError::user("give either a fob or a passcode, not both")).at("passcode");
        }
        (Some(number), None) => Code::fob(number).at("fob")?,
        (None, Some(digits)) => Code::passcode(digits).at("passcode")?,
        (None, None) => {
            let error = AppError::user("neither a fob nor a passcode was given");
            return Err(error.hint("hold the new fob to a reader, then look again")).at("fob");
        }
    };
    new_code::accept(code, &look_up::space(&desk.head)?).at("passcode")
}
