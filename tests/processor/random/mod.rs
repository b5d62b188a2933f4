//! Whatever happens in a space and at its processors, in whatever order and with whatever failures: they
//! come to agree, nobody is charged who is not to be, nobody twice, and all money is recorded.

mod both;
mod taken;

use std::collections::BTreeMap;

use jiff::{SignedDuration, ToSpan as _};
use proptest::prelude::*;
use space::{
    domain::{
        model::{MemberId, Record, RecordPath, Suspension},
        ops::{self, Field, member::Credentials},
        records::Records as _,
    },
    integrations::processor::Fault,
};

use both::{Both, joins};
use taken::{Stage, Taken};

use crate::world::{KINDS, name};

/// The fewest days between two payments of one member for a month each.
const MONTH: i64 = 28;

/// How many members there are at most, besides children.
const MOST: usize = 5;

/// Something that happens.
#[derive(Clone, Debug)]
enum Event {
    /// Somebody joins who pays by one of the processors.
    Joins(usize),
    /// A child of a member joins.
    Child(usize),
    /// A member's tier becomes another one.
    Tier(usize, bool),
    /// A member's dues are reduced, or not any more.
    Concession(usize, bool),
    /// A member chooses what to pay, or not any more.
    Chooses(usize, Option<i64>),
    /// A member pays by one of the processors from now on, or in another way.
    PaysBy(usize, Option<usize>),
    /// A member is suspended from today on, for some days or until somebody ends it.
    Suspended(usize, Option<i64>),
    Resumed(usize),
    /// A member leaves in some days.
    Leaves(usize, i64),
    Returns(usize),
    /// A member says on the processor's page by what to pay.
    Agrees(usize),
    /// A payment, or a part of it, is given back.
    Refunded(prop::sample::Index, bool),
    /// The payer takes a payment back.
    Disputed(prop::sample::Index),
    /// That is decided for the space.
    Won(prop::sample::Index),
    /// A bank says late that there was no money.
    FailsLate(prop::sample::Index),
    /// No money can be taken from the account of a payment.
    Declined(prop::sample::Index),
    /// What arrived is paid out.
    PaidOut(usize),
    /// Days pass.
    Days(i64),
}

fn event() -> impl Strategy<Value = Event> {
    use Event::*;
    let who = || 0..MOST;
    prop_oneof![
        2 => (0..2_usize).prop_map(Joins),
        1 => who().prop_map(Child),
        1 => (who(), any::<bool>()).prop_map(|(it, more)| Tier(it, more)),
        1 => (who(), any::<bool>()).prop_map(|(it, less)| Concession(it, less)),
        1 => (who(), prop::option::of(2600..9900_i64)).prop_map(|(it, sum)| Chooses(it, sum)),
        3 => (who(), prop::option::weighted(0.9, 0..2_usize)).prop_map(|(it, by)| PaysBy(it, by)),
        2 => (who(), prop::option::of(1..40_i64)).prop_map(|(it, days)| Suspended(it, days)),
        2 => who().prop_map(Resumed),
        2 => (who(), prop_oneof![Just(0_i64), 0..40_i64]).prop_map(|(it, days)| Leaves(it, days)),
        2 => who().prop_map(Returns),
        5 => who().prop_map(Agrees),
        1 => (any::<prop::sample::Index>(), any::<bool>()).prop_map(|(it, all)| Refunded(it, all)),
        1 => any::<prop::sample::Index>().prop_map(Disputed),
        1 => any::<prop::sample::Index>().prop_map(Won),
        1 => any::<prop::sample::Index>().prop_map(FailsLate),
        1 => any::<prop::sample::Index>().prop_map(Declined),
        1 => (0..2_usize).prop_map(PaidOut),
        9 => (1..17_i64).prop_map(Days),
    ]
}

/// What the processors do instead of answering well.
fn faults() -> impl Strategy<Value = [Vec<Option<Fault>>; 2]> {
    let fault = prop_oneof![
        4 => Just(None),
        1 => Just(Some(Fault::Busy(None))),
        1 => Just(Some(Fault::Busy(Some(7)))),
        1 => Just(Some(Fault::Broken)),
        2 => Just(Some(Fault::Lost)),
        1 => Just(Some(Fault::Grows)),
    ];
    let some = || prop::collection::vec(fault.clone(), 0..9);
    prop_oneof![
        1 => Just([vec![], vec![]]),
        1 => [some(), some()],
    ]
}

