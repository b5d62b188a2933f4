//! A few members for the tests of reports.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::domain::{
    dues::MemberTerms,
    model::{Basis, DuesRules, MemberId, Slot, Slug, Space, Suspension, Tier},
};

/// The short names of the tiers that members borrow: a paid one, a free one, one without a
/// record.
pub(super) type Tiers = [Slug; 3];

pub(super) fn id(number: u64) -> MemberId {
    MemberId::new(number).unwrap()
}

pub(super) fn basis() -> (Basis, Tiers) {
    let space = Space {
        format: 1,
        name: "Makers".into(),
        time_zone: "Europe/London".into(),
        currency: "GBP".into(),
        reference_prefix: "SM".into(),
        dues: DuesRules {
            minimum: 500,
            included_children: 0,
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
        levels: BTreeMap::new(),
        notices: Default::default(),
        alarms: Default::default(),
        retention: Default::default(),
        next_member: None,
        key_id: None,
    };
    let tier = |name: &str, price| {
        Slot::Read(Tier { name: name.into(), price, year: None, concessions: true })
    };
    let names = ["standard", "guest", "lost"].map(|name| name.parse::<Slug>().unwrap());
    let tiers = BTreeMap::from([
        (names[0].clone(), tier("Standard", Some(2500))),
        (names[1].clone(), tier("Guest", None)),
    ]);
    (Basis { space: Slot::Read(space), tiers, facilities: BTreeMap::new() }, names)
}

pub(super) fn example_member<'r>(number: u64, name: &'r str, tier: &'r Slug) -> MemberTerms<'r> {
    MemberTerms {
        id: id(number),
        name,
        tier,
        joined: date(2020, 1, 1),
        left: None,
        suspension: None,
        parent: None,
        concession: false,
        chosen_amount: None,
        paid_until: Some(date(2026, 4, 1)),
        born: None,
    }
}

/// Nine members in March 2026: Ada's cover ended on the 15th, the 8th joined on the 10th, the 9th
/// left on the 5th.
pub(super) fn example_members(tiers: &Tiers) -> Vec<MemberTerms<'_>> {
    let [standard, guest, lost] = tiers;
    vec![
        MemberTerms { paid_until: Some(date(2026, 3, 1)), ..example_member(1, "Ada", standard) },
        MemberTerms { chosen_amount: Some(3500), ..example_member(2, "Bob", standard) },
        MemberTerms { concession: true, ..example_member(3, "Cy", standard) },
        MemberTerms { parent: Some(id(2)), paid_until: None, ..example_member(4, "Di", standard) },
        MemberTerms { born: "1950-01".parse().ok(), ..example_member(5, "Ed", standard) },
        MemberTerms {
            suspension: Some(date(2026, 3, 2).into()),
            ..example_member(6, "Flo", standard)
        },
        MemberTerms { paid_until: None, ..example_member(7, "Gus", guest) },
        MemberTerms { joined: date(2026, 3, 10), ..example_member(8, "Hal", lost) },
        MemberTerms { left: Some(date(2026, 3, 5)), ..example_member(9, "Ida", standard) },
    ]
}

/// Members derived from random numbers.
pub(super) fn random_members<'r>(tiers: &'r Tiers, drawn: &[u32]) -> Vec<MemberTerms<'r>> {
    let day = |number: u32| -> Date {
        date(2026, 1, 1) + jiff::SignedDuration::from_hours(24 * i64::from(number % 90))
    };
    let mut members = Vec::new();
    for (number, drawn) in (1..).zip(drawn) {
        let bit = |at: u32| drawn >> at & 3 == 0;
        let tier = &tiers[(drawn % 7 % 3) as usize];
        members.push(MemberTerms {
            joined: day(drawn >> 3),
            left: bit(5).then(|| day(drawn >> 7)),
            suspension: bit(9).then(|| Suspension {
                since: day(drawn >> 11),
                until: bit(10).then(|| day(drawn >> 13)),
            }),
            parent: bit(13).then(|| id(u64::from(drawn >> 15) % 40)),
            concession: bit(17),
            chosen_amount: bit(19).then_some(i64::from(drawn >> 12)),
            paid_until: (!bit(21)).then(|| day(drawn >> 2)),
            ..example_member(number, "Somebody", tier)
        });
    }
    members
}
