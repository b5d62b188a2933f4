//! A small space to try verbs on; each plan is checked and applied.

use jiff::{Timestamp, civil::Date};

use super::{Planned, Refusal, credential, facility, induction, member, requirement, tier};
use crate::domain::{
    check,
    model::{
        Advice, Code, CodeHash, Contact, CredentialType, DuesRules, Facility, FacilityKind, Grant,
        MemberId, Record, RecordPath, Requirement, Slug, Space, SpaceKey, Tag, Tier,
    },
    records::Catalogue,
};

/// Two doors, a tool that needs health and safety first, Ada (0001, inductor) and Bob (0002).
pub(in crate::domain) fn space() -> Catalogue {
    let mut all = Catalogue::default();
    all.insert(RecordPath::Space, Record::Space(settings()));
    let standard =
        Tier { name: "Standard".into(), price: Some(2000), year: None, concessions: true };
    run(&mut all, |all| tier::add(all, &slug("standard"), standard));
    for (name, kind, induction, first) in [
        ("frontdoor", FacilityKind::Door, false, vec![]),
        ("workshop", FacilityKind::Door, false, vec![]),
        ("safety", FacilityKind::Tool, true, vec![]),
        ("laser", FacilityKind::Tool, true, vec![slug("safety")]),
    ] {
        let facility = Facility {
            name: name.into(),
            kind,
            induction,
            inductions_first: first,
            fob_first: false,
            controllers: [].into(),
            controller_key: None,
            grant_on_induction: None,
            stale: None,
        };
        run(&mut all, |all| facility::add(all, slug(name), facility));
        let always =
            Requirement { priority: 1, description: None, arm: None, timespec: "always".into() };
        run(&mut all, |all| requirement::add(all, &slug(name), tag(&format!("R-{name}")), always));
    }
    for (id, name) in [(1, "Ada Lovelace"), (2, "Bob Noyce")] {
        run(&mut all, |all| member::add(all, newcomer(id, name)));
    }
    for name in ["safety", "laser"] {
        run(&mut all, |all| induction::add(all, inducted(1, name, None, true)));
    }
    all
}

/// Applies what a verb plans, as the store would; returns the subject and the notes.
#[track_caller]
pub(super) fn run(
    all: &mut Catalogue,
    verb: impl FnOnce(&Catalogue) -> Planned,
) -> (String, Vec<String>) {
    let plan = verb(all).unwrap_or_else(|refusal| panic!("{refusal}"));
    let findings = check::change(&plan.change, all);
    assert!(findings.is_empty(), "{findings:?}");
    assert!(
        plan.change.trailer.split(' ').next().unwrap().contains('.'),
        "{}",
        plan.change.trailer
    );
    all.apply(&plan.change);
    let notes = plan.notes.iter().map(|note| note.in_words(|advice| format!("{advice:?}")));
    (plan.change.subject.to_string(), notes.collect())
}

/// Expects a refusal and returns it as one line.
#[track_caller]
pub(super) fn refused(planned: Planned) -> String {
    let Refusal { message, advice, .. } = planned.expect_err("a refusal");
    match advice {
        Some(Advice::Say(sentence)) => format!("{message} | {sentence}"),
        Some(step) => format!("{message} | {step:?}"),
        None => message,
    }
}

pub(in crate::domain) fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

pub(super) fn tag(text: &str) -> Tag {
    text.parse().unwrap()
}

pub(in crate::domain) fn id(number: u64) -> MemberId {
    MemberId::new(number).unwrap()
}

pub(in crate::domain) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn fob(number: u32) -> CodeHash {
    Code::fob(&number.to_string()).unwrap().hash(&SpaceKey::from_bytes([7; 32]))
}

pub(super) fn newcomer(number: u64, name: &str) -> member::Add {
    member::Add {
        id: id(number),
        name: name.into(),
        tier: slug("standard"),
        joined: day("2026-01-01"),
        parent: None,
        concession: None,
        chosen_amount: None,
        paid_until: None,
        contact: Contact::default(),
    }
}

pub(super) fn grant(facility: &str) -> Grant {
    Grant {
        facility: slug(facility),
        priority: 1,
        effective: "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap(),
        expiration: None,
    }
}

/// A fob of a member, for some facilities.
pub(super) fn a_fob(member: u64, name: &str, number: u32, facilities: &[&str]) -> credential::Add {
    credential::Add {
        member: id(member),
        tag: tag(name),
        kind: CredentialType::Fob,
        code: fob(number),
        grants: facilities.iter().map(|name| grant(name)).collect(),
    }
}

pub(super) fn inducted(
    member: u64,
    facility: &str,
    by: Option<u64>,
    inductor: bool,
) -> induction::Add {
    induction::Add {
        member: id(member),
        facility: slug(facility),
        on: day("2026-02-01"),
        by: by.map(id),
        inductor,
    }
}

fn settings() -> Space {
    Space {
        format: 1,
        name: "Testspace".into(),
        time_zone: "Europe/London".into(),
        currency: "GBP".into(),
        reference_prefix: "SM".into(),
        dues: DuesRules {
            minimum: 500,
            included_children: 1,
            per_further_child: 500,
            concession_age: 65,
        },
        grace_days: 14,
        self_service: Box::default(),
        shortest_passcode: 4,
        brake: Default::default(),
        auto_sync: false,
        language: Default::default(),
        joining: Default::default(),
        levels: std::collections::BTreeMap::new(),
        notices: Default::default(),
        alarms: Default::default(),
        retention: Default::default(),
        next_member: None,
        key_id: None,
    }
}
