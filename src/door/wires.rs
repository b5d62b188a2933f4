//! Connects the machine with devices, journal, screen and clock.

use std::{io::Write, path::PathBuf, time::Duration};

use jiff::Timestamp;
use tokio::time::Instant;

use super::{
    Machine,
    clockwork::Clockwork,
    event::{Effect, Event, ScreenLine},
    memory::Memory,
    pace::Pace,
    running_devices::RunningDevices,
    screen::Screen,
    timekeeper::Doubt,
};
use crate::{
    domain::{
        access::Reading,
        model::{Activity, Advice, FindingCode, Note, Slug, text},
    },
    store::{
        Upstream,
        follow::{self, CloneState, Following, News},
        journal::Journal,
        locked,
    },
};

/// How long a strike waits until what happened is written, so that a killed process loses none of
/// it. It normally takes microseconds.
const WRITE_TIMEOUT: Duration = Duration::from_millis(50);

/// After this time without a look at the branch, something is wrong: there is one each minute.
const SILENCE: Duration = Duration::from_secs(180);

/// The machine, with everything that it drives.
pub(super) struct Wires<W> {
    pub(super) machine: Machine,
    pub(super) devices: RunningDevices,
    pub(super) journal: Journal,
    pub(super) screen: Screen<W>,
    pub(super) clock: Clockwork,
    pub(super) memory: Memory,
    /// Whether the clock is pinned, so that nothing here happens at a real time.
    pub(super) rehearsal: bool,
    /// The folder for what is not in the history.
    pub(super) dir: PathBuf,
    pub(super) doubt: Option<Doubt>,
    pub(super) pace: Pace,
    /// Not a time of day: that may be set back, and a door has to lock regardless.
    pub(super) wake: Instant,
    pub(super) simulated: bool,
    pub(super) in_force: InForce,
    pub(super) clone: CloneStatus,
    pub(super) following: Option<Following>,
    /// How to put advice into words.
    pub(super) words: fn(&Advice) -> String,
}

/// Which commit is in force, and since when.
#[derive(Clone, Default, Debug, serde::Serialize, schemars::JsonSchema)]
pub(super) struct InForce {
    pub(super) committed: Option<Timestamp>,
    pub(super) since: Option<Timestamp>,
    /// Until when it is known to have been current.
    pub(super) heard: Option<Timestamp>,
    /// Why a newer commit is not in force.
    pub(super) trouble: Option<String>,
    /// Since when that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) behind_since: Option<Timestamp>,
}

/// The state of the clone that this door decides by.
#[derive(Clone, Default, Debug, serde::Serialize, schemars::JsonSchema)]
pub(super) struct CloneStatus {
    pub(super) upstream: Option<Upstream>,
    /// How it compares with its origin, in words.
    pub(super) compared: Option<String>,
    /// What somebody has to look at.
    pub(super) notes: Vec<String>,
}

impl<W: Write> Wires<W> {
    /// Handles an event.
    pub(super) fn handle(&mut self, event: Event) {
        self.effects_of(event);
    }

    /// Handles an event, and returns its effects, which were carried out.
    pub(super) fn effects_of(&mut self, event: Event) -> Vec<Effect> {
        let now = self.clock.now();
        let lag = self.pace.lag(now, self.clock.count());
        self.machine.catch_up(lag);
        let doubt = self.clock.doubt();
        if let Some(latest) = self.clock.overruled() {
            self.report_overruled(latest, now);
        }
        if !self.machine.covers(now) {
            // The clock was set. Whoever stands at the door does not wait for the follower.
            self.machine.cover(follow::window(now));
            self.poll_now();
        }
        if doubt.is_some() != self.doubt.is_some() {
            self.doubt = doubt;
            let effects = self.machine.handle(Event::Clock(doubt), now);
            self.carry_out(&effects, now);
        }
        let is_order = matches!(event, Event::Order(..));
        let effects = self.machine.handle(event, now);
        self.carry_out(&effects, now);
        if is_order {
            self.keep_locks(now);
        }
        effects
    }

    /// Writes down which doors are locked by hand, if that has changed.
    fn keep_locks(&mut self, now: Timestamp) {
        let locked = self.machine.locked_by_hand();
        if locked::read(&self.dir).is_ok_and(|known| known == locked) {
            return;
        }
        if let Err(error) = locked::write(&self.dir, &locked) {
            let words =
                format!("a door that is locked by hand may not stay so at a restart: {error}");
            let effects = self.machine.handle(Event::Trouble(words), now);
            self.carry_out(&effects, now);
        }
    }

    /// Tells whether the branch is still followed.
    pub(super) fn follows(&self) -> bool {
        self.following.as_ref().is_none_or(Following::is_alive)
    }

    /// Returns what is known about the records in force, as of now.
    pub(super) fn in_force_now(&self) -> InForce {
        let mut in_force = self.in_force.clone();
        let silent = self.following.as_ref().map(Following::since_last);
        if let Some(silent) = silent.filter(|it| *it >= SILENCE) {
            in_force.trouble.get_or_insert_with(|| {
                let minutes = silent.as_secs() / 60;
                format!("the branch was not looked at for {minutes} minutes; restart this door")
            });
        }
        in_force
    }

    /// Shows a note to whoever types.
    pub(super) fn note(&mut self, words: &str) {
        self.screen.show(self.clock.now(), &ScreenLine::Note(words.to_owned()));
    }

