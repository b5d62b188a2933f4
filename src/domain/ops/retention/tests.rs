//! Tests of retention: who goes, who stays, and that running it twice changes nothing.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    check,
    model::{Contact, Member, MemberMessages, Payer, Transaction},
    ops::{
        credential,
        fixture::{a_fob, day, id, inducted, run, space, tag},
        induction, member as members,
        payment::{self, Add},
    },
    records::Catalogue,
};

fn scope(all: &Catalogue) -> Scope {
    let left = all.iter().filter_map(|(path, record)| match (path, record) {
        (RecordPath::Member(id), Record::Member(it)) => Some((*id, it.left?)),
        _ => None,
    });
    let payers = all.iter().filter_map(|(path, record)| match (path, record) {
        (RecordPath::Payer(tag), Record::Payer(it)) => Some((tag.clone(), it.member)),
        _ => None,
    });
    let given = all.iter().filter_map(|(path, record)| match (path, record) {
        (RecordPath::Induction(to, facility), Record::Induction(it)) => {
            Some((*to, facility.clone(), it.by?))
        }
        _ => None,
    });
    Scope { left: left.collect(), payers: payers.collect(), given: given.collect() }
}

/// Bob paid in January, left in March, has a fob, contact data and a remembered payer.
fn gone(rules: Retention) -> Catalogue {
    let mut all = space();
    run(&mut all, |all| credential::add(all, a_fob(2, "T1", 1001, &["frontdoor"])));
    let pay = Add {
        member: id(2),
        id: tag("x1"),
        date: day("2026-01-05"),
        amount: 2000,
        months: None,
        text: String::new(),
        source: None,
    };
    run(&mut all, |all| payment::add(all, pay));
    let contact = Contact { email: Some("bob@example.org".into()), ..Contact::default() };
    all.insert(RecordPath::Contact(id(2)), Record::Contact(contact));
    let payer = Payer { payer: "MRS NOYCE".into(), member: id(2) };
    all.insert(RecordPath::Payer(tag("p1")), Record::Payer(payer));
    let said = Record::MemberMessages(MemberMessages::default());
    all.insert(RecordPath::MemberMessages(id(2)), said);
    let keep = members::Credentials::Keep;
    run(&mut all, |all| members::leave(all, id(2), day("2026-03-01"), keep));
    let waiting = Transaction {
        date: day("2026-01-10"),
        amount: 100,
        text: "?".into(),
        source: None,
        payer: None,
        reason: "no reference".into(),
        same_as: None,
        payout: None,
        failed: None,
    };
    all.insert(RecordPath::Unmatched(2026, tag("u1")), Record::Unmatched(waiting));
    let mut settings = look_up::space(&all).unwrap();
    settings.retention = rules;
    all.insert(RecordPath::Space, Record::Space(settings));
    all
}

fn found(all: &Catalogue, today: &str) -> (Vec<String>, usize) {
    let review = review(all, &scope(all), day(today)).unwrap();
    let paths = review.overdue.iter().map(|it| it.path.to_string()).collect();
    (paths, review.stays.len())
}

#[test]
fn retention_for_ever_never_ends() {
    assert_eq!(found(&gone(Retention::default()), "2199-01-01"), (vec![], 0));
}

#[test]
fn contact_data_go_first_and_payments_keep_the_name() {
    let rules = Retention { contact_days: Some(30), member_days: Some(60), ..Retention::default() };
    let all = gone(rules);
    assert_eq!(found(&all, "2026-03-30").0, [""; 0]);
    let (contact, payer) = ("members/00/0002/contact.json", "payers/p1.json");
    assert_eq!(found(&all, "2026-03-31").0, [contact, payer], "an account number is contact data");
    let (paths, stays) = found(&all, "2026-05-01");
    assert_eq!(paths, [contact, "members/00/0002/credentials/T1.json", payer]);
    assert_eq!(stays, 1);
}

#[test]
fn in_the_end_everything_is_removed() {
    let rules =
        Retention { payment_days: Some(100), member_days: Some(60), ..Retention::default() };
    let mut all = gone(rules);
    let review = review(&all, &scope(&all), day("2027-01-01")).unwrap();
    let plan = apply(&review);
    assert_eq!(plan.change.subject, "retention: remove 7 records held for too long");
    assert_eq!(check::change(&plan.change, &all), []);
    all.apply(&plan.change);
    assert!(all.within(id(2)).is_empty() && all.unmatched().is_empty());
    assert!(all.record(&RecordPath::Payer(tag("p1"))).is_none());
    assert!(!all.exists(&RecordPath::MemberMessages(id(2))));
    assert!(all.exists(&RecordPath::Member(id(1))), "who has not left stays");
}

/// Adds a child of the member who has left, as from the time before.
fn add_child(all: &mut Catalogue) {
    let parent = look_up::member(all, id(2)).unwrap();
    let child = Member { name: "Byron King".into(), left: None, parent: Some(id(2)), ..parent };
    all.insert(RecordPath::Member(id(44)), Record::Member(child));
}

