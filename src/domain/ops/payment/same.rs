//! Records that an unmatched transaction is of the same money as one that is known already.

use super::ledger::Ledger;
use crate::domain::{
    model::{Advice, Change, Record, RecordPath, Subject, Tag, Transaction, advice::Listed},
    ops::{Plan, Planned, Refusal, look_up},
    payments::{self, Books as _, Recorded},
    records::Records,
};

/// Which transaction is of the same money as which.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Same {
    /// The year of the transaction.
    pub year: i16,
    /// The id of the transaction.
    pub id: Tag,
    /// The id of the other, which stays as it is; found by member, amount and day if absent.
    pub other: Option<Tag>,
}

/// Settles a transaction: it stays on file, so that it is recognised, but nobody can be credited
/// with it any more.
///
/// # Errors
/// Refuses if there is no such transaction, if it is settled already, or if the other one is not
/// known or of another amount.
pub fn same(records: &dyn Records, request: Same) -> Planned {
    let path = RecordPath::Unmatched(request.year, request.id.clone());
    let transaction = waiting(records, &path, &request.id)?;
    let other = match &request.other {
        Some(other) => recorded(records, other)?,
        None => twin(records, &request.id, &transaction)?.ok_or_else(|| {
            Refusal::new("nothing on record has that amount, about that day and the same member")
                .hint(Advice::NameOther)
        })?,
    };
    if other.id == request.id {
        return Err(Refusal::new("a transaction cannot be the same as itself"));
    }
    if transaction.amount > other.amount {
        return Err(Refusal::new("the other one is of less money, so it cannot include this one")
            .hint(Advice::List(Listed::Payments)));
    }
    let member = other.member.map(|id| look_up::who(records, id));
    let what = member
        .map_or_else(|| "an unmatched transaction".into(), |who| format!("a payment of {who}"));
    let part = if transaction.amount < other.amount { "a part of" } else { "the same money as" };
    let note = format!("it is {part} {what} of {} ({})", other.date, other.short_id());
    let subject = Subject::new("payment: a transaction of")
        .and(transaction.date)
        .and("is known as one of")
        .and(other.date);
    let settled = Transaction { same_as: Some(other.id), ..transaction };
    let change = Change::new(subject, "payment.same").put(path, Record::Unmatched(settled));
    Ok(Plan::from(change).note(note))
}

/// Returns an unmatched transaction that is not settled yet.
///
/// # Errors
/// Refuses if there is none.
pub(super) fn waiting(
    records: &dyn Records,
    path: &RecordPath,
    id: &Tag,
) -> Result<Transaction, Refusal> {
    let Some(Record::Unmatched(transaction)) = records.record(path) else {
        return Err(Refusal::new(format!("there is no transaction {id}"))
            .hint(Advice::List(Listed::Unmatched)));
    };
    if let Some(payout) = &transaction.payout {
        let service = &payout.service;
        return Err(Refusal::new(format!(
            "that transaction is what {service} paid out: its payments are credited already"
        )));
    }
    if let Some(failed) = &transaction.failed {
        let service = &failed.service;
        return Err(Refusal::new(format!(
            "that is a payment that {service} could not take: no money came in"
        )));
    }
    match &transaction.same_as {
        None => Ok(transaction),
        Some(other) => Err(Refusal::new(format!(
            "that transaction is settled: it is of the same money as {}",
            other.as_str().get(..8).unwrap_or(other.as_str())
        ))),
    }
}

/// Returns the record that may be of the same money as an unmatched transaction.
///
/// # Errors
/// Refuses if the settings cannot be read.
pub fn twin(
    records: &dyn Records,
    id: &Tag,
    transaction: &Transaction,
) -> Result<Option<Recorded>, Refusal> {
    let space = look_up::space(records)?;
    let recorded = Recorded {
        id: id.clone(),
        member: None,
        date: transaction.date,
        amount: transaction.amount,
        text: transaction.text.clone(),
    };
    Ok(payments::twin(&recorded, transaction.payer.as_deref(), &space, &Ledger::open(records)))
}

fn recorded(records: &dyn Records, id: &Tag) -> Result<Recorded, Refusal> {
    let known = Ledger::open(records).known(id).and_then(|known| known.record);
    known.ok_or_else(|| {
        Refusal::new(format!("nothing is on record as {id}")).hint(Advice::List(Listed::Payments))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ops::{
            fixture::{day, id, refused, run, space, tag},
            payment::{Add, Assign, add, assign},
        },
        records::Catalogue,
    };

    fn unmatched(all: &mut Catalogue, name: &str, date: &str, amount: i64) {
        let (date, text, reason) = (day(date), "A PAYER SM0001".to_owned(), "why".to_owned());
        let (source, payer, same_as) = (None, None, None);
        let it = Transaction {
            date,
            amount,
            text,
            source,
            payer,
            reason,
            same_as,
            payout: None,
            failed: None,
        };
        all.insert(RecordPath::Unmatched(2026, tag(name)), Record::Unmatched(it));
    }

    fn request(name: &str, other: Option<&str>) -> Same {
        Same { year: 2026, id: tag(name), other: other.map(tag) }
    }

    #[test]
    fn the_twin_is_found_and_the_transaction_settled() {
        let mut all = space();
        let cash = Add {
            member: id(1),
            id: tag("x1"),
            date: day("2026-03-01"),
            amount: 2000,
            months: None,
            text: String::new(),
            source: None,
        };
        run(&mut all, |all| add(all, cash));
        unmatched(&mut all, "u1", "2026-03-03", 2000);
        unmatched(&mut all, "u2", "2026-03-20", 2000);
        let (subject, notes) = run(&mut all, |all| same(all, request("u1", None)));
        assert_eq!(subject, "payment: a transaction of 2026-03-03 is known as one of 2026-03-01");
        assert_eq!(
            notes,
            ["it is the same money as a payment of 0001 Ada Lovelace of 2026-03-01 (x1)"]
        );
        assert!(refused(same(&all, request("u1", None))).contains("is settled"));
        let assigned =
            Assign { year: 2026, id: tag("u1"), member: id(1), months: None, remember: None };
        assert!(refused(assign(&all, assigned)).contains("is settled"));
        assert!(refused(same(&all, request("u2", None))).contains("nothing on record"));
        assert!(refused(same(&all, request("u2", Some("u2")))).contains("itself"));
        assert!(refused(same(&all, request("u2", Some("x9")))).contains("on record as x9"));
        unmatched(&mut all, "u3", "2026-03-01", 2001);
        assert!(refused(same(&all, request("u3", Some("x1")))).contains("less money"));
        run(&mut all, |all| same(all, request("u2", Some("u3"))));
    }
}
