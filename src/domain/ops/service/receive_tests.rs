//! Whatever the order in which things happen, money in equals money recorded.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::domain::{
    model::{Edit, Payment, Record, RecordPath},
    ops::fixture::{day, id, slug, space},
    records::Catalogue,
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn paid(payment: &str, account: &str, amount: Money, on: &str) -> Happening {
    Happening {
        at: at(&format!("{on}T12:00:00Z")),
        payment: payment.into(),
        what: What::Paid { account: Some(account.into()), amount, currency: "GBP".into() },
    }
}

fn failed_of(account: &str, demand: Option<&str>, why: &str) -> What {
    let (account, demand) = (Some(account.into()), demand.map(Into::into));
    What::Failed { account, amount: Some(2000), demand, why: why.into() }
}

fn returned(payment: &str, total: Money, reason: BackReason) -> Happening {
    let what = What::Returned { total, reason };
    Happening { at: at("2026-02-20T12:00:00Z"), payment: payment.into(), what }
}

fn accounts() -> BTreeMap<String, MemberId> {
    [("cus_1", 1), ("cus_2", 2)].map(|(account, member)| (account.into(), id(member))).into()
}

fn take(all: &mut Catalogue, happenings: &[Happening]) -> Received {
    let stripe = slug("stripe");
    let zone = TimeZone::UTC;
    let it = receive(all, &stripe, happenings, &accounts(), &zone, day("2026-03-02")).unwrap();
    all.apply(&it.plan.change);
    it
}

fn payments(all: &Catalogue) -> Vec<(MemberId, Payment)> {
    let of = |(path, record): (&RecordPath, &Record)| match (path, record) {
        (RecordPath::Payment(member, _), Record::Payment(it)) => Some((*member, it.clone())),
        _ => None,
    };
    all.iter().filter_map(of).collect()
}

#[test]
fn a_payment_is_credited_to_whose_account_it_is_and_counts_once() {
    let mut all = space();
    let one = paid("ch_1", "cus_1", 2000, "2026-02-01");
    let done = take(&mut all, &[one.clone(), one.clone()]);
    assert_eq!((done.credited, done.waiting, done.held.len()), (1, 0, 0));
    assert_eq!(done.plan.change.subject.as_str(), "service: receive 1 payment from stripe");
    let [(member, payment)] = &payments(&all)[..] else { panic!("{:?}", payments(&all)) };
    assert_eq!((*member, payment.amount, payment.months), (id(1), 2000, 1));
    assert_eq!(payment.source.as_deref(), Some("ch_1"));
    // The same event with the date of another clock.
    let later = paid("ch_1", "cus_1", 2000, "2026-02-02");
    assert!(take(&mut all, &[one, later]).plan.change.edits.is_empty());
    let ahead = paid("ch_2", "cus_1", 2000, "2026-03-03");
    assert_eq!(
        take(&mut all, std::slice::from_ref(&ahead)).credited,
        1,
        "their clock is ahead of ours"
    );
    assert!(take(&mut all, &[ahead]).plan.change.edits.is_empty());
}

