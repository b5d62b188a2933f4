//! Finds payments and transactions by their ids or the beginning of an id.

use std::collections::BTreeSet;

use crate::{
    app::{AppError, look_up, view::id},
    domain::{
        model::{Advice, MemberId, Payment, Record, RecordPath, Tag, advice::Listed, text::shown},
        ops::payment::Transfer,
        records::Records as _,
    },
    store::Revision,
};

/// Returns the member, the name and the record of a payment. A part of a transfer that was split
/// has the same id as the other parts; `0042/3f2a` is the part of one member.
///
/// # Errors
/// Fails if there is none, if several begin like this, or if it cannot be read.
pub fn payment(revision: &Revision<'_>, text: &str) -> Result<(MemberId, Tag, Payment), AppError> {
    let (whose, begins) = match text.split_once('/') {
        Some((member, begins)) => (Some(look_up::member_id(revision, member)?), begins),
        None => (None, text),
    };
    let fits = |(member, name): &(MemberId, Tag)| {
        whose.is_none_or(|whose| whose == *member)
            && (name.as_str().starts_with(begins) || id(name).starts_with(begins))
    };
    let found: Vec<_> = revision.payments().into_iter().filter(fits).collect();
    if let [(member, name), others @ ..] = found.as_slice()
        && !others.is_empty()
        && others.iter().all(|(_, other)| other == name)
    {
        let begins = begins.chars().take(8).collect::<String>();
        return Err(AppError::user(format!(
            "that transfer was split among {} members",
            found.len()
        ))
        .hint(format!("write {member}/{begins} for the part of {member}")));
    }
    let (member, name) = single(found, begins, Listed::Payments)?;
    match revision.record(&RecordPath::Payment(member, name.clone())) {
        Ok(Some(Record::Payment(payment))) => Ok((member, name, payment)),
        _ => Err(AppError::data(format!("{} cannot be read", RecordPath::Payment(member, name)))
            .hint(Advice::Check)),
    }
}

/// Returns what to split: an unmatched transaction or a payment.
///
/// # Errors
/// Fails if there is none, or if several begin like this.
pub fn transfer(revision: &Revision<'_>, text: &str) -> Result<Transfer, AppError> {
    let waiting = revision.unmatched().iter().any(|(_, id)| id.as_str().starts_with(text));
    if waiting {
        let (year, id) = unmatched(revision, text)?;
        return Ok(Transfer::Unmatched(year, id));
    }
    let (member, name, _) = payment(revision, text)?;
    Ok(Transfer::Payment(member, name))
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
    // The parts of a transfer have one id.
    let found: BTreeSet<Tag> = found.collect();
    single(found.into_iter().collect(), text, Listed::Payments)
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
