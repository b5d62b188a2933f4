//! Tests on random spaces that the check of a change agrees with a full check of the result.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use proptest::{collection::btree_map, prelude::*, sample::select};

use super::{all, change};
use crate::domain::{
    model::{
        Change, CodeHash, Contact, Credential, CredentialType, Decimal, DuesRules, Edit, Facility,
        FacilityKind, Finding, Grant, Induction, Member, MemberId, Meter, Part, Payer, Payment,
        Quantity, Record, RecordPath, Requirement, Slug, Space, Tag, Tier, Transaction, Wish, Zone,
    },
    records::{Catalogue, Overlay, Records},
};

/// A world so small that its records constantly collide.
const NAMES: [&str; 3] = ["a", "b", "c"];
const TAGS: [&str; 3] = ["t1", "t2", "t3"];

fn slug() -> impl Strategy<Value = Slug> {
    select(&NAMES[..]).prop_map(|name| name.parse().unwrap())
}

fn tag() -> impl Strategy<Value = Tag> {
    select(&TAGS[..]).prop_map(|tag| tag.parse().unwrap())
}

fn id() -> impl Strategy<Value = MemberId> {
    (1_u64..=4).prop_map(|number| MemberId::new(number).unwrap())
}

fn code() -> impl Strategy<Value = CodeHash> {
    (0_u8..3).prop_map(|byte| CodeHash::from_bytes([byte; 16]))
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![9 => Just("Name".to_owned()), 1 => Just(String::new())]
}

fn space() -> impl Strategy<Value = Record> {
    select(&["Europe/London", "America/New_York", "Nowhere"][..]).prop_map(|time_zone| {
        Record::Space(Space {
            format: 1,
            name: "Space".into(),
            time_zone: time_zone.into(),
            currency: "GBP".into(),
            reference_prefix: "SM".into(),
            dues: DuesRules {
                minimum: 0,
                included_children: 1,
                per_further_child: 0,
                concession_age: 65,
            },
            grace_days: 14,
            self_service: Box::default(),
            shortest_passcode: 4,
            brake: Default::default(),
            auto_sync: false,
            language: Default::default(),
            joining: Default::default(),
            levels: BTreeMap::new(),
            notices: Default::default(),
            alarms: Default::default(),
            retention: Default::default(),
            next_member: None,
            key_id: None,
        })
    })
}

fn tier() -> impl Strategy<Value = Record> {
    (name(), proptest::option::of(-1_i64..3))
        .prop_map(|(name, price)| Record::Tier(Tier { name, price, year: None, concessions: true }))
}

fn facility() -> impl Strategy<Value = Record> {
    (name(), proptest::collection::vec(slug(), 0..2)).prop_map(|(name, inductions_first)| {
        let kind = FacilityKind::Tool;
        Record::Facility(Facility {
            name,
            kind,
            induction: true,
            inductions_first,
            fob_first: false,
            controllers: [].into(),
            controller_key: None,
            grant_on_induction: None,
            stale: None,
        })
    })
}

/// Daily until a moment in UTC: whether that is unambiguous depends on the time zone.
const BY_ZONE: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nDTSTART;VALUE=DATE:20260101\n\
                       RRULE:FREQ=DAILY;UNTIL=20260201T030000Z\nEND:VEVENT\nEND:VCALENDAR\n";

fn requirement() -> impl Strategy<Value = Record> {
    let timespec = select(&["always", "always", BY_ZONE, "never"][..]);
    (-1_i32..4, timespec).prop_map(|(priority, timespec)| {
        let (description, arm) = (None, None);
        Record::Requirement(Requirement { priority, description, arm, timespec: timespec.into() })
    })
}

fn member() -> impl Strategy<Value = Record> {
    let paid = proptest::option::weighted(0.3, Just(date(2026, 2, 1)));
    let parent = proptest::option::weighted(0.3, id());
    (name(), slug(), parent, proptest::option::weighted(0.1, -1..2), paid).prop_map(
        |(name, tier, parent, chosen_amount, paid_until)| {
            Record::Member(Member {
                name,
                tier,
                joined: date(2026, 1, 1),
                left: None,
                suspended: None,
                suspended_until: None,
                parent,
                concession: false,
                chosen_amount: chosen_amount.map(i64::from),
                paid_until,
            })
        },
    )
}

fn payment() -> impl Strategy<Value = Record> {
    let part = (id(), 1_i64..3).prop_map(|(member, amount)| Part { member, amount });
    (0_u16..2, proptest::collection::vec(part, 0..3)).prop_map(|(months, split)| {
        Record::Payment(Payment {
            date: date(2026, 1, 1),
            amount: 1,
            months,
            from: None,
            text: String::new(),
            source: None,
            returned: Vec::new(),
            split,
        })
    })
}

