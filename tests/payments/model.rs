//! Two years of a bank, imported in any order, against a reference ledger of what really happened.

use jiff::{ToSpan as _, civil::Date};
use proptest::{prelude::*, sample::select};
use space::domain::{
    model::{Record, RecordPath},
    ops::payment,
    payments::{LineOutcome, Statement, TransactionStatus, UnmatchedReason},
};

use super::{
    bank::{Bank, TODAY, id, statement},
    two_years::{BEGIN, Format, MEMBERS, MONTHS, Movement, booked, export, movements},
};

/// An export: its format, the first month, and the number of months.
type Export = (Format, u32, u32);

fn days((_, from, months): Export) -> (Date, Date) {
    // They begin and end in the middle of a month.
    let first = BEGIN + (from as i32).months() + 9.days();
    (first, first + (months as i32).months())
}

/// Tells whether any export has a movement.
fn is_exported(it: &Movement, exports: &[Export]) -> bool {
    exports.iter().any(|export| {
        let (from, until) = days(*export);
        (from..until).contains(&booked(it, export.0))
    })
}

/// How much of a member's money a movement brought, or took back.
fn of_member(it: &Movement, member: u64) -> i64 {
    let parts = it.parts.iter().filter(|part| part.member == Some(member));
    let own = if it.member == Some(member) { it.amount } else { 0 };
    own + parts.map(|part| part.amount).sum::<i64>()
}

/// How much of a member's money came in, as far as it was exported.
fn came_in(all: &[Movement], exports: &[Export], member: u64) -> i64 {
    let exported = all.iter().filter(|it| it.amount > 0 && is_exported(it, exports));
    exported.map(|it| of_member(it, member)).sum()
}

/// How much of it stayed: what went back before it was exported does not count.
fn stayed(all: &[Movement], exports: &[Export], member: u64) -> i64 {
    let has_come =
        |number: usize| all.iter().any(|it| it.number == number && is_exported(it, exports));
    let went_back =
        all.iter().filter(|it| is_exported(it, exports) && it.bounced.is_some_and(has_come));
    came_in(all, exports, member) + went_back.map(|it| of_member(it, member)).sum::<i64>()
}

/// What a member's cover rests on.
fn kept(bank: &Bank, member: u64) -> i64 {
    let of = |(path, record): (&RecordPath, &Record)| match record {
        Record::Payment(it) if path.member() == Some(id(member)) && it.paid_months() > 0 => {
            Some(it.amount)
        }
        _ => None,
    };
    bank.records.iter().filter_map(of).sum()
}

/// The treasurer takes back what an import says has gone back, if the books have too much.
fn take_back(bank: &mut Bank, lines: &[LineOutcome], all: &[Movement], exports: &[Export]) {
    for line in lines {
        let Some(taken) = &line.takes_back else { continue };
        let Some((name, _)) = &taken.payment else { continue };
        let member = taken.member.number();
        if taken.recorded.is_none() && kept(bank, member) > stayed(all, exports, member) {
            bank.reverse(taken.member, name, line.line.as_ref().unwrap().date);
        }
    }
}

/// How many lines were read, and how many of them could have been credited but were kept aside.
#[derive(Default)]
struct Share {
    lines: usize,
    aside: usize,
}

fn import(bank: &mut Bank, files: &[Export], all: &[Movement], seen: &[Export]) -> Share {
    let render = |it: &Export| {
        let (from, until) = days(*it);
        statement(&export(all, it.0, from, until))
    };
    let statements: Vec<Statement> = files.iter().map(render).collect();
    let before = money(bank);
    let done = payment::import(&bank.records, &statements, TODAY).unwrap();
    let totals = &done.lines.totals;
    let parts = [totals.credited, totals.known, totals.unmatched, totals.ignored];
    assert_eq!(parts.iter().map(|it| it.money).sum::<i128>(), totals.all.money);
    assert_eq!(parts.iter().map(|it| it.lines).sum::<u64>(), totals.all.lines);
    bank.apply(&done.plan);
    assert_eq!(money(bank) - before, totals.credited.money + totals.unmatched.money);
    take_back(bank, &done.lines.outcomes, all, seen);
    let mut share = Share::default();
    for outcome in &done.lines.outcomes {
        share.lines += 1;
        let status = &outcome.status;
        let could = matches!(
            status,
            TransactionStatus::Unmatched(
                UnmatchedReason::PerhapsKnown(_) | UnmatchedReason::SameId
            )
        );
        share.aside += usize::from(could);
    }
    share
}

