//! Imports statements: credits members, and keeps unmatched transactions.

use std::collections::{BTreeMap, btree_map::Entry};

use jiff::civil::Date;

use super::{
    decisions,
    ledger::Ledger,
    member_payments::{MemberPayments, name},
    taken_back,
};
use crate::domain::{
    model::{Change, MemberId, Payment, Record, RecordPath, Transaction},
    money::Currency,
    ops::{Plan, Refusal, look_up},
    payments::{self, Statement, StatementLine, TransactionStatus},
    records::Records,
};

/// The result of importing some statements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// The result of each line.
    pub lines: payments::ImportPlan,
    /// The new dates until which the credited members have paid.
    pub cover_changes: BTreeMap<MemberId, CoverChange>,
    /// What is to be written; nothing if every transaction is known.
    pub plan: Plan,
}

/// The change of a member's cover.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoverChange {
    /// The member's number and name: `0042 Ada Lovelace`.
    pub who: String,
    /// The first day that was not paid for before.
    pub before: Option<Date>,
    /// The first day that is not paid for now.
    pub after: Option<Date>,
}

/// Imports statements as one change. `today` is the local day.
///
/// # Errors
/// Refuses if the settings cannot be read.
pub fn import(
    records: &dyn Records,
    statements: &[Statement],
    today: Date,
) -> Result<Import, Refusal> {
    let space = look_up::space(records)?;
    let lines = payments::plan(statements, &space, &Ledger::open(records), today);
    let mut change = Change::new("", "");
    let mut accounts: BTreeMap<MemberId, (MemberPayments, Date)> = BTreeMap::new();
    for outcome in &lines.outcomes {
        let (Some(line), Some(id)) = (&outcome.line, &outcome.id) else { continue };
        match &outcome.status {
            TransactionStatus::Credited { member, months, .. } => {
                let (account, since) = match accounts.entry(*member) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => {
                        new.insert((MemberPayments::open(records, *member)?, line.date))
                    }
                };
                *since = line.date.min(*since);
                let payment = (name(line.date, id.as_str())?, payment(line, *months));
                account.payments().push(payment);
            }
            TransactionStatus::Unmatched(reason) => {
                let path = RecordPath::Unmatched(line.date.year(), id.clone());
                let record = Record::Unmatched(transaction(line, reason.to_string()));
                change = change.put(path, record);
            }
            TransactionStatus::Known(_) | TransactionStatus::Ignored(_) => {}
        }
    }
    let (mut cover_changes, mut notes) = (BTreeMap::new(), Vec::new());
    for (id, (account, since)) in accounts {
        let who = account.who();
        let closed = account.close(change, space.grace_days, since);
        change = closed.0;
        let [before, after] = closed.1;
        if let (Some(before), Some(after)) = (before, after)
            && after < before
        {
            let note = format!(
                "{who} had paid until {before} and has now paid until {after}, because an earlier payment \
                 was found that later ones extend"
            );
            notes.push(note.into());
        }
        cover_changes.insert(id, CoverChange { who, before, after });
    }
    notes.extend(taken_back::notes(records, &lines, &Currency::named(&space.currency)));
    let totals = &lines.totals;
    let (credited, unmatched) = (totals.credited.lines, totals.unmatched.lines);
    let count = credited + unmatched;
    change.subject = decisions::subject(credited, unmatched, 0);
    change.trailer = format!("payment.import {count}");
    Ok(Import { lines, cover_changes, plan: Plan { change, notes } })
}

fn payment(line: &StatementLine, months: u16) -> Payment {
    Payment {
        date: line.date,
        amount: line.amount,
        months,
        from: None,
        text: line.text.clone(),
        source: line.bank_id.clone(),
        returned: Vec::new(),
        split: Vec::new(),
    }
}

