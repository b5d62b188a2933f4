//! The records before or after a change, as far as they decide who may open what.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::Stretch;
use crate::{
    domain::{
        access::Timeline,
        dues::{Cover, CoverTerms},
        model::{
            Basis, FacilityFolder, Grant, Member, MemberFolder, MemberId, Priority, Slot, Slug,
            Space, Suspension,
        },
        schedule::Interval,
    },
    time_zones,
};

/// The records on one side of a change.
#[derive(Debug)]
pub struct Side<'a> {
    basis: &'a Basis,
    members: HashMap<MemberId, &'a MemberFolder>,
    gates: BTreeMap<&'a Slug, Gate<'a>>,
    zone: TimeZone,
}

/// How many parents above each other are looked at; a longer chain is a circle, and covers nobody.
const MAX_PAYERS: usize = 17;

/// What a facility demands at the least.
#[derive(Debug)]
struct Gate<'a> {
    /// The lowest priority that ever opens it.
    lowest: Priority,
    /// The facilities for which an induction is needed.
    inductions: Vec<&'a Slug>,
}

impl<'a> Side<'a> {
    /// Takes what belongs to no member, and the members.
    #[must_use]
    pub fn new(basis: &'a Basis, members: impl IntoIterator<Item = &'a MemberFolder>) -> Self {
        let gates = basis.facilities.iter();
        let gates = gates.filter_map(|(name, folder)| Some((name, Gate::of(name, folder)?)));
        let zone = basis.space.get().and_then(|space| time_zones::find(&space.time_zone));
        Self {
            basis,
            members: members.into_iter().map(|it| (it.id, it)).collect(),
            gates: gates.collect(),
            zone: zone.unwrap_or(TimeZone::UTC),
        }
    }

    /// Returns the settings, if they can be read.
    #[must_use]
    pub fn space(&self) -> Option<&'a Space> {
        self.basis.space.get()
    }

    /// Returns what belongs to no member.
    #[must_use]
    pub const fn basis(&self) -> &'a Basis {
        self.basis
    }

    pub(super) const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Returns the members, in arbitrary order.
    pub fn members(&self) -> impl Iterator<Item = &'a MemberFolder> {
        self.members.values().copied()
    }

    /// Returns one member.
    #[must_use]
    pub fn member(&self, id: MemberId) -> Option<&'a MemberFolder> {
        self.members.get(&id).copied()
    }

    /// Returns when a member may open which facility, from a moment on: by the grants, inductions
    /// and dues on record. The hours of the facility are not looked at, only that its lowest
    /// requirement can be met.
    #[must_use]
    pub fn opens(
        &self,
        folder: &'a MemberFolder,
        now: Timestamp,
    ) -> BTreeMap<&'a Slug, Vec<Stretch>> {
        let mut opens = BTreeMap::new();
        let stays = self.stays(folder, now);
        if stays.is_empty() {
            return opens;
        }
        let grants = || folder.credentials.iter().flat_map(|(_, it)| &it.grants);
        for grant in grants() {
            if opens.contains_key(&grant.facility) {
                continue;
            }
            let Some(gate) = self.gates.get(&grant.facility) else { continue };
            let Some(inducted) = self.inducted(gate, folder) else { continue };
            let of_facility = grants().filter(|it| it.facility == grant.facility);
            let stretches = stretches(of_facility, gate.lowest, inducted, &stays);
            if !stretches.is_empty() {
                opens.insert(&grant.facility, stretches);
            }
        }
        opens
    }

    /// Returns when the member is in good standing, from a moment on, sorted.
    fn stays(&self, folder: &MemberFolder, now: Timestamp) -> Vec<Interval> {
        let Some(end) = self.ends(folder) else { return Vec::new() };
        let mut pauses: Vec<Suspension> =
            self.payers(folder).filter_map(Member::suspension).collect();
        pauses.retain(|it| !it.is_over(it.since));
        pauses.sort_by_key(|it| it.since);
        let (mut stays, mut start) = (Vec::new(), now);
        for pause in pauses {
            stays.push(Interval { start, end: self.midnight(pause.since).min(end) });
            let over = pause.until.map_or(Timestamp::MAX, |until| self.midnight(until));
            start = start.max(over);
        }
        stays.push(Interval { start, end });
        stays.retain(|it| it.start < it.end);
        stays
    }

    /// Returns the instant at which the cover or the membership ends; `None` without cover. A
    /// suspension ends neither.
    fn ends(&self, folder: &MemberFolder) -> Option<Timestamp> {
        let member = folder.member.get()?;
        let terms = |member: &Member| CoverTerms {
            suspension: None,
            ..CoverTerms::new(member, None).in_tier(self.basis, &member.tier)
        };
        let parent = |id| self.members.get(&id)?.member.get().map(terms);
        let cover = match Cover::by_settings(self.basis, terms(member), Date::MAX, parent) {
            Cover::Always => None,
            Cover::Until(day) => Some(day),
            Cover::Never => return None,
        };
        let day = [cover, member.left].into_iter().flatten().min();
        Some(day.map_or(Timestamp::MAX, |day| self.midnight(day)))
    }

    /// Returns a member and those who pay for them.
    fn payers<'s>(&'s self, folder: &'s MemberFolder) -> impl Iterator<Item = &'s Member> + 's {
        let parent = |member: &&Member| self.members.get(&member.parent?)?.member.get();
        std::iter::successors(folder.member.get(), parent).take(MAX_PAYERS)
    }

    /// Returns the instant from which all inductions count; `None` if one is missing.
    fn inducted(&self, gate: &Gate<'_>, folder: &MemberFolder) -> Option<Timestamp> {
        let day = |name: &&Slug| {
            folder.inductions.iter().find(|(facility, _)| facility == *name).map(|(_, it)| it.on)
        };
        let days: Option<Vec<Date>> = gate.inductions.iter().map(day).collect();
        Some(days?.into_iter().max().map_or(Timestamp::MIN, |day| self.midnight(day)))
    }

    fn midnight(&self, day: Date) -> Timestamp {
        day.to_zoned(self.zone.clone()).map_or(Timestamp::MAX, |it| it.timestamp())
    }
}

