//! Remembers whom a payer pays for, so that later payments need no reference.

use std::collections::BTreeSet;

use jiff::{ToSpan as _, civil::Date};

use super::add::payer;
use crate::domain::{
    model::{Advice, MemberId, Payer, Record, RecordPath, Tag, Transaction, text},
    ops::{Refusal, look_up},
    payments::{by_payer, payer_name},
    records::Records,
};

/// What to do if the payer is remembered for another member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remember {
    /// Refuse.
    Keep,
    /// Forget the other member.
    Replace,
}

/// The age up to which payments of others tell whom a payer pays for, in days.
const RECENT: i64 = 400;

/// Returns the record of a payer, and notes on what it does.
///
/// # Errors
/// Refuses if the bank does not tell this payer from others, or if the payer is remembered for
/// another member.
pub(super) fn remember(
    records: &dyn Records,
    member: MemberId,
    transaction: &Transaction,
    how: Remember,
) -> Result<(RecordPath, Record, Vec<String>), Refusal> {
    let name = payer_name(transaction.payer.as_deref(), &transaction.text);
    let Some((name, id)) = name.and_then(|name| Some((name, by_payer(name)?))) else {
        return Err(Refusal::new(
            "the bank does not name the payer, so the payer cannot be remembered",
        )
        .hint(Advice::ForgetPayer));
    };
    let (path, who) = (RecordPath::Payer(id), look_up::who(records, member));
    let shown = text::shown(name);
    if let Some(Record::Payer(before)) = records.record(&path)
        && before.member != member
        && how == Remember::Keep
    {
        let before = look_up::who(records, before.member);
        let message = format!("payments of {shown} without a reference are credited to {before}");
        return Err(Refusal::new(message).hint(Advice::ReplacePayer));
    }
    let note = format!("payments of {shown} without a reference are credited to {who} from now on");
    let others = others_named_by(records, member, name, transaction.date);
    let others = others.into_iter().map(|id| look_up::who(records, id)).collect::<Vec<_>>();
    let warning = (!others.is_empty()).then(|| {
        let others = others.join(", ");
        format!(
            "payments that name {shown} were credited to {others} as well: if somebody pays for \
             several members, let each payment carry a reference"
        )
    });
    let notes = std::iter::once(note).chain(warning).collect();
    Ok((path, Record::Payer(Payer { payer: name.to_owned(), member }), notes))
}

/// Returns the other members who were lately credited with payments that name a payer.
fn others_named_by(
    records: &dyn Records,
    member: MemberId,
    name: &str,
    on: Date,
) -> BTreeSet<MemberId> {
    let (name, from) = (words(name), on.saturating_sub(RECENT.days()).to_string());
    let recent = |(other, id): &(MemberId, Tag)| *other != member && id.as_str() >= from.as_str();
    let named = |(other, id)| match records.record(&RecordPath::Payment(other, id)) {
        Some(Record::Payment(payment)) if words(&payment.text).contains(&name) => Some(other),
        _ => None,
    };
    records.payments().into_iter().filter(recent).filter_map(named).collect()
}

/// Returns the words of a text between blanks, in capitals.
fn words(text: &str) -> String {
    let upper = text.to_uppercase();
    let words = upper.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |all, word| all + word + " ")
}

/// Returns the member that the payer of an unmatched transaction is remembered for, if it is not
/// the one who is to be credited.
#[must_use]
pub fn remembered_for_another(
    records: &dyn Records,
    year: i16,
    id: &Tag,
    member: MemberId,
) -> Option<MemberId> {
    let path = RecordPath::Unmatched(year, id.clone());
    let Some(Record::Unmatched(transaction)) = records.record(&path) else { return None };
    let member = payer(records, member).ok()?;
    let name = payer_name(transaction.payer.as_deref(), &transaction.text)?;
    match records.record(&RecordPath::Payer(by_payer(name)?)) {
        Some(Record::Payer(before)) => Some(before.member).filter(|before| *before != member),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        fixture::{day, id, run, space},
        payment::{self, Add},
    };

    fn paid(member: u64, name: &str, date: &str, text: &str) -> Add {
        Add {
            member: id(member),
            id: name.parse().unwrap(),
            date: day(date),
            amount: 2500,
            months: Some(1),
            text: text.into(),
            source: None,
        }
    }

    #[test]
    fn whoever_pays_for_several_members_is_told_apart() {
        let mut records = space();
        for (member, name, date, text) in [
            (1, "a", "2026-02-01", "MRS KING DUES"),
            (2, "b", "2026-02-02", "mrs. king for Bob"),
            (2, "c", "2024-02-02", "MRS OLDER"),
            (2, "d", "2026-02-03", "MRS KINGSLEY"),
        ] {
            run(&mut records, |all| payment::add(all, paid(member, name, date, text)));
        }
        let others = |member: u64, name: &str| {
            let found = others_named_by(&records, id(member), name, day("2026-03-01"));
            found.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(others(1, "Mrs King"), [id(2)]);
        assert_eq!(others(2, "MRS KING"), [id(1)]);
        assert_eq!(others(1, "MRS OLDER"), [], "that was long ago");
        assert_eq!(others(2, "MRS KINGSLEY"), []);
    }
}
