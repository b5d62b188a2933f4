//! What a requirement demands, in a form.

use maud::{Markup, html};

use super::{
    desk::Desk,
    timespec,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, look_up},
    domain::model::{Arm, Priority, Slug},
    web::fields::Fields,
};

/// Shows the fields.
pub(super) fn inputs(desk: &Desk<'_>, fields: &Fields) -> Markup {
    let below_zero = "below zero, the facility is held unlocked";
    html! {
        (fields.choice("facility", "Facility", &desk.facilities()))
        (fields.input("number", "priority", "Priority", below_zero))
        (fields.line("description", "Description", "for people: what takes place then"))
        (timespec::inputs(fields))
        fieldset {
            legend { "If the facility is held unlocked" }
            (fields.tick("arm", "first-grant", "Only once somebody has been granted access then"))
        }
    }
}

/// Reads the facility.
///
/// # Errors
/// There is no such facility.
pub(super) fn facility(desk: &Desk<'_>, fields: &Fields) -> Result<Slug, Wrong> {
    Ok(look_up::facility(&desk.head, fields.text("facility")).at("facility")?.0)
}

/// Reads the priority.
///
/// # Errors
/// It is missing or not a number.
pub(super) fn priority(fields: &Fields) -> Result<Priority, Wrong> {
    let text = fields.get("priority").ok_or_else(|| Wrong::missing("priority", "the priority"))?;
    text.parse().map_err(|_| AppError::user("the priority is not a number")).at("priority")
}

/// Reads what arms the hold.
pub(super) fn arm(fields: &Fields) -> Option<Arm> {
    fields.is_ticked("arm").then_some(Arm::FirstGrant)
}
