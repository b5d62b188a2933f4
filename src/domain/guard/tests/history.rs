//! An oracle that remembers everything and says when the relay has to be open. It is written from the
//! demands alone, works in a naive way, and shares nothing with the guard but its numbers.

use crate::domain::guard::{Limits, Phase, Reading, Readings};

/// What happened in one step.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) now: u64,
    pub(super) readings: Readings,
    pub(super) asked: bool,
    pub(super) relay: bool,
    pub(super) phase: Phase,
}

/// Everything that happened since the latest start.
#[derive(Clone, Debug)]
pub(super) struct History {
    limits: Limits,
    thermometers: usize,
    steps: Vec<Step>,
}

impl History {
    pub(super) fn new(limits: Limits, thermometers: usize) -> Self {
        Self { limits, thermometers, steps: Vec::new() }
    }

    /// Adds a step; if time went back, all before it is forgotten, as at a start.
    pub(super) fn add(&mut self, step: Step) {
        if self.steps.last().is_some_and(|last| step.now < last.now) {
            self.steps.clear();
        }
        self.steps.push(step);
    }

    /// Returns why the relay must be open in the latest step; `None` if it may be closed.
    pub(super) fn must_be_open(&self) -> Option<String> {
        let last = self.steps.last().unwrap();
        let before = &self.steps[..self.steps.len() - 1];
        let was_allowed = before.last().is_some_and(|it| it.phase == Phase::Allowed);
        if !last.asked {
            return Some("nobody asks for heat".into());
        }
        if let Some(why) = self.trouble(self.steps.len() - 1) {
            return Some(why);
        }
        let warmest = self.plausible(last).map(|it| it.value).max().unwrap();
        if warmest >= self.limits.limit {
            return Some(format!("{warmest} is too warm"));
        }
        let minimum = self.limits.least_off;
        if !before.last().is_some_and(|it| it.relay) {
            let opened = self.opened();
            if last.now - opened < minimum {
                return Some(format!("it opened at {opened}"));
            }
        } else if let Some(closed) = self.closed()
            && last.now - closed >= self.limits.most_on
        {
            return Some(format!("it has been closed since {closed}"));
        }
        if !was_allowed {
            if warmest > self.limits.limit - self.limits.hysteresis {
                return Some(format!("{warmest} is not far enough below the limit"));
            }
            for (number, step) in self.steps.iter().enumerate() {
                if last.now - step.now < self.limits.settle
                    && let Some(why) = self.trouble(number)
                {
                    return Some(format!("at {}, lately: {why}", step.now));
                }
            }
            if last.now - self.steps[0].now < self.limits.settle {
                return Some("it has just started".into());
            }
        }
        None
    }

    /// The readings that are fresh and plausible in a step.
    fn plausible<'s>(&self, step: &'s Step) -> impl Iterator<Item = Reading> + use<'s> {
        let fresh = self.limits.fresh;
        let now = step.now;
        let all = step.readings.into_iter().take(self.thermometers).flatten();
        all.filter(move |it| {
            it.at <= now && now - it.at <= fresh && (-40_000..=80_000).contains(&it.value)
        })
    }

    /// Returns what is wrong with the thermometers in a step.
    fn trouble(&self, number: usize) -> Option<String> {
        let step = &self.steps[number];
        let values: Vec<i32> = self.plausible(step).map(|it| it.value).collect();
        if values.len() < usize::from(self.limits.quorum) {
            return Some(format!("only {} plausible readings", values.len()));
        }
        let (low, high) = (*values.iter().min()?, *values.iter().max()?);
        if high - low > self.limits.tolerance {
            return Some(format!("{low} and {high} disagree"));
        }
        (0..self.thermometers).find_map(|it| self.odd(number, it))
    }

    /// Returns what is wrong with the way in which a thermometer moves.
    fn odd(&self, number: usize, thermometer: usize) -> Option<String> {
        let one = |step: &Step| {
            let mut only = step.clone();
            only.readings = Default::default();
            only.readings[0] = step.readings[thermometer];
            self.plausible(&only).next()
        };
        let latest = one(&self.steps[number])?;
        let seen: Vec<Reading> = self.steps[..=number].iter().filter_map(one).collect();
        let run: Vec<&Reading> =
            seen.iter().rev().take_while(|it| it.value == latest.value).collect();
        let since = run.iter().map(|it| it.at).min()?;
        if latest.at - since >= self.limits.frozen {
            return Some(format!("{} has been the same since {since}", latest.value));
        }
        // Believed readings are all within reach of an earlier one, so two of them that follow each
        // other at once are at most twice that apart.
        let fresh = self.limits.fresh;
        let previous =
            seen.iter().rev().find(|it| it.at < latest.at && latest.at - it.at <= fresh)?;
        let minutes = (latest.at - previous.at) as f64 / 60_000.0 + 1.1;
        let reach = f64::from(self.limits.slope) * minutes + f64::from(self.limits.noise);
        let jump = f64::from(latest.value - previous.value).abs();
        (jump > 2.0 * reach).then(|| format!("from {} to {}", previous.value, latest.value))
    }

    /// When the relay opened last; the start counts.
    fn opened(&self) -> u64 {
        let before = &self.steps[..self.steps.len() - 1];
        let closed = before.iter().rposition(|it| it.relay);
        closed.map_or(self.steps[0].now, |it| self.steps[it + 1].now)
    }

    /// When the relay closed, if it was closed until the step before this one.
    fn closed(&self) -> Option<u64> {
        let before = &self.steps[..self.steps.len() - 1];
        let run = before.iter().rev().take_while(|it| it.relay);
        run.last().map(|it| it.now)
    }
}
