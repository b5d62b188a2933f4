//! What is wrong with the data: checks that collect all findings instead of stopping at the first.
//!
//! [`record`] checks one record among all others, [`all`] every record of a space, and [`change`]
//! what a change would break. Each check has a broken example in `tests/check/`.

#[cfg(test)]
mod agreement;
mod budget;
mod channel;
mod contact;
mod credential;
mod facility;
mod finding_collector;
mod induction;
pub mod lineage;
mod member;
mod meter;
mod money;
mod neighbours;
mod notice;
mod paid_until;
mod portable;
mod profile;
mod removal;
mod requirement;
mod schedule;
mod space;
mod split;
mod tier;
mod tiny_amount;
mod topic;
mod words;
mod zone;

use crate::domain::{
    model::{Change, Edit, Finding, FindingCode, LocatedRecord, Record, RecordPath},
    records::{Catalogue, Overlay, Records},
};
use finding_collector::FindingCollector;

/// Returns everything that a change would break, sorted.
///
/// It checks each record that the change writes, and whatever refers to a record that it writes or
/// removes, all with the change applied to `before`. Problems that existed in the same form before
/// are left out, since old damage must not keep anybody from revoking a credential; [`all`] still
/// reports them.
#[must_use]
pub fn change(change: &Change, before: &dyn Records) -> Vec<Finding> {
    let mut findings = each(change, before);
    findings.extend(over_budget(change, before));
    findings.sort();
    findings.dedup();
    findings
}

/// Returns what [`change`] returns, except whether there is too much in the space afterwards: finding
/// that out takes the longer the more there is.
#[must_use]
pub fn each(change: &Change, before: &dyn Records) -> Vec<Finding> {
    let after = Overlay::new(change, before);
    let mut findings = Vec::new();
    for (record_path, edit) in &change.edits {
        match edit {
            Edit::Put(record) => findings.extend(broken(record_path, record, &after, before)),
            Edit::Remove => findings.extend(removal::findings(record_path, &after)),
        }
        for neighbour in neighbours::of(record_path, edit, &after, before) {
            if !change.edits.contains_key(&neighbour)
                && let Some(record) = after.record(&neighbour)
            {
                findings.extend(broken(&neighbour, &record, &after, before));
            }
        }
    }
    findings.sort();
    findings.dedup();
    findings
}

/// Returns what there is too much of after a change.
#[must_use]
pub fn over_budget(change: &Change, before: &dyn Records) -> Vec<Finding> {
    budget::change(change, &Overlay::new(change, before), before)
}

/// Returns what is wrong with one record, sorted; `records` contains the others.
#[must_use]
pub fn record(record_path: &RecordPath, record: &Record, records: &dyn Records) -> Vec<Finding> {
    let mut findings = FindingCollector::new(record_path, records);
    match LocatedRecord::new(record_path, record) {
        Some(located) => by_kind(located, &mut findings),
        None => findings
            .error(FindingCode::WrongKind, "the kind of this record does not match its path"),
    }
    findings.home();
    portable::check(&mut findings);
    findings.finish()
}

fn by_kind(located: LocatedRecord<'_>, findings: &mut FindingCollector<'_>) {
    match located {
        LocatedRecord::Space(it) => space::check(it, findings),
        LocatedRecord::Tier(_, it) => tier::check(it, findings),
        LocatedRecord::Facility(name, it) => facility::check(name, it, findings),
        LocatedRecord::Requirement(name, tag, it) => requirement::check(name, tag, it, findings),
        LocatedRecord::Member(id, it) => member::check(*id, it, findings),
        LocatedRecord::Contact(_, it) => contact::check(it, findings),
        LocatedRecord::Credential(id, tag, it) => credential::check(*id, tag, it, findings),
        LocatedRecord::Induction(id, name, it) => induction::check(*id, name, it, findings),
        LocatedRecord::Payment(id, name, it) => money::payment(*id, name, it, findings),
        LocatedRecord::Unmatched(year, _, it) => money::unmatched(*year, it, findings),
        LocatedRecord::Payer(_, it) => money::payer(it, findings),
        LocatedRecord::Profile(_, it) => profile::check(it, findings),
        LocatedRecord::Notice(_, _, it) | LocatedRecord::SpaceNotice(_, it) => {
            notice::check(it, findings)
        }
        // A bridge wrote it for itself; nothing in it can be wrong for anybody else.
        LocatedRecord::TagMessages(..) | LocatedRecord::MemberMessages(..) => {}
        LocatedRecord::Meter(_, it) => meter::check(it, findings),
        LocatedRecord::Zone(_, it) => zone::check(it, findings),
        LocatedRecord::Channel(name, it) => channel::check(name, it, findings),
        LocatedRecord::Template(kind, form, it) => {
            notice::template(None, (*kind, *form), it, findings);
        }
        LocatedRecord::TranslatedTemplate(language, kind, form, it) => {
            notice::template(Some(*language), (*kind, *form), it, findings);
        }
    }
}

