//! What belongs to no member, compiled for a window of time: facilities, tiers, days.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    days::Days,
    name_hash::NameHash,
    step_count::StepCount,
    timeline::{Hold, Timeline},
};
use crate::{
    domain::{
        model::{
            Basis, FacilityFolder, Finding, FindingCode, RecordPath, Requirement, Slot, Slug,
            StaleRule, Tag, budget,
        },
        schedule::{Interval, Timespec, Window},
    },
    time_zones,
};

/// The rules of a space that are the same for every member.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) window: Window,
    pub(super) grace_days: u16,
    pub(super) findings: Vec<Finding>,
    /// Whether they take more than the budget of a space: then everything is shut.
    pub(super) is_over: bool,
    basis: Arc<Basis>,
    zone: Option<TimeZone>,
    /// `None` if the time zone is unknown: then everything is shut.
    days: Option<Days>,
    tiers: Vec<(NameHash, bool)>,
    facilities: Vec<CompiledFacility>,
}

/// A facility and what it demands.
#[derive(Debug)]
pub(super) struct CompiledFacility {
    pub(super) slug: Slug,
    pub(super) name: NameHash,
    /// Whether its record or one of its requirements cannot be used, so that it stays shut.
    pub(super) shut: bool,
    /// The facilities that need an induction.
    pub(super) inductions: Vec<(NameHash, Slug)>,
    /// Whether a passcode counts only shortly after a fob of the same member.
    pub(super) fob_first: bool,
    /// What opens it with records that are old.
    pub(super) stale: Option<StaleRule>,
    pub(super) active: Vec<Active>,
    pub(super) timeline: Timeline,
}

/// A requirement and its events within the window.
#[derive(Debug)]
pub(super) struct Active {
    pub(super) tag: Tag,
    pub(super) requirement: Requirement,
    pub(super) events: Arc<[Interval]>,
    window: Window,
    spec: Arc<Timespec>,
}

impl Rules {
    /// Compiles the rules, reusing what the `former` rules have already computed.
    pub(super) fn compile(basis: Arc<Basis>, window: Window, former: Option<&Self>) -> Self {
        let mut findings = Vec::new();
        let zone = zone(&basis, &mut findings);
        let former = former.filter(|former| former.zone == zone);
        let mut spent = Some(StepCount::default());
        let mut facilities = Vec::with_capacity(basis.facilities.len());
        for (slug, folder) in &basis.facilities {
            let (Some(zone), Some(steps)) = (&zone, &mut spent) else { break };
            let known = former.and_then(|it| it.facility(slug)).map(|it| it.active.as_slice());
            let times = (zone, window);
            let found = &mut findings;
            match CompiledFacility::new(
                slug,
                folder,
                times,
                known.unwrap_or_default(),
                steps,
                found,
            ) {
                Some(compiled) => facilities.push(compiled),
                None => spent = None,
            }
        }
        let is_over = spent.is_none();
        if zone.is_none() || is_over {
            facilities = basis.facilities.keys().map(CompiledFacility::shut).collect();
        }
        if is_over {
            let finding =
                Finding::error(FindingCode::OverBudget, "facilities", budget::too_many_steps());
            findings.push(finding);
        }
        let tiers = basis.tiers.iter();
        let mut tiers: Vec<_> = tiers
            .filter_map(|(slug, tier)| Some((NameHash::of(slug.as_str()), tier.get()?.owes_dues())))
            .collect();
        tiers.sort_unstable();
        Self {
            window,
            grace_days: basis.space.get().map_or(0, |space| space.grace_days),
            days: zone.as_ref().map(|zone| Days::new(zone, window)),
            tiers,
            facilities,
            findings,
            is_over,
            basis,
            zone,
        }
    }

    pub(super) const fn basis(&self) -> &Arc<Basis> {
        &self.basis
    }

    pub(super) fn facility(&self, facility: &Slug) -> Option<&CompiledFacility> {
        let at = self.facilities.binary_search_by(|compiled| compiled.slug.cmp(facility)).ok()?;
        self.facilities.get(at)
    }

    pub(super) fn facilities(&self) -> &[CompiledFacility] {
        &self.facilities
    }

    /// Returns the local day; `None` outside the window, or if the time zone is unknown.
    pub(super) fn today(&self, now: Timestamp) -> Option<Date> {
        self.days.as_ref()?.at(now)
    }

    /// Tells whether a tier owes dues; `None` if the tier is unknown.
    pub(super) fn owes_dues(&self, tier: NameHash) -> Option<bool> {
        let at = self.tiers.binary_search_by(|(name, _)| name.cmp(&tier)).ok()?;
        self.tiers.get(at).map(|(_, owes)| *owes)
    }
}

