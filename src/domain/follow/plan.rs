//! Compares what the records want with what a service has.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{Account, Found, Having, Step};
use crate::domain::model::MemberId;

/// What has to be done at a service, and what a person should look at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan<T> {
    /// The steps, by member: what is given before what is taken away.
    pub steps: Vec<Step<T>>,
    /// What was done at the service by hand, and is left alone.
    pub drift: Vec<Drift>,
}

/// What does not follow from the records, and what no step changes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Drift {
    /// An account that has something, and of which nobody knows whose it is.
    Stranger {
        /// The account.
        account: String,
    },
    /// Several accounts of one member.
    Twice {
        /// The member.
        member: MemberId,
        /// The accounts.
        accounts: Vec<String>,
    },
}

/// Plans how a service comes to have what the records want: nothing for members who are not named.
///
/// A member with several accounts gets no step, since nobody but a person can tell which one counts.
#[must_use]
pub fn plan<T: Having>(wanted: &BTreeMap<MemberId, T>, found: &Found<T>) -> Plan<T> {
    let mut own: BTreeMap<MemberId, Vec<&Account<T>>> = BTreeMap::new();
    let mut drift = Vec::new();
    for account in &found.accounts {
        match account.member.map(|member| own.entry(member)) {
            Some(Entry::Occupied(mut others)) => others.get_mut().push(account),
            Some(Entry::Vacant(first)) => {
                first.insert(vec![account]);
            }
            None if account.has.is_some() => {
                drift.push(Drift::Stranger { account: account.id.clone() });
            }
            None => {}
        }
    }
    let mut steps = Vec::new();
    for (member, want) in wanted {
        if !own.contains_key(member) {
            steps.push(Step::Add { member: *member, account: None, wanted: want.clone() });
        }
    }
    for (member, accounts) in own {
        let [account] = accounts[..] else {
            let accounts = accounts.iter().map(|it| it.id.clone()).collect();
            drift.push(Drift::Twice { member, accounts });
            continue;
        };
        steps.extend(step(member, account, wanted.get(&member)));
    }
    steps.sort_by_key(|step| (step.removes(), step.member()));
    drift.sort();
    Plan { steps, drift }
}

