//! What zones are heated for: the bookings in the records.

use jiff::tz::TimeZone;

use crate::{
    domain::{
        heat,
        model::{Grant, Member, Record, RecordPath, Slot, Slug, Zone},
        records::Records as _,
        schedule::{Interval, Window},
    },
    store::Revision,
};

/// Returns the zones of a space that can be read, by name.
#[must_use]
pub fn zones(head: &Revision<'_>) -> Vec<(Slug, Zone)> {
    let read = |name: Slug| match head.record(&RecordPath::Zone(name.clone())) {
        Ok(Some(Record::Zone(zone))) => Some((name, zone)),
        _ => None,
    };
    head.zones().into_iter().filter_map(read).collect()
}

/// Returns when the facilities of a zone are booked within a window.
#[must_use]
pub fn bookings(
    head: &Revision<'_>,
    zone: &Zone,
    window: Window,
    time_zone: &TimeZone,
) -> Vec<Interval> {
    let roster = head.roster();
    let first = window.from.to_zoned(time_zone.clone()).date();
    let stays = roster.members().filter(|folder| {
        let stays = |it: &Member| {
            it.left.is_none() && it.suspension().is_none_or(|pause| pause.is_over(first))
        };
        folder.member.get().is_some_and(stays)
    });
    let credentials = stays.flat_map(|folder| folder.credentials.iter());
    let grants: Vec<Grant> = credentials
        .flat_map(|(_, credential)| credential.grants.iter())
        // Most are without an end, and none of these is a booking.
        .filter(|grant| grant.expiration.is_some())
        .cloned()
        .collect();
    let (basis, _) = head.basis();
    let requirements = basis.facilities.iter().flat_map(|(name, folder)| {
        let read = folder.requirements.values().filter_map(Slot::get);
        read.map(move |requirement| (name, requirement))
    });
    heat::bookings(&zone.facilities, &grants, requirements, window, time_zone)
}