impl CompiledFacility {
    fn shut(slug: &Slug) -> Self {
        Self {
            slug: slug.clone(),
            name: NameHash::of(slug.as_str()),
            shut: true,
            inductions: Vec::new(),
            fob_first: false,
            stale: None,
            active: Vec::new(),
            timeline: Timeline::default(),
        }
    }

    /// Compiles a facility, unless that takes more than the budget of a space.
    fn new(
        slug: &Slug,
        folder: &FacilityFolder,
        (zone, window): (&TimeZone, Window),
        former: &[Active],
        spent: &mut StepCount,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let mut compiled = Self::shut(slug);
        let Some(facility) = folder.facility.get() else { return Some(compiled) };
        if !spent.facility(facility) {
            return None;
        }
        let own = facility.induction.then_some(slug);
        let needed = own.into_iter().chain(&facility.inductions_first);
        compiled.inductions = needed.map(|to| (NameHash::of(to.as_str()), to.clone())).collect();
        compiled.fob_first = facility.fob_first;
        compiled.stale = facility.stale;
        compiled.shut = folder.strange;
        for (tag, slot) in &folder.requirements {
            let requirement = match slot {
                Slot::Read(requirement) => requirement,
                Slot::Absent => continue,
                Slot::Unreadable => {
                    compiled.shut = true;
                    continue;
                }
            };
            let known = former.binary_search_by(|it| it.tag.cmp(tag)).ok().map(|at| &former[at]);
            let within = |spec: &Timespec| spent.requirement(Some(spec));
            match Active::new(tag, requirement, (zone, window), known, within) {
                Ok(active) => compiled.active.push(active?),
                Err(message) => {
                    compiled.shut = true;
                    if !spent.requirement(None) {
                        return None;
                    }
                    let path = RecordPath::Requirement(slug.clone(), tag.clone());
                    findings.push(Finding::error(FindingCode::Timespec, path, message));
                }
            }
        }
        let events = compiled.active.iter();
        compiled.timeline = Timeline::new(
            events.flat_map(|it| it.events.iter().map(|event| (it.requirement.priority, *event))),
        );
        Some(compiled)
    }

    /// Returns what holds the facility unlocked at an instant within the window.
    pub(super) fn holds(&self, now: Timestamp) -> impl Iterator<Item = Hold<'_>> {
        let negative = self.active.iter().filter(|it| !self.shut && it.requirement.priority < 0);
        negative.flat_map(move |it| {
            it.at(now).map(|interval| Hold { tag: &it.tag, arm: it.requirement.arm, interval })
        })
    }
}

impl Active {
    /// Compiles a requirement; `None` if its timespec is not `within` the budget of a space.
    ///
    /// # Errors
    /// Why its timespec cannot be used.
    fn new(
        tag: &Tag,
        requirement: &Requirement,
        (zone, window): (&TimeZone, Window),
        former: Option<&Self>,
        within: impl FnOnce(&Timespec) -> bool,
    ) -> Result<Option<Self>, String> {
        let former = former.filter(|it| it.requirement.timespec == requirement.timespec);
        let spec = match former {
            Some(former) => former.spec.clone(),
            None => Arc::new(Timespec::parse(&requirement.timespec, zone).map_err(|refusal| {
                format!("the timespec is refused, so the facility stays shut: {refusal}")
            })?),
        };
        if !within(&spec) {
            return Ok(None);
        }
        let events = match former.filter(|it| it.window == window) {
            Some(former) => former.events.clone(),
            None => spec.intervals(window).into(),
        };
        let (tag, requirement) = (tag.clone(), requirement.clone());
        Ok(Some(Self { tag, requirement, events, window, spec }))
    }

    /// Returns the events in progress at an instant.
    pub(super) fn at(&self, now: Timestamp) -> impl Iterator<Item = Interval> {
        self.events.iter().copied().filter(move |event| event.contains(now))
    }
}

fn zone(basis: &Basis, findings: &mut Vec<Finding>) -> Option<TimeZone> {
    let space = basis.space.get()?;
    let zone = time_zones::find(&space.time_zone);
    if zone.is_none() {
        let name = crate::domain::model::text::shown(&space.time_zone);
        let message = format!(
            "the time zone `{name}` is not known here, so everything stays shut; \
             write a name such as Europe/London"
        );
        findings.push(Finding::error(FindingCode::TimeZone, RecordPath::Space, message));
    }
    zone
}
