//! Checks that there is not more in a space than a door can keep: the steps of all requirements, and
//! what all members take.

use crate::domain::{
    access::StepCount,
    model::{Change, Edit, Finding, FindingCode, Record, RecordPath, budget},
    records::{Records, zone},
    schedule::Timespec,
};

/// Returns what all records have too much of.
pub(super) fn all(all: &dyn Records) -> Vec<Finding> {
    steps(all).into_iter().chain(load(all)).collect()
}

/// Returns what there is too much of after a change. Requirements are counted whatever is changed,
/// since nothing that is built on too many of them comes into force.
pub(super) fn change(change: &Change, after: &dyn Records, before: &dyn Records) -> Vec<Finding> {
    let adds = |(path, edit): (&RecordPath, &Edit)| match edit {
        Edit::Put(record) => match **record {
            Record::Credential(_) | Record::Induction(_) => true,
            Record::Member(_) => !before.exists(path),
            _ => false,
        },
        Edit::Remove => false,
    };
    let load = if change.edits.iter().any(adds) { load(after) } else { None };
    steps(after).into_iter().chain(load).collect()
}

/// Counts until there are too many, in the same way as an index is compiled.
fn steps(all: &dyn Records) -> Option<Finding> {
    let zone = zone(all);
    let mut spent = StepCount::default();
    for name in all.facilities() {
        let Some(Record::Facility(facility)) = all.record(&RecordPath::Facility(name.clone()))
        else {
            continue; // it is shut, whatever its requirements
        };
        let mut within = spent.facility(&facility);
        for tag in all.requirements(&name) {
            if !within {
                break;
            }
            if let Some(Record::Requirement(it)) =
                all.record(&RecordPath::Requirement(name.clone(), tag))
            {
                within = spent.requirement(Timespec::parse(&it.timespec, &zone).ok().as_ref());
            }
        }
        if !within {
            let message = budget::too_many_steps();
            return Some(Finding::error(FindingCode::OverBudget, "facilities", message));
        }
    }
    None
}

fn load(all: &dyn Records) -> Option<Finding> {
    (all.load() > budget::LOAD)
        .then(|| Finding::error(FindingCode::OverBudget, "members", budget::too_much_load()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{check, model::Credential, records::Catalogue};

    /// The gate counts what the door counts: a change is refused with the first byte too many.
    #[test]
    fn a_grant_more_than_a_door_can_keep_is_refused() {
        let grant = serde_json::json!({
            "facility": "door", "priority": 1, "effective": "2026-01-01T00:00:00Z",
            "expiration": null,
        });
        let credential = |grants: usize| -> Record {
            let credential: Credential = serde_json::from_value(serde_json::json!({
                "type": "fob", "code": "0".repeat(32), "grants": vec![grant.clone(); grants],
            }))
            .unwrap();
            Record::Credential(credential)
        };
        let path =
            |tag: &str| RecordPath::Credential("0001".parse().unwrap(), tag.parse().unwrap());
        let mut all = Catalogue::default();
        let large = credential(10_000);
        for at in 0..budget::LOAD / budget::load_of(&large) {
            all.insert(path(&format!("t{at}")), large.clone());
        }
        let one = budget::load_of(&credential(2)) - budget::load_of(&credential(1));
        let left = budget::LOAD - all.load() - budget::load_of(&credential(0));
        let most = usize::try_from(left / one).unwrap();
        for (grants, is_over) in [(most, false), (most + 1, true)] {
            let put = Change::new("", "").put(path("last"), credential(grants));
            let found =
                super::change(&put, &crate::domain::records::Overlay::new(&put, &all), &all);
            assert_eq!(!found.is_empty(), is_over, "{grants}");
        }
        let removal = Change::new("", "").remove(path("t0"));
        all.insert(path("last"), credential(most + 1));
        assert!(check::change(&removal, &all).iter().all(|it| it.code != FindingCode::OverBudget));
        assert_eq!(super::all(&all).len(), 1);
    }
}
