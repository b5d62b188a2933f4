//! Settings and tiers to try the rules on.

use std::collections::BTreeMap;

use crate::domain::model::{Basis, DuesRules, Slot, Space, Tier};

/// A space with two weeks of grace, a tier with dues, one without, and one that cannot be read.
pub(in crate::domain) fn basis() -> Basis {
    let dues = DuesRules {
        minimum: 500,
        included_children: 1,
        per_further_child: 500,
        concession_age: 65,
    };
    let space = Space {
        format: 1,
        name: "Makers".into(),
        time_zone: "UTC".into(),
        currency: "GBP".into(),
        reference_prefix: "SM".into(),
        dues,
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
    let tiers = BTreeMap::from([
        ("standard".parse().unwrap(), tier("Standard", Some(2500))),
        ("guest".parse().unwrap(), tier("Guest", None)),
        ("broken".parse().unwrap(), Slot::Unreadable),
    ]);
    Basis { space: Slot::Read(space), tiers, facilities: BTreeMap::new() }
}