#[test]
fn what_cannot_be_credited_is_kept_or_told() {
    let mut all = space();
    let mut euros = paid("ch_1", "cus_1", 2000, "2026-02-01");
    if let What::Paid { currency, .. } = &mut euros.what {
        *currency = "EUR".into();
    }
    let stranger = paid("ch_2", "cus_9", 2000, "2026-02-01");
    let odd = paid("ch_3", "cus_2", 1999, "2026-02-01");
    let failed = Happening {
        at: at("2026-02-01T12:00:00Z"),
        payment: "ch_4".into(),
        what: failed_of("cus_1", None, "no\u{7} money"),
    };
    let unknown = Happening {
        payment: "ch_5".into(),
        what: failed_of("cus_9", None, "no money"),
        ..failed.clone()
    };
    let orphan = returned("ch_2", 100, BackReason::Refunded);
    let done = take(&mut all, &[euros, stranger, odd, failed.clone(), unknown, orphan]);
    assert_eq!((done.credited, done.waiting), (0, 2));
    assert_eq!(all.unmatched().len(), 3, "the failed one is kept beside them");
    let notes: Vec<&str> = done.plan.notes.iter().map(|it| it.text.as_str()).collect();
    let words = "stripe could not take dues from 0001 Ada Lovelace on 2026-02-01: no\u{fffd} money";
    assert!(notes.contains(&words), "{notes:?}");
    assert!(done.plan.change.subject.as_str().ends_with("from stripe (1 failed)"));
    let held = done.held.join("\n");
    for words in [
        "the payment ch_1 is not recorded: in EUR",
        "could not take dues from cus_9",
        "1.00 of the payment ch_2 went back (refunded), and that is not recorded: it is credited to nobody",
    ] {
        assert!(held.contains(words), "{words}\n{held}");
    }
    assert!(!held.contains('\u{7}'));
    let again = take(&mut all, &[failed]);
    assert!(again.plan.change.edits.is_empty() && again.plan.notes.is_empty(), "told twice");
}

#[test]
fn what_went_back_takes_its_months_away_once() {
    let mut all = space();
    take(&mut all, &[paid("ch_1", "cus_1", 4000, "2026-02-01")]);
    let half = returned("ch_1", 2000, BackReason::Refunded);
    take(&mut all, std::slice::from_ref(&half));
    assert!(take(&mut all, std::slice::from_ref(&half)).plan.change.edits.is_empty());
    assert_eq!(payments(&all)[0].1.paid_months(), 1);
    let whole = Happening {
        at: at("2026-02-21T12:00:00Z"),
        ..returned("ch_1", 4000, BackReason::Disputed)
    };
    take(&mut all, &[whole, half]);
    assert_eq!((payments(&all)[0].1.kept(), payments(&all)[0].1.paid_months()), (0, 0));
    take(
        &mut all,
        &[paid("ch_2", "cus_2", 2000, "2026-02-01"), returned("ch_2", 5, BackReason::Refunded)],
    );
    assert_eq!(payments(&all)[1].1.paid_months(), 1, "a part that is no whole month");
}

#[test]
fn two_equal_parts_that_go_back_on_one_day_are_two() {
    let mut all = space();
    take(&mut all, &[paid("ch_1", "cus_1", 4000, "2026-02-01")]);
    for (total, kept) in [(1500, 2500), (3000, 1000), (3000, 1000)] {
        let done = take(&mut all, &[returned("ch_1", total, BackReason::Refunded)]);
        assert_eq!((done.held, payments(&all)[0].1.kept()), (vec![], kept));
    }
}

#[test]
fn what_goes_back_before_it_came_is_tried_again() {
    let mut all = space();
    let early = returned("ch_1", 2000, BackReason::Refunded);
    let done = take(&mut all, std::slice::from_ref(&early));
    assert_eq!((done.early.as_slice(), done.held.len()), (std::slice::from_ref(&early), 0));
    assert!(done.plan.change.edits.is_empty());
    let done = take(&mut all, &[early, paid("ch_1", "cus_1", 2000, "2026-02-01")]);
    assert_eq!((done.credited, done.early.len()), (1, 0));
    assert_eq!(payments(&all)[0].1.kept(), 0);
}

fn restored(payment: &str) -> Happening {
    Happening { at: at("2026-02-25T12:00:00Z"), payment: payment.into(), what: What::Restored }
}

