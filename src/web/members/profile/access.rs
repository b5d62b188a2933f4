//! What somebody may open now and why, rule by rule, as a door decides.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maud::{Markup, html};

use crate::{
    app::{AppError, texts::Texts},
    domain::{
        access::{self, ActiveRequirement, Explanation, GrantStatus, SeenGrant},
        dues::Cover,
        model::{AccessResult, Facility, Slug},
        records,
    },
    web::members::{moment::moment, session::Own},
};

/// A rule in words, and whether it holds; `None` if it made no difference.
type Step = (Option<bool>, String);

/// Shows each facility, whether it opens, and behind that why.
///
/// # Errors
/// Nothing is in force.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Result<Markup, AppError> {
    let in_force = own.site.in_force()?;
    let explained = |(name, it): (&Slug, &Facility)| {
        let explained = access::explain(&in_force.index, own.id, name, own.now)?;
        let explained = explained.by_records_of(own.site.age(own.now), &in_force.index, name);
        let words = Words { own, texts, facilities: &in_force.facilities };
        let opens = explained.decision.as_ref().is_some_and(|it| it.result != AccessResult::Denied);
        Some((it.name.clone(), opens, explained.held(), words.steps(&explained)))
    };
    let all: Vec<_> = in_force.facilities.iter().filter_map(explained).collect();
    Ok(html! {
        h2 { (texts.say("access-title")) }
        @if all.is_empty() { p { (texts.say("access-none")) } }
        @for (name, opens, held, steps) in &all {
            details {
                summary {
                    (name) ": "
                    @if *held { span.good { (texts.say("access-held")) } }
                    @else if *opens { span.good { (texts.say("access-opens")) } }
                    @else { span.bad { (texts.say("access-shut")) } }
                }
                ul.plain {
                    @for (holds, text) in steps {
                        li {
                            @match holds {
                                Some(true) => span.good { (texts.say("yes")) },
                                Some(false) => span.bad { (texts.say("no")) },
                                None => span.faint { "–" },
                            }
                            " " (text)
                        }
                    }
                }
            }
        }
    })
}

/// Puts the steps of a decision into words.
struct Words<'o> {
    own: &'o Own<'o>,
    texts: Texts,
    facilities: &'o BTreeMap<Slug, Facility>,
}

