//! Plans against services that have whatever they have.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::{
    follow::{Braked, Confirmed, stops},
    model::Brake,
};

type Amount = u32;

fn id(number: u64) -> MemberId {
    MemberId::new(number).unwrap()
}

fn want(what: Amount) -> Want<Amount> {
    Want { what, from: None, until: None, hold: None, because: "dues".into() }
}

fn wanted(members: &[(u64, Amount)], others: &[u64]) -> Wanted<Amount> {
    Wanted {
        members: members.iter().map(|(member, what)| (id(*member), want(*what))).collect(),
        others: others.iter().map(|member| (id(*member), "left".to_owned())).collect(),
        unreadable: BTreeSet::new(),
        known: BTreeMap::new(),
        prefix: "SM".to_owned(),
    }
}

fn account(name: &str, member: Option<u64>, holds: Holding<Amount>) -> Account<Amount> {
    let mark = member.map(|it| format!("SM{}", id(it)));
    Account { id: name.into(), mark, name: None, email: None, holds }
}

const fn has(what: Amount) -> Holding<Amount> {
    Holding::Has { what, renews: None }
}

fn step(member: u64, account: Option<&str>, action: Action<Amount>, why: &str) -> Step<Amount> {
    let account = account.map(ToOwned::to_owned);
    Step { member: id(member), account, action, because: why.to_owned() }
}

#[test]
fn each_difference_is_one_step_and_strangers_are_left_alone() {
    let mut records = wanted(&[(1, 20), (2, 20), (3, 20), (5, 20), (6, 20), (8, 20)], &[4, 7]);
    records.known = [(1, "a"), (7, "i"), (8, "gone")].map(|(it, at)| (id(it), at.into())).into();
    let found = Found {
        accounts: vec![
            account("a", Some(1), has(20)),
            account("b", Some(2), has(10)),
            account("c", Some(3), Holding::Nothing { ready: true, soonest: None }),
            account("d", Some(4), has(20)),
            account("e", None, has(20)),
            account("f", None, Holding::Nothing { ready: true, soonest: None }),
            account("g", Some(6), has(20)),
            account("h", Some(6), has(20)),
            account("i", None, Holding::Ends { what: 20, on: None }),
            account("j", Some(99), has(20)),
        ],
        complete: true,
    };
    let plan = plan(&records, &found);
    assert_eq!(
        plan.steps,
        [
            step(2, Some("b"), Action::Change { before: 10, after: 20 }, "dues"),
            step(3, Some("c"), Action::Add { after: 20, from: None }, "dues"),
            step(5, None, Action::Open, "dues"),
            step(4, Some("d"), Action::Remove { before: 20 }, "left"),
        ]
    );
    let told: Vec<String> = plan.drift.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "e has something, and the records do not say whose it is",
            "j has something, and the records do not say whose it is",
            "0006 has several accounts: g, h",
            "gone, the account of 0008, is no longer there",
        ]
    );
    let recorded: Vec<&str> = plan.unrecorded.iter().map(|(_, it)| it.as_str()).collect();
    assert_eq!(recorded, ["b", "c", "d"]);
}

#[test]
fn an_account_of_two_and_one_that_cannot_be_understood_are_for_a_person() {
    let mut records = wanted(&[(1, 20), (2, 20), (3, 20)], &[]);
    records.known = [(1, "a"), (2, "a"), (3, "b")].map(|(it, at)| (id(it), at.into())).into();
    records.unreadable = [id(4)].into();
    let accounts = vec![
        account("a", None, has(10)),
        account("b", None, Holding::Unclear("is odd".into())),
        account("c", Some(4), has(10)),
    ];
    let plan = plan(&records, &Found { accounts, complete: true });
    assert_eq!(plan.steps, []);
    let told: Vec<String> = plan.drift.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "a is the account of several members: 0001 0002",
            "b, the account of 0003, is odd",
            "the records do not say what 0004 owes",
        ]
    );
    assert_eq!(plan.unrecorded, [], "nothing is written where nothing can be read");
}

#[test]
fn what_would_be_charged_on_the_day_of_leaving_ends() {
    let renews = Some(date(2026, 4, 2));
    for (until, ends) in
        [(date(2026, 4, 1), true), (date(2026, 4, 2), true), (date(2026, 4, 3), false)]
    {
        let mut records = wanted(&[(1, 20)], &[]);
        records.members.get_mut(&id(1)).unwrap().until = Some(until);
        let there = |holds| Found { accounts: vec![account("a", Some(1), holds)], complete: true };
        let goes_on = plan(&records, &there(Holding::Has { what: 20, renews }));
        assert_eq!(goes_on.removals() == 1, ends, "{until}");
        let ending = plan(&records, &there(Holding::Ends { what: 20, on: renews }));
        assert_eq!(ending.steps.is_empty(), ends, "{until}");
        let nothing = |soonest| Holding::Nothing { ready: true, soonest };
        let begins = plan(&records, &there(nothing(renews)));
        assert_eq!(begins.steps.is_empty(), ends, "what would end before its first day: {until}");
        records.members.get_mut(&id(1)).unwrap().from = renews;
        let begins = plan(&records, &there(nothing(None)));
        assert_eq!(begins.steps.is_empty(), ends, "all of it is paid for: {until}");
    }
}

