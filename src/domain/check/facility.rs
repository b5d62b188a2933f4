//! Checks of a facility: its name, and the inductions that it demands first.

use std::collections::BTreeSet;

use super::finding_collector::FindingCollector;
use crate::domain::{
    model::{Advice, Facility, FindingCode, Record, RecordPath, Slug},
    records::Records,
};

pub(super) fn check(name: &Slug, facility: &Facility, findings: &mut FindingCollector<'_>) {
    findings.text("name", &facility.name);
    for first in &facility.inductions_first {
        if first != name {
            exists(first, "`inductions_first` names", findings);
        }
    }
    if let Some(via) = cycle(name, facility, findings.records) {
        findings.error(
            FindingCode::InductionCycle,
            if via == *name {
                "`inductions_first` names the facility itself: remove it \
                 and set \"induction\": true instead"
                    .to_owned()
            } else {
                format!(
                    "`inductions_first` names {via}, which in turn needs an induction to {name} \
                     first, so nobody could ever get either: remove one of them"
                )
            },
        );
    }
}

/// Checks that a facility named in a record exists.
pub(super) fn exists(name: &Slug, where_named: &str, findings: &mut FindingCollector<'_>) {
    if !findings.records.exists(&RecordPath::Facility(name.clone())) {
        findings.error_with(
            FindingCode::UnknownFacility,
            format!("{where_named} {name}, which is not a facility"),
            Advice::CorrectFacility(name.clone()),
        );
    }
}

/// Returns the first of the required facilities whose own requirements lead back to `name`.
fn cycle(name: &Slug, facility: &Facility, records: &dyn Records) -> Option<Slug> {
    let leads_back = |first: &Slug| {
        let mut seen = BTreeSet::new();
        let mut open = vec![first.clone()];
        while let Some(next) = open.pop() {
            if next == *name {
                return true;
            }
            if seen.insert(next.clone())
                && let Some(Record::Facility(next)) = records.record(&RecordPath::Facility(next))
            {
                open.extend(next.inductions_first);
            }
        }
        false
    };
    facility.inductions_first.iter().find(|first| leads_back(first)).cloned()
}
