//! The number with which somebody confirms that a change takes access from many members.

use maud::{Markup, html};

use super::wrong::{At as _, Wrong};
use crate::{app::AppError, domain::model::Advice, web::fields::Fields};

/// The field.
pub(super) const FIELD: &str = "confirm";

/// Returns the number that was typed, if one was.
///
/// # Errors
/// It is not a number.
pub(super) fn typed(fields: &Fields) -> Result<Option<usize>, Wrong> {
    let text = fields.get(FIELD).map(str::trim).filter(|it| !it.is_empty());
    let number = text.map(|it| it.parse::<usize>()).transpose();
    number.map_err(|_| AppError::user("from how many members is not a number")).at(FIELD)
}

/// Tells whether somebody has to confirm something.
pub(super) fn is_asked(error: &AppError) -> bool {
    let advice = error.findings.iter().filter_map(|it| it.advice.as_ref());
    advice.chain(&error.advice).any(|it| matches!(it, Advice::Confirm(_)))
}

/// Asks for the number if a change needs it, or if it was asked for already.
pub(super) fn input(fields: &Fields, error: Option<&AppError>) -> Markup {
    let typed = fields.get(FIELD).unwrap_or_default();
    html! {
        @if error.is_some_and(is_asked) || !typed.is_empty() {
            label for=(FIELD) { "If that is meant: from how many members is access taken?" }
            input id=(FIELD) name=(FIELD) inputmode="numeric" autocomplete="off" value=(typed);
        }
    }
}