fn step<T: Having>(member: MemberId, account: &Account<T>, wanted: Option<&T>) -> Option<Step<T>> {
    let id = account.id.clone();
    match (account.has.clone(), wanted.cloned()) {
        (None, Some(wanted)) => Some(Step::Add { member, account: Some(id), wanted }),
        (Some(has), Some(wanted)) if has != wanted => {
            Some(Step::Change { member, account: id, has, wanted })
        }
        (Some(has), None) => Some(Step::Remove { member, account: id, has }),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

impl<T: Having> Plan<T> {
    /// Returns how many steps take something away.
    #[must_use]
    pub fn removals(&self) -> usize {
        self.steps.iter().filter(|step| step.removes()).count()
    }

    /// Returns what the service will have once all steps are done.
    #[must_use]
    pub fn after(&self, found: &Found<T>) -> Found<T> {
        let mut after = found.clone();
        self.steps.iter().for_each(|step| step.apply(&mut after));
        after
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::follow::{Brake, Braked};

    /// An amount; who pays a thousand looks after the service.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    struct Terms(u32);

    impl Having for Terms {
        fn administers(&self) -> bool {
            self.0 == 1_000
        }
    }

    fn id(number: u64) -> MemberId {
        MemberId::new(number).unwrap()
    }

    fn account(name: &str, member: Option<u64>, has: Option<u32>) -> Account<Terms> {
        Account { id: name.into(), member: member.map(id), has: has.map(Terms) }
    }

    fn found(accounts: &[Account<Terms>]) -> Found<Terms> {
        Found { accounts: accounts.to_vec(), complete: true }
    }

    #[test]
    fn each_difference_is_one_step_and_strangers_are_left_alone() {
        let wanted = [(1, 20), (2, 20), (3, 20), (5, 20)];
        let wanted = wanted.map(|(member, amount)| (id(member), Terms(amount))).into();
        let there = found(&[
            account("a", Some(1), Some(20)),
            account("b", Some(2), Some(10)),
            account("c", Some(3), None),
            account("d", Some(4), Some(20)),
            account("e", None, Some(20)),
            account("f", None, None),
            account("g", Some(6), Some(20)),
            account("h", Some(6), Some(20)),
        ]);
        let Plan { steps, drift } = plan(&wanted, &there);
        assert_eq!(
            steps,
            [
                Step::Change {
                    member: id(2),
                    account: "b".into(),
                    has: Terms(10),
                    wanted: Terms(20)
                },
                Step::Add { member: id(3), account: Some("c".into()), wanted: Terms(20) },
                Step::Add { member: id(5), account: None, wanted: Terms(20) },
                Step::Remove { member: id(4), account: "d".into(), has: Terms(20) },
            ]
        );
        let twice = Drift::Twice { member: id(6), accounts: vec!["g".into(), "h".into()] };
        assert_eq!(drift, [Drift::Stranger { account: "e".into() }, twice]);
    }

    fn wanted() -> impl Strategy<Value = BTreeMap<MemberId, Terms>> {
        let amounts = prop::sample::select(vec![10, 20, 1_000]);
        prop::collection::btree_map((1..12_u64).prop_map(id), amounts.prop_map(Terms), 0..12)
    }

    fn service() -> impl Strategy<Value = Found<Terms>> {
        let member = prop::option::weighted(0.8, 1..12_u64);
        let has = prop::option::weighted(0.7, prop::sample::select(vec![10, 20, 1_000]));
        let all = prop::collection::vec((member, has), 0..14);
        (all, prop::bool::weighted(0.9)).prop_map(|(all, complete)| {
            let one = |(number, (member, has))| account(&format!("a{number}"), member, has);
            Found { accounts: all.into_iter().enumerate().map(one).collect(), complete }
        })
    }

    proptest! {
        /// After a plan was carried out there is nothing left to do, in whatever order its steps came,
        /// and a step that is done once more changes nothing.
        #[test]
        fn a_plan_that_was_carried_out_leaves_nothing_to_do(
            wanted in wanted(), there in service(), from in 0..20_usize,
        ) {
            let before = plan(&wanted, &there);
            let after = before.after(&there);
            let left = plan(&wanted, &after);
            prop_assert_eq!(&left.steps, &[]);
            prop_assert_eq!(&left.drift, &before.drift);
            let mut turned = before.clone();
            let middle = from % turned.steps.len().max(1);
            turned.steps.rotate_left(middle);
            turned.steps.extend(before.steps.first().cloned());
            let other = turned.after(&there);
            prop_assert_eq!(plan(&wanted, &other).steps, []);
            prop_assert_eq!(other.accounts.len(), after.accounts.len());
        }

        /// A process that was killed between two steps does the rest, and nothing else.
        #[test]
        fn what_was_begun_is_finished(wanted in wanted(), there in service(), done in 0..20_usize) {
            let whole = plan(&wanted, &there);
            let mut part = there.clone();
            let done = done.min(whole.steps.len());
            whole.steps[..done].iter().for_each(|step| step.apply(&mut part));
            let rest = plan(&wanted, &part);
            let members = |steps: &[Step<Terms>]| -> Vec<_> {
                steps.iter().map(|it| (it.removes(), it.member())).collect()
            };
            prop_assert_eq!(members(&rest.steps), members(&whole.steps[done..]));
        }

        /// Nobody loses anything who is wanted, or whom nobody knows.
        #[test]
        fn nothing_is_taken_from_who_is_wanted_or_not_known(wanted in wanted(), there in service()) {
            let plan = plan(&wanted, &there);
            let after = plan.after(&there);
            for (before, after) in there.accounts.iter().zip(&after.accounts) {
                let is_own = before.member.is_some_and(|it| !wanted.contains_key(&it));
                if before.has.is_some() && after.has.is_none() {
                    prop_assert!(is_own, "{before:?}");
                }
                if before.member.is_none() {
                    prop_assert_eq!(before, after);
                }
            }
        }

        /// What the brake lets through takes away no more than it allows, from an answer that is whole,
        /// and leaves enough people who look after the service.
        #[test]
        fn the_brake_holds(
            wanted in wanted(), there in service(), last in prop::option::of(0..20_usize),
        ) {
            let (plan, brake) = (plan(&wanted, &there), Brake::default());
            let why = brake.stops(&plan, &there, last);
            if why.is_empty() {
                prop_assert!(there.complete);
                prop_assert!(plan.removals() <= brake.most(there.having()));
                let (before, after) = (there.administrators(), plan.after(&there).administrators());
                prop_assert!(after >= 2 || after >= before, "{before} {after}");
                prop_assert!(last.is_none_or(|it| 2 * there.having() >= it));
            }
            let too_many = why.iter().any(|it| matches!(it, Braked::TooMany { .. }));
            prop_assert!(!too_many || plan.removals() > 1, "one may always go: {why:?}");
        }
    }
}
