//! Lists of payments, and of transactions that wait to be assigned.

use crate::{
    app::{
        AppError,
        view::{PaymentView, UnmatchedView},
    },
    domain::{
        model::{MemberId, Payment, Record, RecordPath, Tag, Transaction},
        money::Currency,
        ops::payment::suggestions::suggestions,
        payments::Suggestion,
        records::{self, Records as _},
    },
    store::Revision,
};

/// Lists the payments of a member or of everybody.
#[must_use]
pub fn payments(
    head: &Revision<'_>,
    currency: &Currency,
    member: Option<MemberId>,
) -> Vec<PaymentView> {
    let mut rows = Vec::new();
    let mut row = |member: MemberId, name: &str, id: &Tag, payment: Payment| {
        let name = name.to_owned();
        rows.push(PaymentView::new(id.clone(), member, name, payment, currency));
    };
    let Some(member) = member else {
        let roster = head.roster();
        head.each_payment(|member, id, payment| {
            let name = roster.get(member).and_then(|it| it.member.get()).map(|it| &it.name);
            row(member, name.map_or("", String::as_str), id, payment.clone());
        });
        return rows;
    };
    let name = records::name(head, member).unwrap_or_default();
    for (id, payment) in of_member(head, member) {
        row(member, &name, &id, payment);
    }
    rows
}

/// Returns the payments of a member, as far as they can be read.
#[must_use]
pub fn of_member(head: &Revision<'_>, member: MemberId) -> Vec<(Tag, Payment)> {
    let read = |path| match (&path, head.record(&path)) {
        (RecordPath::Payment(_, id), Ok(Some(Record::Payment(it)))) => Some((id.clone(), it)),
        _ => None,
    };
    head.within(member).into_iter().filter_map(read).collect()
}

/// Lists the unmatched transactions that are not settled, with the members who may be meant.
///
/// # Errors
/// Fails if the settings cannot be read.
pub fn unmatched(head: &Revision<'_>, currency: &Currency) -> Result<Vec<UnmatchedView>, AppError> {
    let read = |(year, id): (i16, Tag)| match head.record(&RecordPath::Unmatched(year, id.clone()))
    {
        Ok(Some(Record::Unmatched(it))) if it.waits() => Some((id, it)),
        _ => None,
    };
    let waiting: Vec<(Tag, Transaction)> = head.unmatched().into_iter().filter_map(read).collect();
    let suggestions = suggestions(head, waiting.iter().map(|(_, it)| it))?;
    let row = |((id, transaction), suggestions): ((Tag, Transaction), Vec<Suggestion>)| {
        let amount = currency.amount(transaction.amount);
        UnmatchedView { id, transaction, suggestions, amount }
    };
    Ok(waiting.into_iter().zip(suggestions).map(row).collect())
}
