//! The guard's loop: ask the thermometers, decide, drive the relay, once a period.

use std::{io::Write, time::Duration};

use jiff::SignedDuration;

use super::{
    Event, GuardError, Options,
    measuring::Measuring,
    teller::Teller,
    turns::{News, Turns},
    watchdog::Watchdog,
};
use crate::{
    clock,
    config::{GuardState, Measured},
    domain::guard::{Guard, Limits, Millidegrees, Millis, Output, Phase, Reason},
    hardware::{
        relay::{self, Relay},
        thermometer::Writers,
    },
    service::{on_stop, signs},
};

/// How often the guard decides.
const PERIOD: Duration = Duration::from_secs(1);

/// The state is shown at least once in so many periods, as a sign of life.
const SHOWN: u64 = 10;

/// Guards until a signal. When this returns, for whatever reason, the relay is open.
///
/// # Errors
/// The relay cannot be reached, or the limits are out of range. Then heat is off as well.
pub fn run(options: &Options, out: impl Write + Send + 'static) -> Result<(), GuardError> {
    let config = &options.config;
    // The first thing to do: from here on, the relay is open until it is decided otherwise.
    let relay = relay::open(&config.relay).map_err(GuardError::Relay)?;
    let speed = options.rehearsal.unwrap_or(1).max(1);
    let (turns, tell) = Turns::of(PERIOD / speed);
    let stop = tell.clone();
    on_stop(move || drop(stop.send(News::Stop)))?;
    let now = move || millis(clock::uptime().saturating_mul(speed));
    let writers = if options.rehearsal.is_some() { Writers::Anybody } else { Writers::Named };
    let measuring = Measuring::start(config, writers, now, &tell)?;
    let number = measuring.count();
    let guard = Guard::new(config.limits, number).map_err(GuardError::Limits)?;
    let teller = Teller::start(config, options.show, out)?;
    let limits = config.limits;
    teller.event(now(), Event::Started { thermometers: number, limit: degrees(limits.limit) });
    let watchdog = config.watchdog.as_deref().map(Watchdog::open);
    let watchdog = watchdog.and_then(|opened| {
        let trouble = |error| Event::Trouble { why: format!("no watchdog: {error}") };
        opened.map_err(|error| teller.event(now(), trouble(error))).ok()
    });
    let round = Round { relay, measuring, guard, teller, watchdog, limits, shown: None, rounds: 0 };
    round.guard_until_stopped(turns, now);
    Ok(())
}

/// All that takes part in a period.
struct Round {
    relay: Box<dyn Relay>,
    measuring: Measuring,
    guard: Guard,
    teller: Teller,
    watchdog: Option<Watchdog>,
    limits: Limits,
    shown: Option<Output>,
    rounds: u64,
}

impl Round {
    fn guard_until_stopped(mut self, mut turns: Turns, now: impl Fn() -> Millis) {
        signs::ready();
        while turns.next_period() {
            let asked = self.measuring.ask();
            if !turns.answers(asked) {
                break;
            }
            self.decide(now());
            signs::alive();
            if let Some(watchdog) = &mut self.watchdog {
                watchdog.feed();
            }
        }
        drop(self.relay); // it opens
        signs::stopping();
        self.teller.event(now(), Event::Stopped {});
        if let Some(watchdog) = self.watchdog {
            watchdog.dismiss();
        }
        self.teller.close();
    }

    fn decide(&mut self, now: Millis) {
        let asked = self.relay.asked();
        let output = self.guard.step(now, &self.measuring.readings(), asked);
        if let Err(why) = self.relay.set(output.relay) {
            self.teller.event(now, Event::Trouble { why });
        }
        self.relay.warn(output.phase == Phase::Cut(Reason::TooWarm));
        self.tell(now, &output, asked);
    }

    /// Tells what differs from the last time, and shows a sign of life from time to time.
    fn tell(&mut self, now: Millis, output: &Output, asked: bool) {
        let before = self.shown.replace(*output);
        let mut differs = false;
        for (number, (name, why)) in self.measuring.describe().enumerate() {
            let verdict = output.verdicts[number];
            let word = before.as_ref().map(|it| it.verdicts[number].as_str());
            if word != Some(verdict.as_str()) {
                differs = true;
                let temperature = verdict.temperature().map(degrees);
                let (name, verdict) = (name.to_owned(), verdict.as_str());
                self.teller.event(now, Event::Thermometer { name, verdict, temperature, why });
            }
        }
        if before.is_none_or(|it| (it.phase, it.relay) != (output.phase, output.relay)) {
            differs = true;
            let event = Event::Changed {
                state: output.phase.as_str(),
                reason: output.phase.reason().map(Reason::as_str),
                relay: word(output.relay),
                asked,
                warmest: output.warmest.map(degrees),
            };
            self.teller.event(now, event);
        }
        if differs || self.rounds.is_multiple_of(SHOWN) {
            self.teller.state(self.state(now, output, asked));
        }
        self.rounds += 1;
    }

    fn state(&self, now: Millis, output: &Output, asked: bool) -> GuardState {
        let updated = clock::now();
        let ago = i64::try_from(now.saturating_sub(output.since)).unwrap_or(i64::MAX);
        let measured = self.measuring.describe().zip(output.verdicts).map(|((name, why), it)| {
            let temperature = it.temperature().map(degrees);
            Measured { name: name.to_owned(), verdict: it.as_str().to_owned(), temperature, why }
        });
        GuardState {
            state: output.phase.as_str().to_owned(),
            reason: output.phase.reason().map(|it| it.as_str().to_owned()),
            since: updated.saturating_sub(SignedDuration::from_millis(ago)).unwrap_or(updated),
            relay: word(output.relay).to_owned(),
            asked,
            limit: degrees(self.limits.limit),
            thermometers: measured.collect(),
            updated,
        }
    }
}

/// Returns the word for the state of the relay.
const fn word(closed: bool) -> &'static str {
    if closed { "closed" } else { "open" }
}

/// Converts a temperature for people.
fn degrees(value: Millidegrees) -> f64 {
    f64::from(value) / 1_000.0
}

fn millis(time: Duration) -> Millis {
    Millis::try_from(time.as_millis()).unwrap_or(Millis::MAX)
}