fn payment_name() -> impl Strategy<Value = Tag> {
    select(&["2026-01-01-a", "2026-01-01-b"][..]).prop_map(|name| name.parse().unwrap())
}

fn unmatched() -> impl Strategy<Value = Record> {
    (0_i64..2).prop_map(|amount| {
        let (text, source, payer) = (String::new(), None, None);
        let (date, reason) = (date(2026, 1, 1), "why".to_owned());
        Record::Unmatched(Transaction {
            date,
            amount,
            text,
            source,
            payer,
            reason,
            same_as: None,
            payout: None,
            failed: None,
        })
    })
}

fn payer() -> impl Strategy<Value = Record> {
    id().prop_map(|member| Record::Payer(Payer { payer: "J SMITH".into(), member }))
}

fn credential() -> impl Strategy<Value = Record> {
    let grant = (slug(), 0..3).prop_map(|(facility, priority)| {
        let effective = jiff::Timestamp::UNIX_EPOCH;
        Grant { facility, priority, effective, expiration: None }
    });
    (code(), proptest::collection::vec(grant, 0..3)).prop_map(|(code, grants)| {
        Record::Credential(Credential { kind: CredentialType::Fob, code, grants })
    })
}

fn induction() -> impl Strategy<Value = Record> {
    (proptest::option::of(id()), any::<bool>()).prop_map(|(by, inductor)| {
        Record::Induction(Induction { on: date(2026, 1, 1), by, inductor })
    })
}

fn meter() -> impl Strategy<Value = Record> {
    let some = || proptest::option::weighted(0.4, slug());
    (name(), some(), some()).prop_map(|(name, zone, facility)| {
        Record::Meter(Meter {
            name,
            measures: Quantity::Power,
            unit: Quantity::Power.usual_unit(),
            source: None,
            zone,
            facility,
            outside: false,
            prices: Vec::new(),
            calorific: None,
            wraps_at: None,
            published: false,
            alarm: None,
        })
    })
}

fn zone() -> impl Strategy<Value = Record> {
    let timespec = select(&["always", BY_ZONE, "never"][..]);
    (name(), proptest::collection::vec(slug(), 0..2), timespec).prop_map(
        |(name, facilities, timespec)| {
            let (temperature, description) = (Decimal::whole(20), None);
            let wish = Wish { temperature, description, if_used: true, timespec: timespec.into() };
            let (frost, ceiling) = (Zone::FROST, Zone::CEILING);
            let wishes = vec![wish];
            Record::Zone(Zone { name, frost, ceiling, facilities, wishes, set_point: None })
        },
    )
}

/// A record at some path; `None` if it cannot be read or is removed.
fn written() -> impl Strategy<Value = (RecordPath, Record)> {
    prop_oneof![
        1 => space().prop_map(|it| (RecordPath::Space, it)),
        2 => (slug(), tier()).prop_map(|(name, it)| (RecordPath::Tier(name), it)),
        3 => (slug(), facility()).prop_map(|(name, it)| (RecordPath::Facility(name), it)),
        3 => (slug(), tag(), requirement())
            .prop_map(|(name, tag, it)| (RecordPath::Requirement(name, tag), it)),
        4 => (id(), member()).prop_map(|(id, it)| (RecordPath::Member(id), it)),
        1 => id().prop_map(|id| (RecordPath::Contact(id), Record::Contact(Contact::default()))),
        4 => (id(), tag(), credential())
            .prop_map(|(id, tag, it)| (RecordPath::Credential(id, tag), it)),
        3 => (id(), payment_name(), payment())
            .prop_map(|(id, name, it)| (RecordPath::Payment(id, name), it)),
        1 => (tag(), unmatched()).prop_map(|(id, it)| (RecordPath::Unmatched(2026, id), it)),
        2 => (slug(), meter()).prop_map(|(name, it)| (RecordPath::Meter(name), it)),
        2 => (slug(), zone()).prop_map(|(name, it)| (RecordPath::Zone(name), it)),
        1 => (tag(), payer()).prop_map(|(id, it)| (RecordPath::Payer(id), it)),
        2 => (id(), slug(), induction()).prop_map(|(id, name, it)| (RecordPath::Induction(id, name), it)),
    ]
}

fn records(
    readable: f64,
    most: usize,
) -> impl Strategy<Value = BTreeMap<RecordPath, Option<Record>>> {
    let one = (written(), proptest::bool::weighted(readable))
        .prop_map(|((record_path, record), readable)| (record_path, readable.then_some(record)));
    proptest::collection::vec(one, 0..most).prop_map(|all| all.into_iter().collect())
}