/// All money on record, wherever it waits.
fn money(bank: &Bank) -> i128 {
    let of = |record: &Record| match record {
        Record::Payment(it) => i128::from(it.amount),
        Record::Unmatched(it) => i128::from(it.amount),
        _ => 0,
    };
    bank.records.iter().map(|(_, record)| of(record)).sum()
}

/// What is on record of a member's money, and of everybody's that waits.
fn on_record(bank: &Bank, member: u64) -> i64 {
    let of = |(path, record): (&RecordPath, &Record)| match record {
        Record::Payment(it) if path.member() == Some(id(member)) => it.amount,
        Record::Unmatched(it) => it.amount,
        _ => 0,
    };
    bank.records.iter().map(of).sum()
}

fn formats() -> impl Strategy<Value = Format> {
    select(&[Format::Ofx, Format::OtherOfx, Format::Csv, Format::Camt][..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_or_credited_twice_whatever_is_imported_in_whatever_order(
        seed in any::<u64>(),
        exports in proptest::collection::vec((formats(), 0..MONTHS, 1..9_u32), 1..9),
        together in any::<bool>(),
    ) {
        let all = movements(seed);
        let mut bank = Bank::new();
        if together {
            import(&mut bank, &exports, &all, &exports);
        }
        for (at, export) in exports.iter().enumerate() {
            let seen = if together { &exports[..] } else { &exports[..=at] };
            import(&mut bank, std::slice::from_ref(export), &all, seen);
            for member in MEMBERS {
                let came_in = came_in(&all, seen, member);
                prop_assert!(kept(&bank, member) <= came_in, "{} was credited twice", member);
            }
        }
        for member in MEMBERS {
            let came_in = came_in(&all, &exports, member);
            prop_assert!(on_record(&bank, member) >= came_in, "money of {} is lost", member);
        }
        // Once the treasurer has seen every file again, nobody's cover rests on money that left.
        let credited = money(&bank);
        for export in &exports {
            import(&mut bank, std::slice::from_ref(export), &all, &exports);
        }
        prop_assert_eq!(money(&bank), credited, "a second time nothing is new");
        for member in MEMBERS {
            let (kept, stayed) = (kept(&bank, member), stayed(&all, &exports, member));
            prop_assert!(kept <= stayed, "{}: {} of {}", member, kept, stayed);
        }
    }
}

/// A treasurer who imports one format each month, with some days twice, and now and then another
/// format of the same days.
#[test]
fn little_is_kept_aside() {
    let (mut own, mut other) = (Share::default(), Share::default());
    for seed in 0..20 {
        let all = movements(seed);
        let mut bank = Bank::new();
        let mut seen = Vec::new();
        for month in 0..MONTHS {
            let export = (Format::Ofx, month, 2);
            seen.push(export);
            let share = import(&mut bank, &[export], &all, &seen);
            own.lines += share.lines;
            own.aside += share.aside;
            if month % 12 == 11 {
                let export = (Format::Csv, month, 1);
                seen.push(export);
                let share = import(&mut bank, &[export], &all, &seen);
                other.lines += share.lines;
                other.aside += share.aside;
            }
        }
    }
    let percent = |share: &Share| 100.0 * share.aside as f64 / share.lines as f64;
    let (own, other) = (percent(&own), percent(&other));
    assert!(own < 3.0, "of one format, {own:.1} % are kept aside");
    assert!(other > 50.0, "of another format of the same days, {other:.1} %");
}