impl Words<'_> {
    fn steps(&self, it: &Explanation<'_>) -> Vec<Step> {
        let (texts, today) = (self.texts, self.own.today);
        let mut steps: Vec<Step> = it.grants.iter().map(|grant| self.grant(grant)).collect();
        if steps.is_empty() {
            steps.push((Some(false), texts.say("why-no-credential")));
        }
        if !it.readable {
            steps.push((Some(false), texts.say("why-unreadable")));
        }
        if let Some(left) = it.left {
            let words = texts.fill("why-left", &[("day", &texts.day(left))]);
            steps.push((Some(left > today), words));
        }
        if let Some(suspension) = it.suspension.filter(|it| !it.is_over(today)) {
            let since = texts.day(suspension.since);
            let words = match suspension.until.map(|until| texts.day(until)) {
                None => texts.fill("why-suspended", &[("day", &since)]),
                Some(until) => {
                    let values: [(_, &dyn std::fmt::Display); 2] =
                        [("day", &since), ("until", &until)];
                    texts.fill("why-suspended-until", &values)
                }
            };
            steps.push((Some(!suspension.includes(today)), words));
        }
        steps.push(self.cover(it));
        for induction in &it.inductions {
            let facility = self.name(&induction.facility);
            steps.push(match induction.on {
                Some(on) => {
                    let on = texts.day(on);
                    let values: [(_, &dyn std::fmt::Display); 2] =
                        [("facility", &facility), ("day", &on)];
                    (Some(induction.counts), texts.fill("why-inducted", &values))
                }
                None => (Some(false), texts.fill("why-not-inducted", &[("facility", &facility)])),
            });
        }
        if it.stale.is_some() {
            steps.push((Some(false), texts.say("why-stale")));
        }
        if it.shut {
            steps.push((Some(false), texts.say("why-shut")));
        }
        if it.requirements.is_empty() {
            steps.push((Some(false), texts.say("why-no-requirement")));
        }
        let own = it.decision.as_ref().and_then(|decision| decision.priority);
        steps.extend(it.requirements.iter().map(|active| self.requirement(active, own)));
        steps
    }

    fn cover(&self, it: &Explanation<'_>) -> Step {
        let texts = self.texts;
        let parent = it.parent.map(|id| records::name(&self.own.head, id).unwrap_or_default());
        match (it.cover, parent) {
            (Cover::Always, _) => (Some(true), texts.say("why-no-dues")),
            (Cover::Never, None) => (Some(false), texts.say("why-never-paid")),
            (Cover::Never, Some(parent)) => {
                (Some(false), texts.fill("why-parent-never-paid", &[("parent", &parent)]))
            }
            (Cover::Until(day), parent) => {
                let covers = self.own.today < day;
                let day = texts.day(day);
                let words = match (parent, covers) {
                    (None, true) => texts.fill("why-covered", &[("day", &day)]),
                    (None, false) => texts.fill("why-was-covered", &[("day", &day)]),
                    (Some(parent), _) => {
                        texts.fill("why-covered-by-parent", &[("day", &day), ("parent", &parent)])
                    }
                };
                (Some(covers), words)
            }
        }
    }

    fn grant(&self, it: &SeenGrant<'_>) -> Step {
        let texts = self.texts;
        let kind = texts.say(&format!("kind-{}", it.kind));
        let what = texts.fill("why-credential", &[("kind", &kind), ("tag", &it.tag.short())]);
        let facility = it.facility.map(|it| self.name(it)).unwrap_or_default();
        let at = |at: Timestamp| moment(self.own, texts, at);
        let (holds, name, when) = match it.status {
            GrantStatus::Counts => (Some(true), "why-grant-counts", String::new()),
            GrantStatus::Outranked => (None, "why-grant-outranked", String::new()),
            GrantStatus::OtherFacility => (None, "why-grant-elsewhere", String::new()),
            GrantStatus::Ambiguous => (Some(false), "why-grant-ambiguous", String::new()),
            GrantStatus::Expired => {
                (Some(false), "why-grant-expired", it.expiration.map(at).unwrap_or_default())
            }
            GrantStatus::NotYetEffective => (Some(false), "why-grant-later", at(it.effective)),
        };
        let values: [(_, &dyn std::fmt::Display); 3] =
            [("what", &what), ("facility", &facility), ("when", &when)];
        (holds, texts.fill(name, &values))
    }

    fn requirement(&self, active: &ActiveRequirement<'_>, own: Option<i32>) -> Step {
        let (texts, required) = (self.texts, active.requirement.priority);
        let level = |it: i32| {
            let name = self.own.space.levels.get(&it);
            name.map_or_else(|| it.to_string(), |name| format!("{it} ({name})"))
        };
        let (needed, yours) = (level(required), own.map(level).unwrap_or_else(|| "–".into()));
        let what = active.requirement.description.clone().unwrap_or_default();
        let until = (active.interval.end != Timestamp::MAX)
            .then(|| moment(self.own, texts, active.interval.end));
        let values: [(_, &dyn std::fmt::Display); 2] = [("needed", &needed), ("yours", &yours)];
        let mut words = texts.fill("why-requirement", &values);
        if let Some(until) = until {
            words = format!("{words} {}", texts.fill("why-until", &[("when", &until)]));
        }
        if !what.is_empty() {
            words = format!("{words} ({what})");
        }
        (Some(own.is_some_and(|own| own >= required)), words)
    }

    fn name(&self, facility: &Slug) -> String {
        let known = self.facilities.get(facility);
        known.map_or_else(|| facility.to_string(), |it| it.name.clone())
    }
}
