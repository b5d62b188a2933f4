//! Counts a payment again about which a dispute was decided for the space.

use jiff::civil::Date;

use super::{add::with_paid_until, member_payments::MemberPayments};
use crate::domain::{
    follow::BackReason,
    model::{Change, MemberId, Payment, Returned, Subject, Tag},
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// The reason of what remains on record of a dispute that was decided for the space: nothing of the money,
/// but that it was. So whoever hears of the dispute only later knows.
pub const DECIDED: &str = "disputed, and decided for us";

/// Gives back what a dispute had taken; a dispute that is not recorded yet takes nothing any more.
///
/// # Errors
/// Refuses if there is no such payment, or if all of that is recorded.
pub fn restore(records: &dyn Records, member: MemberId, name: &Tag, on: Date) -> Planned {
    let space = look_up::space(records)?;
    let mut account = MemberPayments::open(records, member)?;
    let who = account.who();
    let found = account.payments().iter_mut().find(|(it, _)| it == name);
    let Some((_, payment)) = found else {
        return Err(Refusal::new(format!("{who} has no payment {name}")));
    };
    if is_decided(payment) {
        return Err(Refusal::unchanged("that payment counts again already"));
    }
    let words = [BackReason::Disputed.words(), BackReason::ChargedBack.words()];
    let before = payment.returned.len();
    payment.returned.retain(|it| !words.contains(&it.reason.as_str()));
    let counts_again = payment.returned.len() < before;
    payment.returned.push(Returned { on, amount: 0, months: 0, reason: DECIDED.to_owned() });
    let since = payment.date;
    let subject = Subject::new("payment: restore one of").and(member);
    let change = Change::new(subject, format!("payment.restore {member}"));
    let (change, [_, after]) = account.close(change, space.grace_days, since);
    let plan = with_paid_until(change, &who, after);
    let words = if counts_again { "counts again" } else { "stays" };
    Ok(plan.note(format!("a payment of {who} {words}: the dispute was decided for us")))
}

/// Tells whether a dispute about a payment was decided for the space.
#[must_use]
pub fn is_decided(payment: &Payment) -> bool {
    payment.returned.iter().any(|it| it.reason == DECIDED)
}
