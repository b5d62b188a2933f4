//! The dozen members, their credentials and inductions.

use jiff::{SignedDuration, Timestamp};

use super::builder::{Builder, id, slug, tag};
use crate::domain::{
    model::{
        Code, Contact,
        CredentialType::{self, Fob, Passcode},
        Grant, Priority,
    },
    ops::{self, Refusal, member::Credentials},
};

/// A member: number, name, tier, days from today until which they have paid, parent.
type DemoMember = (u64, &'static str, &'static str, Option<i32>, Option<u64>);

const PEOPLE: &[DemoMember] = &[
    (1, "Ada Lovelace", "standard", Some(200), None),
    (2, "Grace Hopper", "standard", Some(45), None),
    (3, "Alan Turing", "standard", Some(20), None),
    (4, "Hedy Lamarr", "standard", Some(12), None),
    (5, "Katherine Johnson", "standard", Some(28), None),
    (6, "Charles Babbage", "standard", Some(-60), None),
    (7, "Mary Jackson", "standard", Some(-5), None),
    (8, "Émilie du Châtelet", "standard", Some(25), None),
    (9, "Nikola Tesla", "standard", Some(15), None),
    (10, "Joan Clarke", "standard", Some(9), None),
    (11, "Robin Clarke", "standard", None, Some(10)),
    (12, "Margaret Hamilton", "guest", None, None),
];

/// When a grant begins and ends to be valid, in hours from now; `None` has no end.
type Hours = (i64, Option<i64>);

/// Valid since long ago, for ever.
const MEMBER: Hours = (-24 * 300, None);

/// A credential: number of the member, tag, type, code, grants.
type DemoCredential = (u64, &'static str, CredentialType, &'static str, &'static [DemoInduction]);

/// A grant for one facility.
type DemoInduction = (&'static str, Priority, Hours);

const CREDENTIALS: &[DemoCredential] = &[
    (
        1,
        "ada-fob",
        Fob,
        "1001",
        &[("frontdoor", 4, MEMBER), ("workshop", 4, MEMBER), ("laser", 4, MEMBER)],
    ),
    (
        2,
        "grace-fob",
        Fob,
        "1002",
        &[("frontdoor", 3, MEMBER), ("workshop", 3, MEMBER), ("laser", 3, MEMBER)],
    ),
    (
        3,
        "alan-fob",
        Fob,
        "1003",
        &[("frontdoor", 1, MEMBER), ("workshop", 1, MEMBER), ("laser", 1, MEMBER)],
    ),
    (
        4,
        "hedy-fob",
        Fob,
        "1004",
        &[("frontdoor", 1, MEMBER), ("workshop", 1, MEMBER), ("laser", 1, MEMBER)],
    ),
    (4, "hedy-weekend", Passcode, "8128", &[("frontdoor", 1, (-24 * 6, Some(-24 * 4)))]),
    (5, "katherine-fob", Fob, "1005", &[("frontdoor", 1, MEMBER), ("workshop", 1, MEMBER)]),
    (5, "katherine-class", Fob, "1005", &[("workshop", 2, (-1, Some(3)))]),
    (6, "charles-fob", Fob, "1006", &[("frontdoor", 1, MEMBER), ("workshop", 1, MEMBER)]),
    (7, "mary-fob", Fob, "1007", &[("frontdoor", 1, MEMBER)]),
    (8, "emilie-fob", Fob, "1008", &[("frontdoor", 1, MEMBER), ("workshop", 1, MEMBER)]),
    (9, "nikola-fob", Fob, "1009", &[("frontdoor", 1, MEMBER), ("workshop", 1, MEMBER)]),
    (10, "joan-passcode", Passcode, "271828", &[("frontdoor", 1, MEMBER)]),
    (11, "robin-passcode", Passcode, "0042", &[("frontdoor", 1, MEMBER)]),
    (12, "margaret-visit", Passcode, "1969", &[("frontdoor", 1, (-2, Some(10)))]),
    (12, "margaret-fob", Fob, "1012", &[("frontdoor", 1, (24 * 7, None))]),
];

/// Inductions: number of the member, facility, by whom, whether they may induct others.
const INDUCTIONS: &[(u64, &str, Option<u64>, bool)] = &[
    (1, "health-and-safety", None, true),
    (1, "laser", None, true),
    (2, "health-and-safety", Some(1), true),
    (2, "laser", Some(1), true),
    (3, "health-and-safety", Some(2), false),
    (3, "laser", Some(2), false),
];

/// Adds everybody with what they have; some of them leave or are suspended.
pub(super) fn add_all(builder: &mut Builder<'_>) -> Result<(), Refusal> {
    for person in PEOPLE {
        add_member(builder, person)?;
    }
    for &(member, facility, by, inductor) in INDUCTIONS {
        let on = builder.day(-180);
        let (member, facility, by) = (id(member), slug(facility), by.map(id));
        let request = ops::induction::Add { member, facility, on, by, inductor };
        builder.apply(|records| ops::induction::add(records, request))?;
    }
    for credential in CREDENTIALS {
        add_credential(builder, credential)?;
    }
    let since = builder.day(-3);
    let reason = "Left the laser running over night".to_owned();
    builder.apply(|records| ops::member::suspend(records, id(8), since, reason))?;
    let on = builder.day(-30);
    builder.apply(|records| ops::member::leave(records, id(9), on, Credentials::Keep))
}

fn add_member(builder: &mut Builder<'_>, person: &DemoMember) -> Result<(), Refusal> {
    let &(number, name, tier, paid_until, parent) = person;
    let first = name.split(' ').next().unwrap_or(name).to_lowercase();
    let email = first.is_ascii().then(|| format!("{first}@example.org"));
    let request = ops::member::Add {
        id: id(number),
        name: name.to_owned(),
        tier: slug(tier),
        joined: builder.day(-300),
        parent: parent.map(id),
        concession: None,
        chosen_amount: None,
        paid_until: paid_until.map(|days| builder.day(days)),
        contact: Contact { email, ..Contact::default() },
    };
    builder.apply(|records| ops::member::add(records, request))
}

fn add_credential(builder: &mut Builder<'_>, credential: &DemoCredential) -> Result<(), Refusal> {
    let &(member, name, kind, digits, given) = credential;
    let code = Code::parse(kind, digits).map_err(Refusal::new)?.hash(builder.key);
    let grant = |&(facility, priority, (from, until)): &DemoInduction| Grant {
        facility: slug(facility),
        priority,
        effective: hours(builder.now, from),
        expiration: until.map(|until| hours(builder.now, until)),
    };
    let grants = given.iter().map(grant).collect();
    let request = ops::credential::Add { member: id(member), tag: tag(name), kind, code, grants };
    builder.apply(|records| ops::credential::add(records, request))
}

/// Returns the moment that many hours from now, to the second.
fn hours(now: Timestamp, hours: i64) -> Timestamp {
    let at = now.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(now);
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
