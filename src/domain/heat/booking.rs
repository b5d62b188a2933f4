//! What is booked: reservations of facilities, and times for which one has a requirement of its own.

use jiff::{SignedDuration, tz::TimeZone};

use crate::domain::{
    model::{Grant, Requirement, Slug},
    schedule::{Interval, Timespec, Window},
};

/// A grant for longer than this is a membership, not a reservation; an event that is longer is a rule.
const LONGEST: SignedDuration = SignedDuration::from_hours(36);

/// Returns when facilities are booked within a window, sorted and not cut at its edges. With no
/// facilities given, all count.
#[must_use]
pub fn bookings<'r>(
    facilities: &[Slug],
    grants: impl IntoIterator<Item = &'r Grant>,
    requirements: impl IntoIterator<Item = (&'r Slug, &'r Requirement)>,
    window: Window,
    zone: &TimeZone,
) -> Vec<Interval> {
    let is_here = |name: &Slug| facilities.is_empty() || facilities.contains(name);
    let is_booking = |it: &Interval| {
        it.start < window.until
            && window.from < it.end
            && it.end.duration_since(it.start) <= LONGEST
    };
    let reserved = grants
        .into_iter()
        .filter(|grant| is_here(&grant.facility))
        .filter_map(|grant| Some(Interval { start: grant.effective, end: grant.expiration? }));
    let events = requirements.into_iter().filter(|(name, _)| is_here(name)).flat_map(|(_, it)| {
        let timespec = (it.timespec != "always").then(|| Timespec::parse(&it.timespec, zone).ok());
        timespec.flatten().map(|it| it.intervals(window)).unwrap_or_default()
    });
    let mut all: Vec<Interval> = reserved.chain(events).filter(is_booking).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reservations_and_events_count_and_memberships_do_not() {
        let slug = |name: &str| name.parse::<Slug>().unwrap();
        let grant = |facility: &str, from: &str, until: Option<&str>| Grant {
            facility: slug(facility),
            priority: 2,
            effective: from.parse().unwrap(),
            expiration: until.map(|it| it.parse().unwrap()),
        };
        let grants = [
            grant("laser", "2026-11-03T18:00:00Z", Some("2026-11-03T20:00:00Z")),
            grant("laser", "2026-11-04T18:00:00Z", Some("2026-11-04T20:00:00Z")),
            grant("lathe", "2026-11-03T10:00:00Z", Some("2026-11-03T11:00:00Z")),
            grant("laser", "2026-01-01T00:00:00Z", None),
            grant("laser", "2026-01-01T00:00:00Z", Some("2027-01-01T00:00:00Z")),
        ];
        let requirement = |timespec: &str| Requirement {
            priority: 2,
            description: None,
            arm: None,
            timespec: timespec.into(),
        };
        let weekly = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261006T190000Z\nDURATION:PT2H\n\
                      RRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n";
        let (always, weekly, odd) = (requirement("always"), requirement(weekly), requirement("?"));
        let laser = slug("laser");
        let requirements = [(&laser, &always), (&laser, &weekly), (&laser, &odd)];
        let window = Window {
            from: "2026-11-03T00:00:00Z".parse().unwrap(),
            until: "2026-11-04T00:00:00Z".parse().unwrap(),
        };
        let found = |facilities: &[Slug]| {
            let all = bookings(facilities, &grants, requirements, window, &TimeZone::UTC);
            all.iter().map(|it| it.start.strftime("%H:%M").to_string()).collect::<Vec<_>>()
        };
        assert_eq!(found(std::slice::from_ref(&laser)), ["18:00", "19:00"]);
        assert_eq!(found(&[]), ["10:00", "18:00", "19:00"]);
        assert_eq!(found(&[slug("attic")]), [""; 0]);
    }
}
