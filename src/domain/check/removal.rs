//! What still depends on a removed record.

use super::words::{few, who};
use crate::domain::{
    model::{Finding, FindingCode, Place},
    records::Records,
};

/// One more than the message names, to tell whether there are others.
const MOST: usize = 4;

/// Returns why a record cannot be removed; `after` contains the records without it.
pub(super) fn findings(place: &Place, after: &dyn Records) -> Vec<Finding> {
    match place {
        Place::Space => vec![no_space()],
        Place::Tier(name) => {
            let members = after.members_of(name, MOST);
            let names: Vec<_> = members.iter().map(|id| who(after, *id)).collect();
            in_use(
                FindingCode::TierInUse,
                place,
                &names,
                "is the tier of",
                "first give them another tier",
            )
        }
        Place::Facility(name) => {
            let users: Vec<_> =
                after.users_of(name, MOST).iter().map(ToString::to_string).collect();
            let mut found = in_use(
                FindingCode::FacilityInUse,
                place,
                &users,
                "is named by",
                "first revoke those credentials and inductions, or change those facilities",
            );
            if !after.requirements(name).is_empty() {
                found.push(no_home(place));
            }
            found
        }
        Place::Member(id) => {
            let names: Vec<_> = after.children(*id).iter().map(|id| who(after, *id)).collect();
            let mut found = in_use(
                FindingCode::ParentInUse,
                place,
                &names,
                "is the parent of",
                "first give them another parent, or none",
            );
            if !after.within(*id).is_empty() {
                found.push(no_home(place));
            }
            found
        }
        _ => Vec::new(),
    }
}

fn in_use(
    code: FindingCode,
    place: &Place,
    users: &[String],
    relation: &str,
    advice: &str,
) -> Vec<Finding> {
    if users.is_empty() {
        return Vec::new();
    }
    let message = format!("it cannot be removed, since it {relation} {}: {advice}", few(users));
    vec![Finding::error(code, place, message)]
}

/// Reports that the space has no settings.
pub(super) fn no_space() -> Finding {
    Finding::error(
        FindingCode::NoSpaceRecord,
        Place::Space,
        "the settings of the space are missing: restore the file from the history",
    )
}

/// Reports a folder whose main record is missing.
pub(super) fn no_home(home: &Place) -> Finding {
    let (code, what) = match home {
        Place::Member(_) => (FindingCode::NoMemberRecord, "member"),
        _ => (FindingCode::NoFacilityRecord, "facility"),
    };
    let message = format!(
        "the folder has other records of this {what}, but this one is missing: \
         restore it from the history, or remove the whole folder"
    );
    Finding::error(code, home, message)
}
