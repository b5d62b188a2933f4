//! Tells which recorded payments the bank has taken back, and what to do about it.

use crate::domain::{
    model::{Advice, Note, advice::Listed},
    money::Currency,
    ops::look_up,
    payments::{ImportPlan, LineKind, LineOutcome},
    records::Records,
};

/// Returns a note about each line that takes a member's money back.
pub(super) fn notes(
    records: &dyn Records,
    plan: &ImportPlan,
    currency: &Currency,
) -> impl Iterator<Item = Note> {
    plan.outcomes.iter().filter_map(|outcome| note(records, outcome, currency))
}

fn note(records: &dyn Records, outcome: &LineOutcome, currency: &Currency) -> Option<Note> {
    let (line, taken) = (outcome.line.as_ref()?, outcome.takes_back.as_ref()?);
    let amount = if let LineKind::Return(Some(part)) = line.kind { part } else { line.amount };
    let sum = currency.amount(amount.saturating_abs());
    let (who, on) = (look_up::who(records, taken.member), line.date);
    let what = if line.amount < 0 {
        format!("{sum} of {who} went back on {on}")
    } else {
        format!("{sum} of {who} was corrected by the bank on {on}")
    };
    match (&taken.payment, taken.recorded) {
        (Some((_, paid)), Some(day)) => {
            let note = format!(
                "{what}, probably the payment of {paid} that is recorded as returned on {day}"
            );
            Some(note.into())
        }
        (Some((payment, paid)), None) => {
            let what = format!("{what}, probably the payment of {paid}");
            Some(Note::new(what, Advice::ReversePayment { payment: payment.clone(), on }))
        }
        (None, _) if line.amount < 0 => {
            let what = format!("{what}, but no payment of theirs has that amount");
            Some(Note::new(what, Advice::List(Listed::Payments)))
        }
        // What is corrected is not credited to anybody.
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ops::{
            fixture::{day, id, newcomer, run, space},
            member,
            payment::{REFUND, Refund, Share, Split, Transfer, give_back, import, split},
        },
        payments::{Statement, StatementLine, StatementRow, TransactionStatus},
        records::Catalogue,
    };

    fn line(date: &str, amount: i64, text: &str, kind: LineKind) -> StatementLine {
        StatementLine {
            date: day(date),
            amount,
            text: text.into(),
            kind,
            ..StatementLine::default()
        }
    }

    /// Imports lines; returns the notes with their advice, and the code of each line.
    fn imported(all: &mut Catalogue, lines: &[StatementLine]) -> (Vec<String>, Vec<&'static str>) {
        let row = |(number, line): (u32, &StatementLine)| StatementRow {
            number,
            content: Ok(line.clone()),
        };
        let rows = (1..).zip(lines).map(row).collect();
        let statement = Statement { rows, ..Statement::default() };
        let done = import(all, &[statement], day("2026-06-15")).unwrap();
        all.apply(&done.plan.change);
        let notes = done.plan.notes.iter().map(|note| {
            note.in_words(|advice| match advice {
                Advice::ReversePayment { payment, on } => {
                    format!("{} {on}", &payment.as_str()[..10])
                }
                _ => "list".into(),
            })
        });
        let code = |status: &TransactionStatus| match status {
            TransactionStatus::Credited { .. } => "credited",
            TransactionStatus::Known(_) => "known",
            TransactionStatus::Unmatched(reason) => reason.code(),
            TransactionStatus::Ignored(reason) => reason.code(),
        };
        let codes = done.lines.outcomes.iter().map(|outcome| code(&outcome.status)).collect();
        (notes.collect(), codes)
    }

    #[test]
    fn a_bounced_payment_is_pointed_out_until_it_is_reversed() {
        let mut all = space();
        let paid = line("2026-06-01", 2000, "A SM0001", LineKind::Plain);
        let bounced = line("2026-06-03", -2000, "A SM0001", LineKind::Plain);
        let both = [bounced.clone(), paid];
        let note = "20.00 of 0001 Ada Lovelace went back on 2026-06-03, probably the payment of \
                    2026-06-01: 2026-06-01 2026-06-03";
        let (notes, codes) = imported(&mut all, &both);
        assert_eq!((notes, codes), (vec![note.to_owned()], vec!["money-back", "credited"]));
        let (notes, codes) = imported(&mut all, &both);
        assert_eq!((notes, codes), (vec![note.to_owned()], vec!["money-back", "known"]));
        let payment = all.payments().remove(0).1;
        let back = |on| Refund {
            member: id(1),
            payment: payment.clone(),
            on,
            amount: None,
            months: None,
            reason: "bounced".into(),
            verb: "reverse",
        };
        let mut late = all.clone();
        run(&mut all, |all| give_back(all, back(bounced.date)));
        assert_eq!(imported(&mut all, &both), (vec![], vec!["not-a-credit", "known"]));
        // On another day it may be the same event or not.
        run(&mut late, |all| give_back(all, back(day("2026-06-10"))));
        let (notes, codes) = imported(&mut late, &both);
        assert!(
            notes[0].ends_with("2026-06-01 that is recorded as returned on 2026-06-10"),
            "{notes:?}"
        );
        assert_eq!(codes, ["money-back", "known"]);
    }

    #[test]
    fn each_of_several_refunds_stands_for_one_line() {
        let mut all = space();
        let paid = line("2026-06-01", 4000, "A SM0001", LineKind::Plain);
        imported(&mut all, std::slice::from_ref(&paid));
        let payment = all.payments().remove(0).1;
        let on = |text| line(text, -2000, "A SM0001", LineKind::Plain);
        let refunds = [on("2026-06-03"), on("2026-06-05"), on("2026-06-07")];
        for refund in &refunds[..2] {
            let back = Refund {
                member: id(1),
                payment: payment.clone(),
                on: refund.date,
                amount: Some(2000),
                months: None,
                reason: "refunded".into(),
                verb: REFUND,
            };
            run(&mut all, |all| give_back(all, back));
        }
        let (notes, codes) = imported(&mut all, &refunds);
        assert_eq!(codes, ["not-a-credit", "not-a-credit", "money-back"]);
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert!(notes[0].contains("on 2026-06-07, but no payment of theirs"), "{notes:?}");
    }

    #[test]
    fn a_transfer_that_was_split_bounces_as_a_whole() {
        let mut all = space();
        imported(&mut all, &[line("2026-06-01", 4000, "A SM0001", LineKind::Plain)]);
        let transfer = Transfer::Payment(id(1), all.payments().remove(0).1);
        let share = |member| Share { member: id(member), amount: 2000, months: None };
        let request = Split { transfer, shares: vec![share(1), share(2)] };
        run(&mut all, |all| split(all, request));
        let bounced = line("2026-06-03", -4000, "A SM0001", LineKind::Plain);
        let (notes, _) = imported(&mut all, &[bounced]);
        assert!(notes[0].contains("probably the payment of 2026-06-01"), "{notes:?}");
    }

    #[test]
    fn each_line_takes_back_another_payment() {
        let mut all = space();
        let child = member::Add { parent: Some(id(1)), ..newcomer(44, "Byron King") };
        run(&mut all, |all| member::add(all, child));
        let (notes, _) = imported(
            &mut all,
            &[
                line("2026-04-01", 2000, "SM0001", LineKind::Plain),
                line("2026-05-01", 2000, "SM0001", LineKind::Plain),
                line("2026-05-02", 4000, "SM0001", LineKind::Plain),
                line("2026-05-05", -2000, "SM0044", LineKind::Plain),
                line("2026-05-06", -2300, "SM0001", LineKind::Return(Some(2000))),
                line("2026-05-07", -2000, "SM0001", LineKind::Plain),
                line("2026-03-01", -4000, "SM0001", LineKind::Plain),
            ],
        );
        let ends: Vec<&str> = notes.iter().map(|note| note.rsplit_once(", ").unwrap().1).collect();
        assert_eq!(
            ends,
            [
                "probably the payment of 2026-05-01: 2026-05-01 2026-05-05",
                "probably the payment of 2026-04-01: 2026-04-01 2026-05-06",
                "but no payment of theirs has that amount: list",
                "but no payment of theirs has that amount: list",
            ]
        );
        assert!(notes[1].starts_with("20.00 of 0001"), "without the bank's fee: {notes:?}");
    }

    #[test]
    fn what_the_bank_does_not_call_a_payment_is_not_credited() {
        let mut all = space();
        let fee = |amount, text| line("2026-06-01", amount, text, LineKind::Fee);
        let (notes, codes) = imported(
            &mut all,
            &[
                line("2026-06-01", 2000, "SM0001", LineKind::Reversal),
                line("2026-06-01", 2000, "SM0001", LineKind::Return(None)),
                line("2026-06-01", 2000, "SM0001", LineKind::Correction(None)),
                line("2026-06-01", 2000, "SM0001", LineKind::Corrected),
                line("2026-06-01", 2000, "SM0001", LineKind::Debit),
                fee(2000, "SM0001"),
                fee(2000, "POWER"),
                fee(-2000, "POWER"),
                line("2026-06-01", -2000, "POWER", LineKind::Plain),
                line("2026-06-01", -2000, "POWER", LineKind::Return(None)),
                line("2026-06-01", -2000, "SM0001 SM0002", LineKind::Reversal),
                line("2026-06-01", -2000, "SM0099", LineKind::Plain),
            ],
        );
        assert!(notes.is_empty(), "{notes:?}");
        assert_eq!(codes[..6], ["not-income"; 6]);
        assert_eq!(codes[6..9], ["not-a-credit"; 3]);
        assert_eq!(codes[9..], ["money-back", "money-back", "not-a-credit"]);
    }

    #[test]
    fn a_correction_names_the_payment_that_it_corrects() {
        let mut all = space();
        let named = |mut line: StatementLine, id: &str| {
            line.bank_id = Some(id.into());
            line
        };
        let paid = named(line("2026-06-01", 2000, "SM0001", LineKind::Plain), "F1");
        let other = named(line("2026-06-02", 2000, "SM0001", LineKind::Plain), "F2");
        imported(&mut all, &[paid, other]);
        let kind = LineKind::Correction(Some("F1".into()));
        let correction = named(line("2026-06-03", 4000, "SM0001", kind), "F3");
        let (notes, codes) = imported(&mut all, &[correction]);
        assert_eq!(codes, ["not-income"]);
        assert_eq!(
            notes,
            [
                "40.00 of 0001 Ada Lovelace was corrected by the bank on 2026-06-03, probably the payment of \
              2026-06-01: 2026-06-01 2026-06-03"
            ]
        );
    }
}