fn transaction(line: &StatementLine, reason: String) -> Transaction {
    Transaction {
        date: line.date,
        amount: line.amount,
        text: line.text.clone(),
        source: line.bank_id.clone(),
        payer: line.payer.clone(),
        reason,
        same_as: None,
        payout: None,
        failed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ops::{
            fixture::{day, id, run, space},
            member,
            payment::{Assign, Remember, assign},
        },
        payments::{
            IgnoredReason, KnownFrom, MatchedBy, ReviewFlag, StatementRow, UnmatchedReason,
        },
        records::Catalogue,
    };

    fn line(date: &str, amount: i64, text: &str, bank_id: Option<&str>) -> StatementLine {
        StatementLine {
            date: day(date),
            amount,
            currency: None,
            text: text.into(),
            bank_id: bank_id.map(str::to_owned),
            ..StatementLine::default()
        }
    }

    /// Imports lines and applies the plan; returns the result of each line.
    fn imported(
        all: &mut Catalogue,
        lines: Vec<StatementLine>,
    ) -> Vec<(TransactionStatus, Vec<ReviewFlag>)> {
        let rows =
            (1..).zip(lines).map(|(number, line)| StatementRow { number, content: Ok(line) });
        let statement = Statement { rows: rows.collect(), ..Statement::default() };
        let import = import(all, &[statement], day("2026-03-02")).unwrap();
        all.apply(&import.plan.change);
        import.lines.outcomes.into_iter().map(|it| (it.status, it.flags)).collect()
    }

    fn statuses(all: &mut Catalogue, lines: Vec<StatementLine>) -> Vec<TransactionStatus> {
        imported(all, lines).into_iter().map(|(status, _)| status).collect()
    }

    #[test]
    fn one_id_for_two_transactions_credits_the_first_and_keeps_the_other() {
        let lines = || {
            vec![
                line("2026-02-03", 2000, "SM0002", Some("F1")),
                line("2026-02-02", 2000, "SM0001", Some("F1")),
                line("2026-02-02", 2000, "SM0001", Some("F1")),
            ]
        };
        let mut all = space();
        let (member, months, matched_by) = (id(1), 1, MatchedBy::Reference);
        let first = statuses(&mut all, lines());
        let credited = TransactionStatus::Credited { member, months, matched_by };
        let twice = TransactionStatus::Known(KnownFrom::Twice);
        assert_eq!(first, [TransactionStatus::Unmatched(UnmatchedReason::SameId), credited, twice]);
        let known = TransactionStatus::Known(KnownFrom::Payment(id(1)));
        assert_eq!(
            statuses(&mut all, lines()),
            [TransactionStatus::Known(KnownFrom::Unmatched), known.clone(), known],
            "and a second time both are known"
        );
    }

    #[test]
    fn odd_transactions_are_marked() {
        let mut all = space();
        run(&mut all, |all| member::suspend(all, id(2), day("2026-01-01"), "why".to_owned()));
        let edit = member::Edit {
            paid_until: crate::domain::ops::Field::Set(day("2026-03-20")),
            ..member::Edit::default()
        };
        run(&mut all, |all| member::edit(all, id(1), edit));
        let dollars = StatementLine {
            currency: Some("USD".into()),
            ..line("2026-03-01", 2000, "SM0001", None)
        };
        let found = imported(
            &mut all,
            vec![
                line("2099-01-01", 2000, "SM0001", None),
                dollars,
                line("2026-02-20", 2000, "SM0001", None),
                line("2024-02-20", 2000, "SM0002", None),
                line("2026-02-20", 60_000, "SM0002", None),
            ],
        );
        let flags: Vec<&[ReviewFlag]> = found.iter().map(|(_, flags)| flags.as_slice()).collect();
        assert_eq!(
            flags,
            [
                &[ReviewFlag::Future][..],
                &[ReviewFlag::Currency],
                &[ReviewFlag::PerhapsIncluded(day("2026-03-20"))],
                &[ReviewFlag::LongAgo, ReviewFlag::Suspended],
                &[ReviewFlag::MuchAtOnce(30), ReviewFlag::Suspended],
            ]
        );
        let ignored = [IgnoredReason::InTheFuture, IgnoredReason::OtherCurrency("USD".into())];
        assert_eq!([&found[0].0, &found[1].0], ignored.map(TransactionStatus::Ignored).each_ref());
    }

    #[test]
    fn a_payer_who_is_remembered_needs_no_reference() {
        let mut all = space();
        let mrs_king = |date: &str| StatementLine {
            payer: Some("Mrs King".into()),
            ..line(date, 2000, "MRS KING DUES", None)
        };
        let first = statuses(&mut all, vec![mrs_king("2026-02-01")]);
        assert_eq!(first, [TransactionStatus::Unmatched(UnmatchedReason::NoReference)]);
        let (year, waiting) = all.unmatched().remove(0);
        let request = Assign {
            year,
            id: waiting,
            member: id(2),
            months: None,
            remember: Some(Remember::Keep),
        };
        let (_, notes) = run(&mut all, |all| assign(all, request));
        assert!(notes[1].starts_with("payments of Mrs King without a reference"), "{notes:?}");
        let (member, months, matched_by) = (id(2), 1, MatchedBy::Payer);
        assert_eq!(
            statuses(&mut all, vec![mrs_king("2026-02-01"), mrs_king("2026-03-01")]),
            [
                TransactionStatus::Known(KnownFrom::Payment(id(2))),
                TransactionStatus::Credited { member, months, matched_by }
            ]
        );
        assert_eq!(look_up::member(&all, id(2)).unwrap().paid_until, Some(day("2026-04-01")));
    }
}
