//! Classes as they are named on the command line.

use std::path::Path;

use crate::{
    cli::{CliError, input::members},
    domain::{
        model::{MemberId, Slug},
        ops::class::Class,
    },
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

/// Reads a class and who is meant, in either order: `turning ada bob` or `ada bob turning`.
///
/// # Errors
/// Fails if no class can have that name, or if a name matches nobody or several.
pub(super) fn class_and_members(
    head: &Revision<'_>,
    first: &str,
    others: &[String],
    file: Option<&Path>,
) -> Result<(Slug, Vec<MemberId>), CliError> {
    let is_class = |text: &str| class(head, text).is_ok();
    let (class, named) = match others.split_last() {
        Some((last, between)) if !is_class(first) && is_class(last) => {
            (last.as_str(), [&[first.to_owned()], between].concat())
        }
        _ => (first, others.to_vec()),
    };
    Ok((name(class)?, members::named(head, &named, file)?))
}