/// What happens, how the next round fails, and in which order events are told.
type Step = (Event, [Vec<Option<Fault>>; 2], Vec<prop::sample::Index>);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let order = prop::collection::vec(any::<prop::sample::Index>(), 0..4);
    prop::collection::vec((event(), faults(), order), 6..20)
}

/// How far the clocks of the processors are ahead.
fn skew() -> impl Strategy<Value = SignedDuration> {
    prop_oneof![
        4 => Just(SignedDuration::ZERO),
        1 => (-27 * 60..27 * 60_i64).prop_map(SignedDuration::from_mins),
    ]
}

fn happens(both: &mut Both, event: &Event) {
    let count = both.members();
    let today = both.today();
    let member = |at: usize| {
        let number = u64::try_from(at % count.max(1) + 1).unwrap();
        MemberId::new(number).unwrap()
    };
    let edit = |both: &Both, at: usize, change: &dyn Fn(&mut ops::member::Edit)| {
        let mut request = ops::member::Edit::default();
        change(&mut request);
        both.change(|records| ops::member::edit(records, member(at), request));
    };
    match *event {
        Event::Joins(by) if count < MOST => {
            both.change(|records| joins(records, count + 1, None, Some(KINDS[by]), today));
        }
        Event::Joins(_) => {}
        Event::Child(of) if count > 0 && count < 2 * MOST => {
            both.change(|records| joins(records, count + 1, Some(member(of)), None, today));
        }
        Event::Child(_) => {}
        Event::Tier(at, more) => {
            let tier = if more { "patron" } else { "maker" };
            edit(both, at, &|it| it.tier = Some(tier.parse().unwrap()));
        }
        Event::Concession(at, less) => edit(both, at, &|it| {
            it.concession = if less { Field::Set("student".into()) } else { Field::Clear };
        }),
        Event::Chooses(at, sum) => {
            edit(both, at, &|it| it.chosen_amount = sum.map_or(Field::Clear, Field::Set));
        }
        Event::PaysBy(at, by) => edit(both, at, &|it| {
            it.pays_by = by.map_or(Field::Clear, |by| Field::Set(name(KINDS[by]).parse().unwrap()));
        }),
        Event::Suspended(at, days) => {
            let until = days.map(|days| today.checked_add(days.days()).unwrap());
            let suspension = Suspension { since: today, until };
            both.change(|it| ops::member::suspend(it, member(at), suspension, "noise".to_owned()));
        }
        Event::Resumed(at) => both.change(|it| ops::member::resume(it, member(at))),
        Event::Leaves(at, days) => {
            let on = today.checked_add(days.days()).unwrap();
            both.change(|it| ops::member::leave(it, member(at), on, Credentials::Keep));
        }
        Event::Returns(at) => both.change(|it| ops::member::rejoin(it, member(at))),
        Event::Agrees(at) => both.agree(member(at)),
        Event::PaidOut(side) => drop(both.sides[side].there.pay_out()),
        Event::Days(days) => both.wait(SignedDuration::from_hours(24 * days)),
        Event::Refunded(at, _)
        | Event::Disputed(at)
        | Event::Won(at)
        | Event::FailsLate(at)
        | Event::Declined(at) => at_a_payment(both, event, at),
    }
}

