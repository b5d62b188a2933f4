//! Classes as they are named on the command line.

use crate::{
    cli::CliError,
    domain::{model::Slug, ops::class::Class},
    store::Revision,
};

/// Reads the name of a class.
///
/// # Errors
/// Fails if no class can have it.
pub(super) fn name(text: &str) -> Result<Slug, CliError> {
    text.parse().map_err(CliError::user)
}

/// Finds a class.
///
/// # Errors
/// Fails if there is none of that name.
pub(super) fn class(head: &Revision<'_>, text: &str) -> Result<Class, CliError> {
    Ok(Class::find(head, &name(text)?)?)
}