#[test]
fn a_dispute_that_is_won_counts_again_in_whatever_order_that_is_told() {
    let one = paid("ch_1", "cus_1", 4000, "2026-02-01");
    let part = returned("ch_1", 2000, BackReason::Refunded);
    let disputed = returned("ch_1", 2000, BackReason::Disputed);
    let won = restored("ch_1");
    let mut ends = BTreeSet::new();
    for order in [
        [&one, &part, &disputed, &won],
        [&one, &disputed, &won, &part],
        [&won, &one, &part, &disputed],
        [&one, &won, &disputed, &part],
    ] {
        let (mut all, mut early) = (space(), Vec::new());
        for it in order {
            early.push(it.clone());
            early = take(&mut all, &early).early;
        }
        assert_eq!(early, []);
        let again: Vec<Happening> = order.into_iter().cloned().collect();
        assert!(take(&mut all, &again).plan.change.edits.is_empty(), "told twice");
        let [(member, payment)] = &payments(&all)[..] else { panic!("{order:?}") };
        assert_eq!((payment.kept(), payment.paid_months()), (2000, 1), "{order:?}");
        ends.insert(look_up::member(&all, *member).unwrap().paid_until);
    }
    assert_eq!(ends.len(), 1);
}

fn paid_out(id: &str, amount: Money, on: &str) -> Happening {
    let what = What::PaidOut {
        amount,
        currency: "GBP".into(),
        taken: amount + 58,
        fees: 58,
        named: "STRIPE".into(),
        came_back: None,
    };
    Happening { at: at(&format!("{on}T12:00:00Z")), payment: id.into(), what }
}

fn bank(all: &mut Catalogue, lines: &[(&str, Money, &str)]) -> Vec<&'static str> {
    let line = |(number, (date, amount, text)): (u32, &(&str, Money, &str))| StatementRow {
        number,
        content: Ok(StatementLine {
            date: day(date),
            amount: *amount,
            text: (*text).to_owned(),
            bank_id: Some(format!("F{date}{amount}{number}")),
            ..StatementLine::default()
        }),
    };
    let statement =
        Statement { rows: (1..).zip(lines).map(line).collect(), ..Statement::default() };
    let it = import(all, &[statement], day("2026-03-02")).unwrap();
    all.apply(&it.plan.change);
    let word = |status: &TransactionStatus| match status {
        TransactionStatus::Credited { .. } => "credited",
        TransactionStatus::Known(_) => "known",
        TransactionStatus::Unmatched(it) => it.code(),
        TransactionStatus::Ignored(it) => it.code(),
    };
    it.lines.outcomes.iter().map(|it| word(&it.status)).collect()
}

#[test]
fn a_payout_on_the_bank_statement_credits_nobody() {
    let mut all = space();
    take(
        &mut all,
        &[paid("ch_1", "cus_1", 2000, "2026-02-01"), paid_out("po_1", 1942, "2026-02-03")],
    );
    assert!(take(&mut all, &[paid_out("po_1", 1942, "2026-02-03")]).plan.change.edits.is_empty());
    let lines = [
        ("2026-02-04", 1942, "STRIPE PAYMENTS UK LTD"),
        ("2026-02-05", 1942, "Stripe once more"),
        ("2026-02-04", 1942, "J SMITH"),
        ("2026-02-20", 1942, "STRIPE, another one"),
        ("2026-02-04", 2000, "STRIPE SM0002"),
    ];
    let told = bank(&mut all, &lines);
    assert_eq!(told, ["payout", "no-reference", "no-reference", "no-reference", "credited"]);
    assert_eq!(bank(&mut all, &lines)[0], "payout", "a second time, too");
    assert_eq!(payments(&all).len(), 2);
}

