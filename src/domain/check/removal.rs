//! What still depends on a removed record.

use super::words::{join_names, who};
use crate::domain::{
    model::{Finding, FindingCode, Group, Record, RecordPath},
    records::Records,
};

/// One more than the message names, to tell whether there are others.
const MAX_NAMES: usize = 4;

/// Returns why a record cannot be removed; `after` contains the records without it.
pub(super) fn findings(path: &RecordPath, after: &dyn Records) -> Vec<Finding> {
    match path {
        RecordPath::Space => vec![no_space()],
        RecordPath::Tier(name) => {
            let members = after.members_of(name, MAX_NAMES);
            let names: Vec<_> = members.iter().map(|id| who(after, *id)).collect();
            let mut found = in_use(
                FindingCode::TierInUse,
                path,
                &names,
                "is the tier of",
                "first give them another tier",
            );
            let group = Group::Tier(name.clone());
            let of = |channel: &RecordPath| match after.record(channel) {
                Some(Record::Channel(it)) => it.groups.contains(&group),
                _ => false,
            };
            let channels = after.channels().into_iter().map(RecordPath::Channel).filter(of);
            let names: Vec<_> = channels.take(MAX_NAMES).map(|path| path.to_string()).collect();
            found.extend(in_use(
                FindingCode::TierInUse,
                path,
                &names,
                "is named by",
                "first change that record",
            ));
            found
        }
        RecordPath::Facility(name) => {
            let users: Vec<_> =
                after.users_of(name, MAX_NAMES).iter().map(ToString::to_string).collect();
            let mut found = in_use(
                FindingCode::FacilityInUse,
                path,
                &users,
                "is named by",
                "first revoke those credentials and inductions, or change those records",
            );
            if !after.requirements(name).is_empty() {
                found.push(no_home(path));
            }
            found
        }
        RecordPath::Zone(name) => {
            let of = |meter: &RecordPath| match after.record(meter) {
                Some(Record::Meter(it)) => it.zone.as_ref() == Some(name),
                _ => false,
            };
            let meters = after.meters().into_iter().map(RecordPath::Meter).filter(of);
            let names: Vec<_> = meters.take(MAX_NAMES).map(|path| path.to_string()).collect();
            in_use(
                FindingCode::ZoneInUse,
                path,
                &names,
                "is the zone of",
                "first give them another zone, or none",
            )
        }
        RecordPath::Member(id) => {
            let names: Vec<_> = after.children(*id).iter().map(|id| who(after, *id)).collect();
            let mut found = in_use(
                FindingCode::ParentInUse,
                path,
                &names,
                "is the parent of",
                "first give them another parent, or none",
            );
            if !after.within(*id).is_empty() {
                found.push(no_home(path));
            }
            found
        }
        _ => Vec::new(),
    }
}

fn in_use(
    code: FindingCode,
    path: &RecordPath,
    users: &[String],
    relation: &str,
    advice: &str,
) -> Vec<Finding> {
    if users.is_empty() {
        return Vec::new();
    }
    let message =
        format!("it cannot be removed, since it {relation} {}: {advice}", join_names(users));
    vec![Finding::error(code, path, message)]
}

/// Reports that the space has no settings.
pub(super) fn no_space() -> Finding {
    Finding::error(
        FindingCode::NoSpaceRecord,
        RecordPath::Space,
        "the settings of the space are missing: restore the file from the history",
    )
}

/// Reports a folder whose main record is missing.
pub(super) fn no_home(home: &RecordPath) -> Finding {
    let (code, kind) = match home {
        RecordPath::Member(_) => (FindingCode::NoMemberRecord, "member"),
        _ => (FindingCode::NoFacilityRecord, "facility"),
    };
    let message = format!(
        "the folder has other records of this {kind}, but this one is missing: \
         restore it from the history, or remove the whole folder"
    );
    Finding::error(code, home, message)
}
