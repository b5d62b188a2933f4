//! Payments and transactions by their ids or the beginning of one.

use crate::{
    app::view::id,
    cli::CliError,
    domain::{
        model::{MemberId, Payment, Place, Record, Tag, text::shown},
        records::Records as _,
    },
    store::Revision,
};

/// Returns whose a payment is, its name and the record.
///
/// # Errors
/// That there is none, that several begin so, or that it cannot be read.
pub(super) fn payment(
    revision: &Revision<'_>,
    text: &str,
) -> Result<(MemberId, Tag, Payment), CliError> {
    let fits = |name: &Tag| name.as_str().starts_with(text) || id(name).starts_with(text);
    let found = revision.payments().into_iter().filter(|(_, name)| fits(name)).collect();
    let (member, name) = only(found, text, "payment", "space payment list")?;
    match revision.record(&Place::Payment(member, name.clone())) {
        Ok(Some(Record::Payment(payment))) => Ok((member, name, payment)),
        _ => Err(CliError::data(format!("{} cannot be read", Place::Payment(member, name)))
            .hint("`space check` says why")),
    }
}

/// Returns the year and the id of what nobody was credited with.
///
/// # Errors
/// That there is none, or that several begin so.
pub(super) fn unmatched(revision: &Revision<'_>, text: &str) -> Result<(i16, Tag), CliError> {
    let fits = |id: &Tag| id.as_str().starts_with(text);
    let found = revision.unmatched().into_iter().filter(|(_, id)| fits(id)).collect();
    only(found, text, "transaction", "space payment list --unmatched")
}

fn only<T>(mut found: Vec<T>, text: &str, what: &str, command: &str) -> Result<T, CliError> {
    match (found.pop(), found.len()) {
        (Some(one), 0) if !text.is_empty() => Ok(one),
        (None, _) => Err(CliError::user(format!("no {what} has the id `{}`", shown(text)))
            .hint(format!("`{command}` shows them"))),
        _ => Err(CliError::user(format!("`{}` begins the ids of several", shown(text)))
            .hint(format!("give more of the id; `{command} --json` shows them whole"))),
    }
}