fn anything() -> impl Strategy<Value = (Wanted<Amount>, Found<Amount>)> {
    let amount = || prop::sample::select(vec![10, 20, 30]);
    let members = prop::collection::btree_map(1..12_u64, prop::option::of(amount()), 0..12);
    let holds = prop_oneof![
        prop::bool::ANY.prop_map(|ready| Holding::Nothing { ready, soonest: None }),
        amount().prop_map(has),
        amount().prop_map(|what| Holding::Ends { what, on: None }),
        Just(Holding::Unclear("is odd".into())),
    ];
    let one = (prop::option::weighted(0.8, 1..14_u64), holds);
    let accounts = prop::collection::vec(one, 0..14);
    let known = prop::collection::btree_map(1..12_u64, 0..16_usize, 0..4);
    (members, accounts, known, prop::bool::weighted(0.9)).prop_map(
        |(members, accounts, known, complete)| {
            let mut records = wanted(&[], &[]);
            for (member, amount) in members {
                match amount {
                    Some(amount) => drop(records.members.insert(id(member), want(amount))),
                    None => drop(records.others.insert(id(member), "left".into())),
                }
            }
            let known = known.into_iter().map(|(member, at)| (id(member), format!("a{at}")));
            records.known =
                known.filter(|(it, _)| records.member_of(&format!("SM{it}")).is_some()).collect();
            let one = |(at, (member, holds))| account(&format!("a{at}"), member, holds);
            let accounts = accounts.into_iter().enumerate().map(one).collect();
            (records, Found { accounts, complete })
        },
    )
}

/// Does to a picture of the service and of the records what a step does.
fn take(step: &Step<Amount>, records: &mut Wanted<Amount>, found: &mut Found<Amount>) {
    let Some(account) = &step.account else {
        let name = format!("new{}", step.member);
        if found.accounts.iter().all(|it| it.id != name) {
            let holds = Holding::Nothing { ready: false, soonest: None };
            found.accounts.push(account_of(&name, step.member, holds));
        }
        records.known.insert(step.member, name);
        return;
    };
    let it = found.accounts.iter_mut().find(|it| it.id == *account).unwrap();
    it.holds = match (&step.action, &it.holds) {
        (Action::Add { after, .. } | Action::Change { after, .. }, _) => has(*after),
        (Action::Remove { .. }, Holding::Has { what, .. }) => {
            Holding::Ends { what: *what, on: None }
        }
        (Action::Remove { .. } | Action::Open, other) => (*other).clone(),
    };
}

fn account_of(name: &str, member: MemberId, holds: Holding<Amount>) -> Account<Amount> {
    Account { mark: Some(format!("SM{member}")), ..account(name, None, holds) }
}

proptest! {
    /// After a plan was carried out there is nothing left to do, however often a step was repeated.
    #[test]
    fn a_plan_that_was_carried_out_leaves_nothing_to_do((records, found) in anything()) {
        let whole = plan(&records, &found);
        let (mut after, mut there) = (records, found);
        for step in whole.steps.iter().chain(whole.steps.first()) {
            take(step, &mut after, &mut there);
        }
        let left = plan(&after, &there);
        prop_assert_eq!(&left.steps, &[]);
        prop_assert_eq!(left.drift, whole.drift);
    }

    /// A process that was killed between two steps does the rest, and nothing else.
    #[test]
    fn what_was_begun_is_finished((records, found) in anything(), done in 0..20_usize) {
        let whole = plan(&records, &found);
        let (mut after, mut there) = (records, found);
        let done = done.min(whole.steps.len());
        whole.steps[..done].iter().for_each(|step| take(step, &mut after, &mut there));
        prop_assert_eq!(&plan(&after, &there).steps, &whole.steps[done..]);
    }

    /// Nothing is taken from who is wanted, or whom nobody knows, and nobody gets anything twice.
    #[test]
    fn nothing_is_taken_or_given_where_there_is_doubt((records, found) in anything()) {
        let plan = plan(&records, &found);
        let mut given = BTreeSet::new();
        for step in &plan.steps {
            prop_assert!(given.insert(step.member), "one step a member");
            prop_assert_eq!(step.removes(), records.others.contains_key(&step.member));
            let Some(account) = &step.account else { continue };
            let it = found.accounts.iter().find(|it| it.id == *account).unwrap();
            let by_mark = it.mark.as_deref().and_then(|it| records.member_of(it));
            let by_records = records.known.get(&step.member) == Some(account);
            prop_assert!(by_records || by_mark == Some(step.member));
        }
    }

    /// What the brake lets through rests on a whole answer and takes away no more than it allows.
    #[test]
    fn the_brake_holds(
        (records, found) in anything(), last in prop::option::of(0..20_usize),
        confirmed in prop::option::of(0..12_usize),
    ) {
        let plan = plan(&records, &found);
        let rules = Brake { percent: 20, few: 1 };
        let confirmed = Confirmed { removals: confirmed, smaller: false };
        if stops(rules, &plan, &found, last, confirmed).is_empty() {
            prop_assert!(found.complete);
            prop_assert!(last.is_none_or(|it| 2 * found.having() >= it));
            let few = !rules.holds(plan.removals(), found.having());
            prop_assert!(few || confirmed.removals >= Some(plan.removals()));
        }
        let why = stops(rules, &plan, &found, None, Confirmed { removals: Some(usize::MAX), smaller: true });
        prop_assert!(why.iter().all(|it| *it == Braked::Incomplete));
    }
}
