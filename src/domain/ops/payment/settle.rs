//! Recalculates until when a member has paid, after records were merged or changed by hand.

use jiff::civil::Date;

use super::{add::with_paid_until, member_payments::MemberPayments};
use crate::domain::{
    model::{Change, MemberId, Subject},
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// Recalculates from all payments until when a member has paid.
///
/// # Errors
/// Refuses if there is no such member, if a payment cannot be read, or if nothing would change.
pub fn settle(records: &dyn Records, id: MemberId) -> Planned {
    let space = look_up::space(records)?;
    let account = MemberPayments::open(records, id)?;
    let (who, paid) = (account.who(), !look_up::payments(records, id)?.is_empty());
    let subject = Subject::new("payment: settle the account of").and(id);
    let change = Change::new(subject, format!("payment.settle {id}"));
    let (change, [_, after]) = account.close(change, space.grace_days, Date::MIN);
    if change.edits.is_empty() || !paid {
        return Err(Refusal::unchanged(format_args!("the payments of {who} agree")));
    }
    Ok(with_paid_until(change, &who, after))
}
