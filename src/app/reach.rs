//! Whom a requirement lets in at all: whether it is over, and whether anybody holds its priority.

use jiff::Timestamp;

use crate::{
    app::{when, zone},
    domain::{
        model::{Advice, Change, Edit, Note, Priority, Record, RecordPath, Requirement, Slug},
        schedule::Timespec,
    },
    store::Revision,
};

/// Up to this priority a requirement is the usual one, which new credentials have.
const USUAL: Priority = 1;

/// Returns what makes a requirement pointless.
fn notes(
    revision: &Revision<'_>,
    facility: &Slug,
    requirement: &Requirement,
    now: Timestamp,
) -> Vec<Note> {
    let zone = zone::or_utc(revision);
    let Ok(timespec) = Timespec::parse(&requirement.timespec, &zone) else { return Vec::new() };
    if let Some(last) = timespec.ends().filter(|end| *end <= now) {
        let last = when::local(last, &zone);
        let text =
            format!("the last window of this requirement was over by {last}: it demands nothing");
        return vec![text.into()];
    }
    let (wanted, highest) = (requirement.priority, highest(revision, facility, now));
    highest.filter(|highest| *highest < wanted && wanted > USUAL).map_or_else(Vec::new, |highest| {
        let text = format!(
            "nobody has priority {wanted} at {facility} (the highest is {highest}), so nobody gets in \
             while it is required"
        );
        let advice = Advice::GrantPriority { facility: facility.clone(), priority: wanted };
        vec![Note::new(text, advice)]
    })
}

/// Returns the notes about each requirement that a change writes.
#[must_use]
pub fn of_change(revision: &Revision<'_>, change: &Change, now: Timestamp) -> Vec<Note> {
    let written = change.edits.iter().filter_map(|(path, edit)| match (path, edit) {
        (RecordPath::Requirement(facility, _), Edit::Put(record)) => match record.as_ref() {
            Record::Requirement(requirement) => Some((facility, requirement)),
            _ => None,
        },
        _ => None,
    });
    written.flat_map(|(facility, it)| notes(revision, facility, it, now)).collect()
}

/// Returns the highest priority that somebody has at a facility, now or later.
fn highest(revision: &Revision<'_>, facility: &Slug, now: Timestamp) -> Option<Priority> {
    let roster = revision.roster();
    let held = roster.members().flat_map(|folder| &folder.credentials);
    let grants = held.flat_map(|(_, credential)| &credential.grants);
    grants
        .filter(|grant| grant.facility == *facility)
        .filter(|grant| grant.expiration.is_none_or(|end| end > now))
        .map(|grant| grant.priority)
        .max()
}
