//! Credits an unmatched transaction to a member.

use super::{
    add::{counted, months, payer, with_paid_until},
    member_payments::{MemberPayments, name},
    remember::{Remember, remember},
    same::waiting,
};
use crate::domain::{
    model::{Change, MemberId, Payment, RecordPath, Subject, Tag},
    ops::{Plan, Planned, look_up},
    records::Records,
};

/// Which transaction belongs to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assign {
    /// The year of the transaction.
    pub year: i16,
    /// The id of the transaction.
    pub id: Tag,
    /// The member to be credited; for a child, the parent is.
    pub member: MemberId,
    /// The number of months it buys; calculated from the dues if absent.
    pub months: Option<u16>,
    /// Whether, and how, to credit later payments of this payer to the member as well.
    pub remember: Option<Remember>,
}

/// Assigns a transaction: it becomes a payment.
///
/// # Errors
/// Refuses if there is no such transaction or member, if it buys no whole number of months and no
/// number is given, or if the payer is unknown and cannot be remembered.
pub fn assign(records: &dyn Records, request: Assign) -> Planned {
    let space = look_up::space(records)?;
    let path = RecordPath::Unmatched(request.year, request.id.clone());
    let transaction = waiting(records, &path, &request.id)?;
    let member = payer(records, request.member)?;
    let months = months(records, member, transaction.date, transaction.amount, request.months)?;
    let mut account = MemberPayments::open(records, member)?;
    let who = account.who();
    let date = transaction.date;
    let payment = Payment {
        date,
        amount: transaction.amount,
        months,
        from: None,
        text: transaction.text.clone(),
        source: transaction.source.clone(),
        returned: Vec::new(),
        split: Vec::new(),
    };
    account.payments().push((name(date, request.id.as_str())?, payment));
    let subject = Subject::new("payment: assign a transaction of").and(date).and("to").and(member);
    let subject = counted(subject.and("for"), months);
    let mut change = Change::new(subject, format!("payment.assign {member}")).remove(path);
    let mut remembered = Vec::new();
    if let Some(how) = request.remember {
        let (path, payer, notes) = remember(records, member, &transaction, how)?;
        change = change.put(path, payer);
        remembered = notes;
    }
    let warning = account.perhaps_twice(date, transaction.amount);
    let (change, [_, after]) = account.close(change, space.grace_days, date);
    Ok(remembered.into_iter().chain(warning).fold(with_paid_until(change, &who, after), Plan::note))
}
