//! Records a payment that does not appear on a bank statement: cash, or a gift of months.

use jiff::civil::Date;

use super::{
    ledger::Ledger,
    member_payments::{MemberPayments, name},
};
use crate::domain::{
    model::{Advice, Change, Counted, MemberId, Money, Payment, Subject, Tag},
    ops::{Plan, Planned, Refusal, look_up},
    payments::{UnmatchedReason, months_bought},
    records::Records,
};

/// The payment to record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Add {
    /// Who paid; a parent pays for a child.
    pub member: MemberId,
    /// The id under which it is recorded.
    pub id: Tag,
    /// The day it was paid, local date.
    pub date: Date,
    /// The amount, in minor units; zero for a gift of months.
    pub amount: Money,
    /// The number of months it buys; calculated from the dues if absent.
    pub months: Option<u16>,
    /// A description of it.
    pub text: String,
    /// How it was paid, such as `cash`.
    pub source: Option<String>,
}

/// Adds a payment.
///
/// # Errors
/// Refuses if there is no such member, if it buys no whole number of months and no number is
/// given, or if it is already recorded.
pub fn add(records: &dyn Records, request: Add) -> Planned {
    let space = look_up::space(records)?;
    let member = payer(records, request.member)?;
    let months = months(records, member, request.date, request.amount, request.months)?;
    let mut account = MemberPayments::open(records, member)?;
    let who = account.who();
    let name = name(request.date, request.id.as_str())?;
    if account.payments().iter().any(|(known, _)| *known == name) {
        return Err(Refusal::new(format!("{who} already has a payment {name}")));
    }
    let gift = (request.amount == 0).then(|| Payment::GIFT.to_owned());
    let payment = Payment {
        date: request.date,
        amount: request.amount,
        months,
        from: None,
        text: request.text,
        source: gift.or(request.source),
        returned: Vec::new(),
        split: Vec::new(),
    };
    account.payments().push((name, payment));
    let subject = counted(Subject::new("payment:").and(member).and("pays for"), months);
    let change = Change::new(subject, format!("payment.add {member}"));
    let warning = account.perhaps_twice(request.date, request.amount);
    let (change, [_, after]) = account.close(change, space.grace_days, request.date);
    Ok(warning.into_iter().fold(with_paid_until(change, &who, after), Plan::note))
}

/// Adds a note with the date until which a member has now paid.
pub(super) fn with_paid_until(change: Change, who: &str, until: Option<Date>) -> Plan {
    let plan = Plan::from(change);
    match until {
        Some(day) => plan.note(format!("{who} has paid until {day}")),
        None => plan.note(format!("{who} has not paid for anything")),
    }
}

/// Returns the member who pays: for a child, the parent.
pub(super) fn payer(records: &dyn Records, id: MemberId) -> Result<MemberId, Refusal> {
    Ok(look_up::member(records, id)?.parent.unwrap_or(id))
}

/// Returns the number of months an amount buys: the given number, or else calculated from the
/// dues.
pub(super) fn months(
    records: &dyn Records,
    id: MemberId,
    paid: Date,
    amount: Money,
    given: Option<u16>,
) -> Result<u16, Refusal> {
    if let Some(months) = given {
        return Ok(months);
    }
    let space = look_up::space(records)?;
    match months_bought(&space, &Ledger::open(records), id, paid, amount) {
        Ok(bought) => Ok(bought.months),
        Err(UnmatchedReason::Unreadable(_)) => {
            let message = format!("the dues of {id} cannot be calculated");
            Err(Refusal::new(message).hint(Advice::Check))
        }
        Err(reason) => Err(Refusal::new(reason.to_string()).hint(Advice::SayMonths)),
    }
}

/// Adds a number of months to a subject: ` 2 months`.
pub(super) fn counted(subject: Subject, months: u16) -> Subject {
    match months {
        0 => subject.and("no months"),
        1 => subject.and("1 month"),
        more => subject.and(Counted::new(more, "months")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::{Record, RecordPath},
        ops::{
            fixture::{day, id, newcomer, refused, run, space, tag},
            member,
        },
    };

    fn cash(member: u64, amount: Money, months: Option<u16>) -> Add {
        let (date, text) = (day("2026-03-01"), "for March".to_owned());
        let source = Some("cash".to_owned());
        Add { member: id(member), id: tag("x1"), date, amount, months, text, source }
    }

    #[test]
    fn months_follow_from_the_dues_unless_they_are_given() {
        let mut all = space();
        let (subject, notes) = run(&mut all, |all| add(all, cash(1, 4000, None)));
        assert_eq!(subject, "payment: 0001 pays for 2 months");
        assert_eq!(notes, ["0001 Ada Lovelace has paid until 2026-05-01"]);
        assert!(
            refused(add(&all, cash(1, 4000, None))).contains("already has a payment 2026-03-01-x1")
        );
        for date in ["-000001-01-01", "1899-12-31", "2200-01-01"] {
            let refusal = refused(add(&all, Add { date: day(date), ..cash(2, 2000, None) }));
            assert!(refusal.contains("is not a valid date for a payment"), "{refusal}");
        }
        let refusal = refused(add(&all, cash(2, 4100, None)));
        assert!(
            refusal.contains("owes 20.00 a month") && refusal.contains("| SayMonths"),
            "{refusal}"
        );
        run(&mut all, |all| add(all, cash(2, 0, Some(1))));
        let paid = all.record(&RecordPath::Payment(id(2), tag("2026-03-01-x1")));
        let gift =
            matches!(paid, Some(Record::Payment(it)) if it.source.as_deref() == Some("gift"));
        assert!(gift);
    }

    #[test]
    fn a_date_set_by_hand_is_extended_and_a_parent_pays_for_a_child() {
        let mut all = space();
        let child = member::Add { parent: Some(id(1)), ..newcomer(44, "Byron King") };
        run(&mut all, |all| member::add(all, child));
        let paid_until = crate::domain::ops::Field::Set(day("2026-02-25"));
        let edit = member::Edit { paid_until, ..member::Edit::default() };
        run(&mut all, |all| member::edit(all, id(1), edit));
        let (_, notes) = run(&mut all, |all| add(all, cash(44, 2000, None)));
        assert_eq!(notes, ["0001 Ada Lovelace has paid until 2026-03-25"]);
        let manual = crate::domain::ops::Field::Set(day("2027-01-01"));
        let edit = member::Edit { paid_until: manual, ..member::Edit::default() };
        let plan = member::edit(&all, id(1), edit).unwrap();
        let codes: Vec<_> = crate::domain::check::change(&plan.change, &all)
            .iter()
            .map(|it| it.code.as_str())
            .collect();
        assert_eq!(codes, ["paid-until"]);
    }
}
