//! Remembers whom a payer pays for, so that later payments need no reference.

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

/// Returns the record of a payer, and a note on what it does.
///
/// # Errors
/// Refuses if the bank does not tell this payer from others, or if the payer is remembered for
/// another member.
pub(super) fn remember(
    records: &dyn Records,
    member: MemberId,
    transaction: &Transaction,
    how: Remember,
) -> Result<(RecordPath, Record, String), Refusal> {
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
    Ok((path, Record::Payer(Payer { payer: name.to_owned(), member }), note))
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
