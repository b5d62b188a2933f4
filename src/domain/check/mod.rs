//! What is wrong with the data: every check, each of them collecting instead of stopping.
//!
//! [`record`] looks at one record among all others, [`all`] at every record of a space, and
//! [`change`] at what a change would break. Each check has a broken example in `tests/check/`.

#[cfg(test)]
mod agreement;
mod contact;
mod credential;
mod facility;
mod induction;
mod member;
mod money;
mod neighbours;
mod notes;
mod notice;
mod paid_until;
mod profile;
mod removal;
mod requirement;
mod space;
mod tier;
mod words;

use crate::domain::{
    model::{Change, Edit, Finding, FindingCode, Place, Record},
    records::{Catalogue, Overlay, Records},
};
use notes::Notes;

/// Returns everything that a change would break, sorted.
///
/// It checks each record that the change writes, what refers to the records that it writes or
/// removes, all with the change laid over `before`. What was already wrong in the same way is left
/// out: old damage must not keep anybody from revoking a credential; [`all`] still shows it.
#[must_use]
pub fn change(change: &Change, before: &dyn Records) -> Vec<Finding> {
    let after = Overlay::new(change, before);
    let mut findings = Vec::new();
    for (place, edit) in &change.edits {
        match edit {
            Edit::Put(record) => findings.extend(broken(place, record, &after, before)),
            Edit::Remove => findings.extend(removal::findings(place, &after)),
        }
        for neighbour in neighbours::of(place, edit, &after, before) {
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

/// Returns what is wrong with one record, sorted; `all` are the records among which it lies.
#[must_use]
pub fn record(place: &Place, record: &Record, all: &dyn Records) -> Vec<Finding> {
    let mut notes = Notes::new(place, all);
    match (place, record) {
        (Place::Space, Record::Space(it)) => space::check(it, &mut notes),
        (Place::Tier(_), Record::Tier(it)) => tier::check(it, &mut notes),
        (Place::Facility(name), Record::Facility(it)) => facility::check(name, it, &mut notes),
        (Place::Requirement(name, tag), Record::Requirement(it)) => {
            requirement::check(name, tag, it, &mut notes);
        }
        (Place::Member(id), Record::Member(it)) => member::check(*id, it, &mut notes),
        (Place::Contact(_), Record::Contact(it)) => contact::check(it, &mut notes),
        (Place::Credential(id, tag), Record::Credential(it)) => {
            credential::check(*id, tag, it, &mut notes);
        }
        (Place::Induction(id, name), Record::Induction(it)) => {
            induction::check(*id, name, it, &mut notes);
        }
        (Place::Payment(_, name), Record::Payment(it)) => money::payment(name, it, &mut notes),
        (Place::Unmatched(year, _), Record::Unmatched(it)) => {
            money::unmatched(*year, it, &mut notes);
        }
        (Place::Payer(_), Record::Payer(it)) => money::payer(it, &mut notes),
        (Place::Profile(_), Record::Profile(it)) => profile::check(it, &mut notes),
        (Place::Notice(..) | Place::SpaceNotice(_), Record::Notice(it)) => {
            notice::check(it, &mut notes);
        }
        (Place::Template(kind, form), Record::Template(it)) => {
            notice::template(*kind, *form, it, &mut notes);
        }
        _ => notes
            .error(FindingCode::WrongKind, "this is a record of another kind than its path says"),
    }
    notes.home();
    notes.finish()
}

/// Returns what is wrong with any record of a space, sorted.
#[must_use]
pub fn all(catalogue: &Catalogue) -> Vec<Finding> {
    let each = catalogue.iter().flat_map(|(place, it)| record(place, it, catalogue));
    let missing = (!catalogue.exists(&Place::Space)).then(removal::no_space);
    let mut findings: Vec<Finding> = each.chain(missing).collect();
    findings.sort();
    findings.dedup();
    findings
}

/// Returns what is wrong with a record after a change and was not wrong in the same way before.
fn broken(
    place: &Place,
    written: &Record,
    after: &Overlay<'_>,
    before: &dyn Records,
) -> Vec<Finding> {
    let mut findings = record(place, written, after);
    if !findings.is_empty()
        && let Some(former) = before.record(place)
    {
        let known = record(place, &former, before);
        findings.retain(|finding| !known.contains(finding));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::Tier;

    #[test]
    fn a_record_of_another_kind_than_its_path_says_is_found() {
        let tier = Tier { name: "Guest".into(), price: None, year: None, concessions: false };
        let put = Change::new("", "").put(Place::Space, Record::Tier(tier));
        let findings = change(&put, &Catalogue::default());
        assert_eq!(findings.iter().map(|f| f.code.as_str()).collect::<Vec<_>>(), ["wrong-kind"]);
    }

    #[test]
    fn what_was_wrong_before_keeps_nobody_from_changing_something_else() {
        let place = Place::Tier("guest".parse().unwrap());
        let tier = |name: &str, price| {
            let (name, year) = (name.to_owned(), None);
            Record::Tier(Tier { name, price, year, concessions: false })
        };
        let before: Catalogue = [(place.clone(), tier("", None))].into_iter().collect();
        let fine = Change::new("", "").put(place.clone(), tier("", Some(5)));
        assert_eq!(change(&fine, &before), []);
        let worse = Change::new("", "").put(place, tier("", Some(-5)));
        assert_eq!(change(&worse, &before).len(), 1);
    }
}
