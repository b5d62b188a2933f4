//! What decides a member's dues besides the tier, in a form: parent, concession, chosen amount.

use maud::{Markup, html};

use super::{
    desk::Desk,
    wrong::{At as _, Wrong},
};
use crate::{
    app::look_up,
    domain::{model::Money, money::WrittenAmount},
    web::fields::Fields,
};

/// Shows the fields.
pub(super) fn inputs(desk: &Desk<'_>, fields: &Fields, concession_hint: &str) -> Markup {
    html! {
        fieldset {
            legend { "Dues" }
            (desk.member_line(fields, "parent", "Parent", "a number or a name, if the member is a child"))
            (fields.line("concession", "Reason for reduced dues", concession_hint))
            (fields.line("chosen", "Amount chosen to pay each month", "if it is more than is due"))
        }
    }
}

/// Reads the amount that the member chose to pay each month, in minor units.
///
/// # Errors
/// It is not an amount.
pub(super) fn chosen(desk: &Desk<'_>, fields: &Fields) -> Result<Option<Money>, Wrong> {
    let currency = look_up::currency(&desk.head)?;
    let read = |written: &str| currency.minor(&written.parse::<WrittenAmount>()?);
    fields.get("chosen").map(read).transpose().at("chosen")
}
