//! What a form is: its inputs, and the plan that they stand for.

use maud::{Markup, html};

use super::{desk::Desk, wrong::Wrong};
use crate::{app::AppError, config::Role, domain::ops::Plan, web::fields::Fields};

/// A form that changes records.
pub(super) trait Form: 'static {
    /// Its address.
    const PATH: &'static str;
    /// Its title: what it does.
    const TITLE: &'static str;
    /// Who may use it.
    const ROLE: Role;

    /// Returns the inputs, filled in.
    ///
    /// # Errors
    /// What it is about does not exist.
    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError>;

    /// Returns what is to be written.
    ///
    /// # Errors
    /// What was filled in is not valid.
    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong>;

    /// Returns what the preview shows besides the change.
    ///
    /// # Errors
    /// What was filled in is not valid.
    fn more(_: &Desk<'_>, _: &Fields) -> Result<Markup, Wrong> {
        Ok(html! {})
    }
}
