//! Joins the judgement of the thermometers, the decision and the timers.

use super::{
    Bound, Limits, MOST, Millidegrees, Millis, Phase, Probe, Readings, Seen, Verdict, is_closed,
    joint, next,
};

/// How many periods with new readings have to be good after the start and after each fault, besides
/// the time that has to pass.
const ENOUGH: u8 = 5;

/// The guard of a furnace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guard {
    limits: Limits,
    /// How many thermometers there are.
    number: usize,
    state: Option<State>,
}

/// What is remembered since the start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct State {
    /// The time of the latest step.
    now: Millis,
    phase: Phase,
    /// When the state or its reason last changed.
    since: Millis,
    probes: [Probe; MOST],
    /// Since when all has been good, and how many periods with new readings there were.
    good: Option<(Millis, u8)>,
    relay: bool,
    /// When the relay last closed or opened; the start counts as opening.
    moved: Millis,
}

/// What to do, and what to show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Output {
    /// Whether the relay is closed.
    pub relay: bool,
    /// The state.
    pub phase: Phase,
    /// When the state or its reason last changed.
    pub since: Millis,
    /// What to think of each thermometer; those that do not exist are silent.
    pub verdicts: [Verdict; MOST],
    /// The warmest reading that is fresh and plausible.
    pub warmest: Option<Millidegrees>,
}

impl State {
    const fn start(now: Millis) -> Self {
        const PROBE: Probe = Probe::new();
        Self {
            now,
            phase: Phase::Starting,
            since: now,
            probes: [PROBE; MOST],
            good: None,
            relay: false,
            moved: now,
        }
    }
}

impl Guard {
    /// Makes a guard over some thermometers.
    ///
    /// # Errors
    /// A limit is outside of its range, or there are not as many thermometers as have to be good.
    pub fn new(limits: Limits, thermometers: usize) -> Result<Self, Bound> {
        if let Some(bound) = limits.exceeded().next() {
            return Err(bound);
        }
        if thermometers > MOST || thermometers < usize::from(limits.quorum) {
            let most = MOST as u32;
            return Err(Bound { name: "thermometers", least: u32::from(limits.quorum), most });
        }
        Ok(Self { limits, number: thermometers, state: None })
    }

    /// Decides at a moment. To be asked once a period.
    ///
    /// If time went back, nothing that is remembered can be relied upon: that counts as a start.
    pub fn step(&mut self, now: Millis, readings: &Readings, asked: bool) -> Output {
        let before = self.state.filter(|state| state.now <= now);
        let mut state = before.unwrap_or(State::start(now));
        state.now = now;
        let limits = &self.limits;
        let mut verdicts = [Verdict::Silent; MOST];
        let mut any_new = false;
        let parts = state.probes.iter_mut().zip(readings).zip(&mut verdicts).take(self.number);
        for ((probe, reading), verdict) in parts {
            let (judged, new) = probe.judge(now, *reading, limits);
            *verdict = judged;
            any_new |= new;
        }
        let (temperature, fault) = joint(&verdicts, limits);
        state.good = match (fault, state.good) {
            (Some(_), _) => None,
            (None, None) => Some((now, 1)),
            (None, Some((since, count))) => Some((since, count.saturating_add(any_new.into()))),
        };
        let passed = now.saturating_sub(state.moved);
        let seen = Seen {
            temperature,
            fault,
            settled: state.good.is_some_and(|(since, count)| {
                now.saturating_sub(since) >= limits.settle && count >= ENOUGH
            }),
            rested: !state.relay && passed >= limits.least_off,
            overrun: state.relay && passed >= limits.most_on,
            asked,
        };
        let phase = next(state.phase, seen);
        if phase != state.phase {
            (state.phase, state.since) = (phase, now);
        }
        let relay = is_closed(phase, seen, state.relay);
        if relay != state.relay {
            (state.relay, state.moved) = (relay, now);
        }
        self.state = Some(state);
        Output {
            relay,
            phase,
            since: state.since,
            verdicts,
            warmest: verdicts.iter().filter_map(|it| it.temperature()).max(),
        }
    }
}
