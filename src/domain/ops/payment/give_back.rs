//! Records that money was returned: a payment that bounced, or a refund.

use jiff::civil::Date;

use super::{
    add::{counted, with_paid_until},
    member_payments::MemberPayments,
};
use crate::domain::{
    model::{Advice, Change, MemberId, Money, Payment, Returned, Subject, Tag, advice::Listed},
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// What was returned, of which payment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refund {
    /// The member who paid.
    pub member: MemberId,
    /// The name of the payment's file, without the extension.
    pub payment: Tag,
    /// The day it was returned, local date.
    pub on: Date,
    /// The amount in minor units; all of it if absent.
    pub amount: Option<Money>,
    /// The number of months no longer paid for; by default in proportion to the amount.
    pub months: Option<u16>,
    /// The reason, in words.
    pub reason: String,
    /// The verb for the subject: [`REVERSE`] or [`REFUND`].
    pub verb: &'static str,
}

/// The bank took the money back.
pub const REVERSE: &str = "reverse";

/// We gave the money back, or a part of it.
pub const REFUND: &str = "refund";

/// Takes back what a payment bought, or a part of it; several refunds may follow one another. The
/// payment stays on record, so that it is recognised when its statement is imported again.
///
/// # Errors
/// Refuses if there is no such payment, if it was already returned, if more would be returned than
/// was paid, or if it may be the same refund once more.
pub fn give_back(records: &dyn Records, request: Refund) -> Planned {
    let payments = look_up::payments(records, request.member).unwrap_or_default();
    let payment = payments.into_iter().find(|(name, _)| *name == request.payment);
    // Whoever refunds without an amount has to say which part it is, in any case.
    let is_clear = request.amount.is_some() || request.verb == REVERSE;
    let payment = payment.map(|(_, it)| it).filter(|it| it.kept() > 0 && is_clear);
    let amount = request.amount.or(payment.as_ref().map(Payment::kept));
    let same = |it: &&Returned| it.on == request.on && Some(it.amount) == amount;
    if let Some(returned) = payment.iter().flat_map(|it| &it.returned).find(same) {
        return Err(Refusal::new(format!(
            "the same amount of that payment was already returned on {}: {}",
            returned.on, returned.reason
        ))
        .hint(Advice::SayDayBack));
    }
    give_back_for_sure(records, request)
}

/// Takes back what a payment bought, as [`give_back`] does, where it is certain that it is not the same refund
/// once more.
///
/// # Errors
/// Refuses if there is no such payment, if it was already returned, or if more would be returned than was
/// paid.
pub(in crate::domain::ops) fn give_back_for_sure(
    records: &dyn Records,
    request: Refund,
) -> Planned {
    let space = look_up::space(records)?;
    let mut account = MemberPayments::open(records, request.member)?;
    let who = account.who();
    let found = account.payments().iter_mut().find(|(name, _)| *name == request.payment);
    let Some((_, payment)) = found else {
        return Err(Refusal::new(format!("{who} has no payment {}", request.payment))
            .hint(Advice::List(Listed::Payments)));
    };
    if payment.is_opening() {
        return Err(Refusal::new("that is not a payment; it only says where the payments begin"));
    }
    let (kept, left) = (payment.kept(), payment.paid_months());
    if let Some(returned) = payment.returned.last().filter(|_| kept == 0 && left == 0) {
        return Err(Refusal::new(format!(
            "that payment was already returned on {}: {}",
            returned.on, returned.reason
        )));
    }
    if let Some(returned) = payment.returned.last()
        && request.amount.is_none()
        && request.verb == REFUND
    {
        return Err(Refusal::new(format!(
            "a part of that payment was already returned on {}: {}",
            returned.on, returned.reason
        ))
        .hint(Advice::SayAmountBack));
    }
    let amount = request.amount.unwrap_or(kept);
    let too_much = || {
        Refusal::new("more would be returned than was paid")
            .hint(Advice::ShowPayment(request.payment.clone()))
    };
    if !(0..=kept.max(0)).contains(&amount) {
        return Err(too_much());
    }
    let all = amount == kept;
    let months = match request.months {
        Some(months) => months,
        None if all => left,
        None => share(payment.months, amount, payment.amount).ok_or_else(|| {
            Refusal::new("that amount is not a whole number of the months it bought")
                .hint(Advice::SayMonthsBack)
        })?,
    };
    if months > left {
        return Err(too_much());
    }
    payment.returned.push(Returned { on: request.on, amount, months, reason: request.reason });
    let since = payment.date;
    let subject = counted(Subject::new("payment:").and(request.verb), months);
    let change = Change::new(
        subject.and("of").and(request.member),
        format!("payment.{} {}", request.verb, request.member),
    );
    let (change, [_, after]) = account.close(change, space.grace_days, since);
    Ok(with_paid_until(change, &who, after))
}