    /// Processes the follower's news.
    pub(super) fn handle_news(&mut self, news: News) {
        match news {
            News::InForce { index, key, findings, committed } => {
                self.memory.learn_commit(committed, &self.clock);
                let since = Some(self.clock.now());
                let missing =
                    findings.iter().find(|it| it.code == FindingCode::Key && it.is_error());
                let trouble = missing.map(|it| it.in_words(self.words).to_string());
                let behind_since = None;
                let committed = Some(committed);
                let heard = self.in_force.heard;
                self.in_force = InForce { committed, since, heard, trouble, behind_since };
                let findings =
                    findings.iter().map(|finding| finding.in_words(self.words)).collect();
                self.handle(Event::Index(index, key, findings));
            }
            News::Trouble(note) => {
                let words = self.in_words(&note);
                self.in_force.trouble = Some(words.clone());
                self.in_force.behind_since.get_or_insert(self.clock.now());
                self.handle(Event::Trouble(words));
            }
            News::Heard(at) => {
                self.in_force.heard = Some(at);
                self.handle(Event::Heard(at));
            }
            News::CloneState(CloneState { upstream, notes }) => {
                let notes: Vec<String> = notes.iter().map(|note| self.in_words(note)).collect();
                let compared = upstream.as_ref().map(Upstream::words);
                let known =
                    std::mem::replace(&mut self.clone, CloneStatus { compared, upstream, notes });
                let news: Vec<_> = self.clone.notes.clone();
                for words in news.into_iter().filter(|words| !known.notes.contains(words)) {
                    self.handle(Event::Trouble(words));
                }
                if self.clone.notes.is_empty() && !known.notes.is_empty() {
                    self.note("the clone of this door is as it should be again");
                }
            }
        }
    }

    fn in_words(&self, Note { text, advice }: &Note) -> String {
        match advice {
            Some(step) => format!("{text}; {}", (self.words)(step)),
            None => text.clone(),
        }
    }

    /// Decides on a reading and returns the activity, if the facility is served here.
    pub(super) fn read(&mut self, reading: Reading) -> Option<Activity> {
        self.effects_of(Event::Reading(reading)).into_iter().find_map(|effect| match effect {
            Effect::Show(ScreenLine::Reading(activity)) => Some(activity),
            _ => None,
        })
    }

    /// Decides on a reading for a user who asks by the socket.
    ///
    /// # Errors
    /// Until when nothing is answered.
    pub(super) fn try_reading(
        &mut self,
        reading: &Reading,
        user: &str,
    ) -> Result<Activity, Timestamp> {
        let now = self.clock.now();
        let (answer, note) = self.machine.try_reading(reading, user, now);
        if let Some(note) = note {
            let effects = [Effect::Journal(note.clone()), Effect::Show(ScreenLine::Activity(note))];
            self.carry_out(&effects, now);
        }
        answer
    }

    /// Reports that the network has set the clock to a time before one that was remembered.
    fn report_overruled(&mut self, latest: Timestamp, now: Timestamp) {
        let result = self.memory.put_aside(now, self.in_force.committed, "the network");
        let trouble = result.err().map_or_else(String::new, |error| format!(" ({error})"));
        let words = format!(
            "{latest} was remembered as past, but the network has set the clock to {now}: that is \
             put aside{trouble}; a commit or a rehearsal had a wrong date"
        );
        let effects = self.machine.handle(Event::Trouble(words), now);
        self.carry_out(&effects, now);
    }

    /// Trusts the clock, because somebody says that it is right. Returns what it shows, and how
    /// many later moments were put aside.
    pub(super) fn trust_clock(&mut self, by: &str) -> Result<(Timestamp, usize), String> {
        let shows = self.clock.shows();
        let result = self.memory.put_aside(shows, self.in_force.committed, by);
        let count = result.map_err(|error| error.to_string())?;
        let shows = self.clock.trust();
        self.handle(Event::Tick);
        self.note(&format!("the clock is trusted at {shows}, as {} says", text::shown(by)));
        Ok((shows, count))
    }

    /// Makes the follower look at the repository now.
    pub(super) fn poll_now(&self) {
        if let Some(following) = &self.following {
            following.poll_now();
        }
    }

    fn carry_out(&mut self, effects: &[Effect], now: Timestamp) {
        let mut journaled = false;
        for effect in effects {
            if journaled && !matches!(effect, Effect::Journal(_)) {
                // A disk that hangs delays nobody: the journal keeps trying.
                let _ = self.journal.wait_until_written(WRITE_TIMEOUT);
                journaled = false;
            }
            match effect {
                Effect::Journal(activity) => {
                    let rehearsal = self.rehearsal;
                    self.journal.append(Activity { rehearsal, ..activity.clone() });
                    journaled = true;
                }
                Effect::Unlock(door) => self.switch_strikes(door, true),
                Effect::Lock(door) => self.switch_strikes(door, false),
                Effect::Feedback(wire, feedback) => self.devices.feedback(wire, *feedback),
                Effect::Show(line) => self.screen.show(now, line),
                Effect::WakeAt(at) => {
                    let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
                    self.wake = Instant::now() + wait;
                }
            }
        }
    }

    fn switch_strikes(&mut self, door: &Slug, on: bool) {
        for wire in self.machine.strikes(door) {
            self.devices.relay(wire, on);
        }
    }
}
