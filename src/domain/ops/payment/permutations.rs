//! Statements in any order, and overlapping in any way, produce the same records.

use std::collections::BTreeMap;

use jiff::{SignedDuration, civil::Date};
use proptest::{prelude::*, sample::select};

use super::import;
use crate::domain::{
    check,
    model::{Record, RecordPath},
    ops::{
        Field,
        fixture::{day, id, newcomer, run, space},
        member,
    },
    payments::{NEAR_DAYS, Statement, StatementLine, StatementRow},
    records::Catalogue,
};

/// The number of days with transactions in all statements together.
const DAYS: usize = 90;

/// Such days are further apart than two bookings of the same money. Closer ones that are not in one
/// statement may be kept aside, depending on what is imported first.
const APART: i64 = NEAR_DAYS + 1;

/// Ada (paid by hand until January), Bob, Ada's child 0003, and 0004 who left in February.
fn world() -> Catalogue {
    let mut all = space();
    let child = member::Add { parent: Some(id(1)), ..newcomer(3, "Byron King") };
    run(&mut all, |all| member::add(all, child));
    run(&mut all, |all| member::add(all, newcomer(4, "Charles Babbage")));
    let keep = member::Credentials::Keep;
    run(&mut all, |all| member::leave(all, id(4), day("2026-02-01"), keep));
    let edit = member::Edit { paid_until: Field::Set(day("2026-01-20")), ..Default::default() };
    run(&mut all, |all| member::edit(all, id(1), edit));
    all
}

fn date(at: usize) -> Date {
    let days = i64::try_from(at).unwrap();
    day("2026-01-01") + SignedDuration::from_hours(24 * APART * days)
}

const TEXTS: [&str; 9] =
    ["SM0001", "sm 1 STO", "SM0002", "SM0003", "SM0004", "SM0001 SM0002", "SM0099", "COFFEE", ""];

fn lines() -> impl Strategy<Value = Vec<StatementLine>> {
    let amounts = select(&[2000_i64, 2000, 2000, 4000, 3000, -2000, 1][..]);
    let one = (0..DAYS, amounts, select(&TEXTS[..]), any::<bool>(), any::<bool>());
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        let line = |(number, (at, amount, text, id, foreign)): (usize, (_, _, &str, _, bool))| {
            StatementLine {
                date: date(at),
                amount,
                currency: (foreign && number % 5 == 0).then(|| "USD".to_owned()),
                text: text.to_owned(),
                bank_id: if id { Some(format!("F{number}")) } else { None },
                ..StatementLine::default()
            }
        };
        all.into_iter().enumerate().map(line).collect()
    })
}

/// A statement has all lines of some days in a row, in any order.
fn statement(lines: &[StatementLine], days: std::ops::Range<usize>, turn: usize) -> Statement {
    let within =
        |line: &&StatementLine| line.date >= date(days.start) && line.date < date(days.end);
    let mut some: Vec<StatementLine> = lines.iter().filter(within).cloned().collect();
    let length = some.len().max(1);
    some.rotate_left(turn % length);
    if turn % 2 == 1 {
        some.reverse();
    }
    let rows =
        (1..).zip(some).map(|(number, line)| StatementRow { number, content: Ok(line) }).collect();
    Statement { name: format!("{days:?}"), rows, warnings: Vec::new() }
}

fn imported(all: &mut Catalogue, statements: &[Statement]) -> import::Import {
    let done = import(all, statements, day("2026-12-31")).unwrap();
    let findings = check::change(&done.plan.change, all);
    assert!(findings.iter().all(|finding| !finding.is_error()), "{findings:?}");
    all.apply(&done.plan.change);
    done
}

fn everything(all: &Catalogue) -> BTreeMap<RecordPath, Record> {
    all.iter().map(|(path, record)| (path.clone(), record.clone())).collect()
}

/// The money in the records: in payments, and in unmatched transactions.
fn money(all: &Catalogue) -> (i128, i128) {
    let mut sums = (0, 0);
    for (_, record) in all.iter() {
        match record {
            Record::Payment(payment) => sums.0 += i128::from(payment.amount),
            Record::Unmatched(transaction) => sums.1 += i128::from(transaction.amount),
            _ => {}
        }
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn order_and_overlap_change_nothing(
        lines in lines(),
        cuts in proptest::collection::vec((0..DAYS, 0..DAYS, any::<usize>()), 0..6),
        together in any::<bool>(),
    ) {
        let mut once = world();
        let whole = imported(&mut once, &[statement(&lines, 0..DAYS, 0)]);
        prop_assert_eq!(whole.lines.outcomes.len(), lines.len());

        let mut often = world();
        let mut some: Vec<Statement> = cuts
            .iter()
            .map(|(a, b, turn)| statement(&lines, *a.min(b)..*a.max(b), *turn))
            .collect();
        some.push(statement(&lines, 0..DAYS, 3));
        if together {
            imported(&mut often, &some);
        } else {
            for one in &some {
                imported(&mut often, std::slice::from_ref(one));
            }
        }
        prop_assert_eq!(everything(&often), everything(&once));
        let again = imported(&mut often, &some);
        prop_assert!(again.plan.change.edits.is_empty(), "a second time changes nothing");
    }

    #[test]
    fn money_in_is_money_accounted_for(lines in lines()) {
        let mut all = world();
        let totals = imported(&mut all, &[statement(&lines, 0..DAYS, 0)]).lines.totals;
        let parts = [totals.credited, totals.known, totals.unmatched, totals.ignored];
        prop_assert_eq!(parts.iter().map(|part| part.lines).sum::<u64>(), totals.all.lines);
        prop_assert_eq!(parts.iter().map(|part| part.money).sum::<i128>(), totals.all.money);
        prop_assert_eq!(totals.all.lines, lines.len() as u64);
        let came_in: i128 = lines.iter().map(|line| i128::from(line.amount.max(0))).sum();
        prop_assert_eq!(totals.all.money, came_in);
        prop_assert_eq!(money(&all), (totals.credited.money, totals.unmatched.money));
        let foreign = |line: &&StatementLine| line.currency.is_some();
        let foreign: i128 =
            lines.iter().filter(foreign).map(|line| i128::from(line.amount.max(0))).sum();
        prop_assert_eq!(totals.ignored.money, foreign);
    }
}