#[test]
fn the_parent_of_a_child_who_stays_is_kept() {
    let rules = Retention { member_days: Some(0), payment_days: Some(0), ..Retention::default() };
    let mut all = gone(rules);
    add_child(&mut all);
    let (paths, stays) = found(&all, "2027-01-01");
    assert!(!paths.contains(&"members/00/0002/member.json".to_owned()), "{paths:?}");
    assert_eq!(stays, 1);
}

#[test]
fn a_family_goes_together() {
    let rules = Retention { member_days: Some(0), payment_days: Some(0), ..Retention::default() };
    let mut all = gone(rules);
    add_child(&mut all);
    let keep = members::Credentials::Keep;
    run(&mut all, |all| members::leave(all, id(44), day("2026-03-02"), keep));
    let first = review(&all, &scope(&all), day("2027-01-01")).unwrap();
    all.apply(&apply(&first).change);
    assert!(all.within(id(2)).is_empty() && all.within(id(44)).is_empty());
    assert_eq!(review(&all, &scope(&all), day("2027-01-01")).unwrap(), RetentionReview::default());
}

#[test]
fn the_next_number_only_ever_rises() {
    for (known, next) in [(None, 3), (Some(2), 3), (Some(3), 3), (Some(9), 9)] {
        let (member_days, payment_days) = (Some(0), Some(0));
        let mut all = gone(Retention { member_days, payment_days, ..Retention::default() });
        let settings = look_up::space(&all).unwrap();
        let settings = Space { next_member: known.map(id), ..settings };
        all.insert(RecordPath::Space, Record::Space(settings));
        let review = review(&all, &scope(&all), day("2027-01-01")).unwrap();
        all.apply(&apply(&review).change);
        assert!(all.within(id(2)).is_empty());
        assert_eq!(look_up::space(&all).unwrap().next_member, Some(id(next)), "{known:?}");
    }
}

#[test]
fn who_is_going_to_leave_has_not_left() {
    let rules = Retention { payment_days: Some(0), ..Retention::default() };
    let all = gone(rules);
    assert_eq!(found(&all, "2026-02-28").0, ["unmatched/2026/u1.json"]);
    assert_eq!(found(&all, "2026-03-01").0.len(), 2);
}

#[test]
fn who_was_shown_something_stays_shown_and_no_number_is_given_twice() {
    let rules = Retention { member_days: Some(0), payment_days: Some(0), ..Retention::default() };
    let mut all = gone(rules);
    run(&mut all, |all| induction::add(all, inducted(2, "safety", Some(1), true)));
    let mut shown = look_up::induction(&all, id(2), &"safety".parse().unwrap()).unwrap();
    shown.by = Some(id(2));
    let path = RecordPath::Induction(id(1), "safety".parse().unwrap());
    all.insert(path.clone(), Record::Induction(shown.clone()));
    let first = review(&all, &scope(&all), day("2027-01-01")).unwrap();
    all.apply(&apply(&first).change);
    assert_eq!(all.record(&path), Some(Record::Induction(Induction { by: None, ..shown })));
    assert_eq!(look_up::space(&all).unwrap().next_member, Some(id(3)));
    assert_eq!(check::all(&all), []);
}

proptest! {
    #[test]
    fn once_applied_nothing_more_is_found_and_nothing_is_broken(
        contact in proptest::option::of(0_u32..400),
        payment in proptest::option::of(0_u32..400),
        member in proptest::option::of(0_u32..400),
        more in proptest::collection::vec((0_i64..300, any::<bool>()), 0..4),
        days in 0_i64..900,
    ) {
        let rules = Retention {
            contact_days: contact,
            payment_days: payment,
            member_days: member,
            ..Retention::default()
        };
        let mut all = gone(rules);
        let add = |day: &str, days| {
            day.parse::<Date>().unwrap() + jiff::SignedDuration::from_hours(24 * days)
        };
        for (number, (days, _)) in more.iter().enumerate() {
            let date = add("2026-01-06", *days);
            let pay = Add {
                member: id(2),
                id: tag(&format!("y{number}")),
                date,
                amount: 2000,
                months: None,
                text: String::new(),
                source: None,
            };
            if let Ok(plan) = payment::add(&all, pay) {
                all.apply(&plan.change);
            }
        }
        let today = add("2026-03-01", days);
        let before = check::all(&all);
        let first = review(&all, &scope(&all), today).unwrap();
        let plan = apply(&first);
        let errors = |all: &[crate::domain::model::Finding]| {
            all.iter().filter(|it| it.is_error()).count()
        };
        prop_assert_eq!(errors(&check::change(&plan.change, &all)), 0);
        all.apply(&plan.change);
        prop_assert!(errors(&check::all(&all)) <= errors(&before));
        let again = review(&all, &scope(&all), today).unwrap();
        prop_assert_eq!(again.overdue, []);
    }
}