impl<'a> Gate<'a> {
    /// Takes what a facility demands; `None` if it stays shut.
    fn of(name: &'a Slug, folder: &'a FacilityFolder) -> Option<Self> {
        let facility = folder.facility.get().filter(|_| !folder.strange)?;
        let own = facility.induction.then_some(name);
        let inductions = own.into_iter().chain(&facility.inductions_first).collect();
        let requirements: Option<Vec<Priority>> =
            folder.requirements.values().map(|it| it.get().map(|it| it.priority)).collect();
        let requirements = requirements?;
        debug_assert!(folder.requirements.values().all(|it| matches!(it, Slot::Read(_))));
        // An open house opens to everybody; what members lose is what else they could open.
        let demanding = requirements.iter().filter(|it| **it >= 0).min();
        let lowest = *demanding.or_else(|| requirements.iter().min())?;
        Some(Self { lowest, inductions })
    }
}

/// Returns the stretches in which grants are valid and high enough, sorted: within the times in which
/// the member stays, and after the inductions.
fn stretches<'g>(
    grants: impl Iterator<Item = &'g Grant>,
    lowest: Priority,
    inducted: Timestamp,
    stays: &[Interval],
) -> Vec<Stretch> {
    let enough = grants.filter(|it| it.priority >= lowest);
    let windows = enough.flat_map(|it| {
        stays.iter().map(|stay| {
            let start = it.effective.max(stay.start).max(inducted);
            let end = it.expiration.unwrap_or(Timestamp::MAX).min(stay.end);
            (it.priority, Interval { start, end })
        })
    });
    Timeline::new(windows)
        .stretches()
        .map(|(it, priority)| {
            let until = (it.end != Timestamp::MAX).then_some(it.end);
            Stretch { priority, from: it.start, until }
        })
        .collect()
}