/// Returns the part of the months that corresponds to the part of the amount, if it is a whole
/// number.
fn share(months: u16, part: Money, whole: Money) -> Option<u16> {
    let product = i128::from(part) * i128::from(months);
    let whole = i128::from(whole);
    let fits = whole > 0 && part >= 0 && product % whole == 0;
    if fits { u16::try_from(product / whole).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::{Record, RecordPath},
        ops::{
            fixture::{day, id, refused, run, space, tag},
            payment::{Add, add},
        },
    };

    fn back(amount: Option<Money>, months: Option<u16>) -> Refund {
        let (payment, on, reason) = (tag("2026-01-05-x1"), day("2026-02-01"), "bounced".into());
        Refund { member: id(1), payment, on, amount, months, reason, verb: REVERSE }
    }

    fn paid() -> crate::domain::records::Catalogue {
        let mut all = space();
        for (name, date) in [("x1", "2026-01-05"), ("x2", "2026-03-04")] {
            let add_one = Add {
                member: id(1),
                id: tag(name),
                date: day(date),
                amount: 4000,
                months: None,
                text: String::new(),
                source: None,
            };
            run(&mut all, |all| add(all, add_one));
        }
        all
    }

    #[test]
    fn later_payments_are_recalculated() {
        let mut all = paid();
        assert_eq!(look_up::member(&all, id(1)).unwrap().paid_until, Some(day("2026-05-05")));
        let (subject, notes) = run(&mut all, |all| give_back(all, back(None, None)));
        assert_eq!(subject, "payment: reverse 2 months of 0001");
        assert_eq!(notes, ["0001 Ada Lovelace has paid until 2026-05-04"]);
        assert!(
            refused(give_back(&all, back(None, None))).contains("already returned on 2026-02-01")
        );
    }

    #[test]
    fn several_refunds_follow_one_another_until_all_is_returned() {
        let mut all = paid();
        run(&mut all, |all| give_back(all, back(Some(2000), None)));
        let again = refused(give_back(&all, back(Some(2000), None)));
        assert!(again.starts_with("the same amount of that payment was already"), "{again}");
        let rest = Refund { verb: REFUND, on: day("2026-02-10"), ..back(None, None) };
        let refusal = refused(give_back(&all, rest));
        assert!(refusal.starts_with("a part of that payment was already"), "{refusal}");
        let late = |amount| Refund { on: day("2026-02-10"), ..back(amount, None) };
        assert!(refused(give_back(&all, late(Some(2001)))).contains("more would be"));
        let (subject, _) = run(&mut all, |all| give_back(all, late(None)));
        assert_eq!(subject, "payment: reverse 1 month of 0001", "what was left");
        assert!(refused(give_back(&all, late(None))).contains("already returned on 2026-02-10"));
        let path = RecordPath::Payment(id(1), tag("2026-01-05-x1"));
        let Some(Record::Payment(payment)) = all.record(&path) else { panic!() };
        assert_eq!((payment.returned.len(), payment.kept(), payment.paid_months()), (2, 0, 0));
    }

    #[test]
    fn a_partial_refund_takes_back_its_share_of_the_months() {
        let mut all = paid();
        assert!(refused(give_back(&all, back(Some(1000), None))).contains("not a whole number"));
        assert!(refused(give_back(&all, back(Some(9000), Some(1)))).contains("more would be"));
        assert!(refused(give_back(&all, back(Some(-1), Some(1)))).contains("more would be"));
        // The month that stays paid ends so early that the later payment starts a new paid time.
        let (_, notes) = run(&mut all, |all| give_back(all, back(Some(2000), None)));
        assert_eq!(notes, ["0001 Ada Lovelace has paid until 2026-05-04"]);
        let missing = Refund { payment: tag("2026-01-05-x9"), ..back(None, None) };
        assert!(refused(give_back(&all, missing)).contains("has no payment 2026-01-05-x9"));
    }
}