#[test]
fn a_payout_that_is_told_after_the_bank_did_settles_its_line() {
    let mut all = space();
    let lines = [("2026-02-04", 1942, "STRIPE PAYMENTS"), ("2026-02-04", 1942, "J SMITH")];
    assert_eq!(bank(&mut all, &lines), ["no-reference"; 2]);
    take(&mut all, &[paid_out("po_1", 1942, "2026-02-03")]);
    let waits = |all: &Catalogue| {
        let of = |(_, record): (&RecordPath, &Record)| match record {
            Record::Unmatched(it) if it.waits() => Some(it.text.clone()),
            _ => None,
        };
        all.iter().filter_map(of).collect::<Vec<_>>()
    };
    assert_eq!(waits(&all), ["J SMITH"]);
    assert_eq!(bank(&mut all, &lines), ["known"; 2]);
    let mut euros = paid_out("po_2", 100, "2026-02-03");
    if let What::PaidOut { currency, .. } = &mut euros.what {
        *currency = "EUR".into();
    }
    let held = take(&mut all, &[euros, paid_out("po_3", -5, "2026-02-03")]).held;
    assert!(
        held.len() == 2 && held[0].contains("po_2 is not recorded: 100 minor units of EUR"),
        "{held:?}"
    );
}

#[test]
fn a_payout_that_came_back_is_told_once_whatever_is_told_first() {
    let paid = paid_out("po_1", 1942, "2026-02-03");
    let mut back = paid_out("po_1", 1942, "2026-02-05");
    if let What::PaidOut { came_back, .. } = &mut back.what {
        *came_back = Some("the account\u{7} is closed".into());
    }
    for order in [[&paid, &back], [&back, &paid]] {
        let mut all = space();
        let held: Vec<String> =
            order.iter().flat_map(|it| take(&mut all, std::slice::from_ref(it)).held).collect();
        let [said] = held.as_slice() else { panic!("{held:?}") };
        assert!(said.contains("po_1 of 19.42") && said.contains("is closed"), "{said}");
        assert!(!said.contains('\u{7}'));
        assert!(take(&mut all, &[paid.clone(), back.clone()]).plan.change.edits.is_empty());
        // The one that arrives is of the same amount, and each of them stands for a line.
        take(&mut all, &[paid_out("po_2", 1942, "2026-02-06")]);
        let lines = [("2026-02-04", 1942, "STRIPE"), ("2026-02-06", 1942, "STRIPE")];
        assert_eq!(bank(&mut all, &lines[1..]), ["payout"]);
        assert_eq!(bank(&mut all, &lines), ["payout"; 2]);
    }
}

proptest! {
    /// Payments and returns of them in any order, some twice, in batches of any size.
    #[test]
    fn money_in_is_money_recorded(
        order in prop::collection::vec((1..6_u32, prop::bool::ANY), 0..24), size in 1..6_usize,
    ) {
        let mut all = space();
        let mut seen = BTreeSet::new();
        let happenings: Vec<Happening> = order
            .iter()
            .map(|(number, goes_back)| {
                let name = format!("ch_{number}");
                if *goes_back {
                    return returned(&name, 2000, BackReason::Refunded);
                }
                seen.insert(*number);
                paid(&name, "cus_1", 2000, &format!("2026-01-{:02}", 5 * number))
            })
            .collect();
        let mut early = Vec::new();
        for batch in happenings.chunks(size) {
            early.extend_from_slice(batch);
            early = take(&mut all, &early).early;
        }
        let known: BTreeSet<String> = seen.iter().map(|number| format!("ch_{number}")).collect();
        prop_assert!(early.iter().all(|it| !known.contains(&it.payment)));
        let back: BTreeSet<&str> = happenings
            .iter()
            .filter(|it| matches!(it.what, What::Returned { .. }))
            .map(|it| it.payment.as_str())
            .collect();
        let recorded = payments(&all);
        prop_assert_eq!(recorded.len(), seen.len());
        for (_, payment) in &recorded {
            let is_back = back.contains(payment.source.as_deref().unwrap_or_default());
            prop_assert_eq!(payment.kept(), if is_back { 0 } else { 2000 });
        }
        let after = take(&mut all, &happenings);
        prop_assert!(after.plan.change.edits.values().all(|it| matches!(it, Edit::Put(_))));
        prop_assert!(after.plan.change.edits.is_empty(), "all of it once more changes nothing");
    }
}
