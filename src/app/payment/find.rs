//! Finds payments and transactions by their ids or the beginning of an id.

use crate::{
    app::{AppError, view::id},
    domain::{
        model::{Advice, MemberId, Payment, Record, RecordPath, Tag, advice::Listed, text::shown},
        records::Records as _,
    },
    store::Revision,
};

/// Returns the member, the name and the record of a payment.
///
/// # Errors
/// Fails if there is none, if several begin like this, or if it cannot be read.
pub fn payment(revision: &Revision<'_>, text: &str) -> Result<(MemberId, Tag, Payment), AppError> {
    let fits = |name: &Tag| name.as_str().starts_with(text) || id(name).starts_with(text);
    let found = revision.payments().into_iter().filter(|(_, name)| fits(name)).collect();
    let (member, name) = single(found, text, Listed::Payments)?;
    match revision.record(&RecordPath::Payment(member, name.clone())) {
        Ok(Some(Record::Payment(payment))) => Ok((member, name, payment)),
        _ => Err(AppError::data(format!("{} cannot be read", RecordPath::Payment(member, name)))
            .hint(Advice::Check)),
    }
}

/// Returns the year and the id of an unmatched transaction.
///
/// # Errors
/// Fails if there is none, or if several begin like this.
pub fn unmatched(revision: &Revision<'_>, text: &str) -> Result<(i16, Tag), AppError> {
    let fits = |id: &Tag| id.as_str().starts_with(text);
    let found = revision.unmatched().into_iter().filter(|(_, id)| fits(id)).collect();
    single(found, text, Listed::Unmatched)
}

/// Returns the id of a payment or an unmatched transaction.
///
/// # Errors
/// Fails if there is none, or if several begin like this.
pub fn recorded(revision: &Revision<'_>, text: &str) -> Result<Tag, AppError> {
    let payments = revision.payments().into_iter().filter_map(|(_, name)| id(&name).parse().ok());
    let unmatched = revision.unmatched().into_iter().map(|(_, id)| id);
    let found = payments.chain(unmatched).filter(|id: &Tag| id.as_str().starts_with(text));
    single(found.collect(), text, Listed::Payments)
}

fn single<T>(mut found: Vec<T>, text: &str, list: Listed) -> Result<T, AppError> {
    match (found.pop(), found.len()) {
        (Some(one), 0) if !text.is_empty() => Ok(one),
        (None, _) => Err(AppError::user(format!("no {} has the id `{}`", list.one(), shown(text)))
            .hint(Advice::List(list))),
        _ => Err(AppError::user(format!(
            "several {}s have an id that begins with `{}`",
            list.one(),
            shown(text)
        ))
        .hint(Advice::GiveMore(list))),
    }
}