fn catalogue(records: &BTreeMap<RecordPath, Option<Record>>) -> Catalogue {
    let mut all = Catalogue::default();
    for (record_path, record) in records {
        match record {
            Some(record) => all.insert(record_path.clone(), record.clone()),
            None => all.insert_unreadable(record_path.clone()),
        }
    }
    all
}

fn edits(records: BTreeMap<RecordPath, Option<Record>>) -> Change {
    let edit = |record: Option<Record>| record.map_or(Edit::Remove, |it| Edit::Put(Box::new(it)));
    let edits =
        records.into_iter().map(|(record_path, record)| (record_path, edit(record))).collect();
    Change { edits, ..Change::new("", "") }
}

fn errors(findings: &[Finding]) -> BTreeSet<(&str, &str)> {
    let errors = findings.iter().filter(|finding| finding.is_error());
    errors.map(|finding| (finding.path.as_str(), finding.code.as_str())).collect()
}

/// Everything that can be asked about everything in this world.
fn answers(records: &dyn Records) -> Vec<String> {
    let mut answers = Vec::new();
    let names = NAMES.map(|name| name.parse::<Slug>().unwrap());
    let tags = TAGS.map(|tag| tag.parse::<Tag>().unwrap());
    for name in &names {
        answers.push(format!(
            "{name} {:?} {:?}",
            records.requirements(name),
            records.members_of(name, 2)
        ));
        answers.push(format!("{name} {:?}", records.users_of(name, 3)));
        answers.push(format!("{:?}", records.record(&RecordPath::Facility(name.clone()))));
    }
    for tag in &tags {
        answers.push(format!("{tag} {:?}", records.tagged(tag)));
    }
    for number in 1..=4 {
        let id = MemberId::new(number).unwrap();
        answers.push(format!("{id} {:?} {:?}", records.within(id), records.children(id)));
        answers.push(format!(
            "{} {:?}",
            records.exists(&RecordPath::Member(id)),
            records.record(&RecordPath::Member(id))
        ));
    }
    answers.push(format!("{:?} {:?}", records.payments(), records.unmatched()));
    answers.push(format!("{:?} {:?}", records.meters(), records.zones()));
    for byte in 0..3 {
        answers.push(format!("{byte} {:?}", records.holders(&CodeHash::from_bytes([byte; 16]))));
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_error_slips_through_and_none_is_invented(
        old in records(0.95, 16),
        new in records(0.7, 5),
    ) {
        let before = catalogue(&old);
        let edit = edits(new);
        let answers = change(&edit, &before);
        let mut after = before.clone();
        after.apply(&edit);
        let (was, is) = (all(&before), all(&after));
        let fresh: Vec<_> = errors(&is).difference(&errors(&was)).copied().collect();
        prop_assert!(fresh.is_empty() || !errors(&answers).is_empty(), "{fresh:?} slips through");
        prop_assert!(errors(&answers).is_empty() || !errors(&is).is_empty(), "{answers:?} is invented");
        // Of several records that conflict with each other, the one being written is reported.
        let twin = |code: &str| code.starts_with("duplicate-") || code == "induction-cycle";
        if !edit.edits.values().any(|edit| *edit == Edit::Remove) {
            let unreported = fresh.iter().find(|it| !twin(it.1) && !errors(&answers).contains(*it));
            prop_assert_eq!(unreported, None, "slips through");
        }
        for finding in &answers {
            // The removal of a record is reported in other words than the reference to it.
            let removed = edit.edits.iter().any(|(record_path, edit)| {
                *edit == Edit::Remove && record_path.to_string() == finding.path
            });
            prop_assert!(removed || is.contains(finding), "{finding} is invented");
        }
    }

    #[test]
    fn an_overlay_answers_like_an_applied_change(
        old in records(0.9, 24),
        new in btree_map(written().prop_map(|it| it.0), proptest::option::of(Just(())), 0..8),
        puts in proptest::collection::vec(written(), 0..8),
    ) {
        let before = catalogue(&old);
        let removals = new.into_keys().map(|record_path| (record_path, None));
        let edit = edits(removals.chain(puts.into_iter().map(|(p, r)| (p, Some(r)))).collect());
        let mut after = before.clone();
        after.apply(&edit);
        prop_assert_eq!(answers(&Overlay::new(&edit, &before)), answers(&after));
        let mut left = old;
        for (record_path, edit) in edit.edits {
            match edit {
                Edit::Put(record) => drop(left.insert(record_path, Some(*record))),
                Edit::Remove => drop(left.remove(&record_path)),
            }
        }
        prop_assert_eq!(answers(&after), answers(&catalogue(&left)), "built anew");
    }
}