/// Something happens to a payment that has arrived.
fn at_a_payment(both: &mut Both, event: &Event, at: prop::sample::Index) {
    for it in &mut both.sides {
        let all: Vec<Taken> =
            Taken::all(it).into_iter().filter(|it| it.stage == Stage::Here).collect();
        if all.is_empty() {
            continue;
        }
        let one = &all[at.index(all.len())];
        let is_disputed = it.disputed.contains(&one.id);
        match event {
            Event::Refunded(_, whole) if !is_disputed && one.back < one.amount => {
                assert!(it.there.refund(&one.id, (!whole).then_some(100)), "{one:?}");
            }
            Event::Disputed(_)
                if !is_disputed && one.back == 0 && !it.decided.contains(&one.id) =>
            {
                it.there.dispute(&one.id);
                it.disputed.insert(one.id.clone());
            }
            Event::Won(_) if it.disputed.remove(&one.id) => {
                it.there.win(&one.id);
                it.decided.insert(one.id.clone());
            }
            Event::FailsLate(_) if it.kind == KINDS[1] && one.back == 0 => {
                it.there.fail_late(&one.id);
            }
            Event::Declined(_) => it.there.decline(&one.account, "no money"),
            _ => {}
        }
    }
}

/// Whatever arrived is recorded once, with what went back of it.
fn check_money(both: &Both) {
    let store = both.store();
    let head = store.read(store.head().unwrap()).unwrap();
    let mut recorded: BTreeMap<String, Vec<(i64, Option<i64>)>> = BTreeMap::new();
    for (member, payment) in head.payments() {
        let Ok(Some(Record::Payment(it))) = head.record(&RecordPath::Payment(member, payment))
        else {
            panic!("a payment cannot be read");
        };
        let kept = it.kept();
        recorded.entry(it.source.unwrap()).or_default().push((it.amount, Some(kept)));
    }
    for (year, id) in head.unmatched() {
        let Ok(Some(Record::Unmatched(it))) = head.record(&RecordPath::Unmatched(year, id)) else {
            panic!("a transaction cannot be read");
        };
        if it.payout.is_none() && it.failed.is_none() {
            // What goes back of one that waits is told, and left to whoever assigns it.
            recorded.entry(it.source.unwrap()).or_default().push((it.amount, None));
        }
    }
    let mut paid: BTreeMap<MemberId, Vec<Taken>> = BTreeMap::new();
    for (side, it) in both.sides.iter().enumerate() {
        let accounts = both.accounts(side);
        for one in Taken::all(it) {
            let own = recorded.remove(&one.id).unwrap_or_default();
            match (one.stage, own.as_slice()) {
                (Stage::Here, [(amount, kept)]) => {
                    let left = one.amount - one.back;
                    assert!(
                        *amount == one.amount && kept.is_none_or(|it| it == left),
                        "{one:?} {own:?}"
                    );
                }
                (Stage::Planned | Stage::OnItsWay, [])
                | (Stage::Never, [] | [(_, None | Some(0))]) => {}
                (..) => panic!("{one:?} is recorded as {own:?}"),
            }
            // Whoever is no member may pay as often as they like.
            let member = accounts.get(&one.account).filter(|_| one.is_final());
            if let Some(member) = member.filter(|_| one.back < one.amount) {
                paid.entry(*member).or_default().push(one);
            }
        }
    }
    assert_eq!(recorded, BTreeMap::new(), "nobody took that");
    let least = if both.skew == SignedDuration::ZERO { MONTH } else { MONTH - 2 };
    for (member, mut own) in paid {
        own.sort_by_key(|it| it.on);
        for (one, next) in own.iter().zip(own.iter().skip(1)) {
            let days = one.on.until(next.on).unwrap().get_days();
            assert!(i64::from(days) >= least, "{member} pays twice: {one:?} and {next:?}");
        }
    }
}

fn run(skew: SignedDuration, page: usize, steps: &[Step]) {
    let mut both = Both::new(skew);
    both.sides.iter().for_each(|side| side.there.page_size(page));
    // Two pay already, one by each.
    for number in 0..2 {
        happens(&mut both, &Event::Joins(number));
        both.settle();
        happens(&mut both, &Event::Agrees(number));
        both.settle();
    }
    for (event, faults, order) in steps {
        happens(&mut both, event);
        both.check_who_was_charged();
        both.shuffle(order);
        both.try_round(faults);
        both.settle();
        both.check_who_was_charged();
        check_money(&both);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 80, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn the_processors_follow_whatever_happens(
        skew in skew(), page in prop_oneof![Just(100_usize), 2..4_usize], steps in steps(),
    ) {
        run(skew, page, &steps);
    }
}

/// So many take some five seconds; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(5)
}