/// Returns what is wrong with any record of a space, sorted.
#[must_use]
pub fn all(catalogue: &Catalogue) -> Vec<Finding> {
    let each = catalogue.iter().flat_map(|(record_path, it)| record(record_path, it, catalogue));
    let missing = (!catalogue.exists(&RecordPath::Space)).then(removal::no_space);
    let mut findings: Vec<Finding> = each.chain(missing).chain(budget::all(catalogue)).collect();
    findings.sort();
    findings.dedup();
    findings
}

/// Returns what is wrong with a record after a change and was not wrong in the same form before.
fn broken(
    record_path: &RecordPath,
    written: &Record,
    after: &Overlay<'_>,
    before: &dyn Records,
) -> Vec<Finding> {
    let mut findings = record(record_path, written, after);
    if !findings.is_empty()
        && let Some(former) = before.record(record_path)
    {
        let known = record(record_path, &former, before);
        findings.retain(|finding| !known.contains(finding));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::{Facility, FacilityKind, Requirement, Slug, Tier};

    #[test]
    fn a_record_of_another_kind_than_its_path_says_is_found() {
        let tier = Tier { name: "Guest".into(), price: None, year: None, concessions: false };
        let put = Change::new("", "").put(RecordPath::Space, Record::Tier(tier));
        let findings = change(&put, &Catalogue::default());
        assert_eq!(findings.iter().map(|f| f.code.as_str()).collect::<Vec<_>>(), ["wrong-kind"]);
    }

    #[test]
    fn old_errors_do_not_prevent_other_changes() {
        let record_path = RecordPath::Tier("guest".parse().unwrap());
        let tier = |name: &str, price| {
            let (name, year) = (name.to_owned(), None);
            Record::Tier(Tier { name, price, year, concessions: false })
        };
        let before: Catalogue = [(record_path.clone(), tier("", None))].into_iter().collect();
        let fine = Change::new("", "").put(record_path.clone(), tier("", Some(5)));
        assert_eq!(change(&fine, &before), []);
        let worse = Change::new("", "").put(record_path, tier("", Some(-5)));
        assert_eq!(change(&worse, &before).len(), 1);
    }

    /// The finding is about the open house, which the change does not touch.
    #[test]
    fn a_requirement_above_zero_conflicts_with_the_open_house() {
        let name: Slug = "frontdoor".parse().unwrap();
        let record_path = |tag: &str| RecordPath::Requirement(name.clone(), tag.parse().unwrap());
        let demand = |priority| {
            let timespec = "always".to_owned();
            Record::Requirement(Requirement { priority, description: None, arm: None, timespec })
        };
        let door = Facility {
            name: "Front door".into(),
            kind: FacilityKind::Door,
            induction: false,
            inductions_first: Vec::new(),
            fob_first: false,
            controllers: [].into(),
            controller_key: None,
            grant_on_induction: None,
            stale: None,
        };
        let mut before = Catalogue::default();
        before.insert(RecordPath::Facility(name.clone()), Record::Facility(door));
        before.insert(record_path("open"), demand(-1));
        before.insert(record_path("members"), demand(1));
        let codes = |priority| {
            let put = Change::new("", "").put(record_path("late"), demand(priority));
            let found = change(&put, &before).into_iter();
            found.map(|it| (it.path, it.code.as_str())).collect::<Vec<_>>()
        };
        assert_eq!(codes(2), [(record_path("open").to_string(), "overlaps-open-house")]);
        assert_eq!(codes(0), []);
    }
}
