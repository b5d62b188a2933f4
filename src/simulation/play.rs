//! Plays a script, and holds every moment against what is expected.

use std::path::PathBuf;

use super::{
    expected::hours_later,
    fault::Fault,
    machine::{Doors, WAY_IN, WAY_OUT},
    office::{Office, facility},
    report::{Kind, Report},
    room::Room,
    script::Script,
    step::{Hand, Step},
};
use crate::{
    control::Order,
    domain::model::{AccessResult, Code, CommitId, Reason},
    door::event::Event,
    hardware::DeviceReport,
    store::StoreError,
};
use jiff::Timestamp;

/// How often doors fetch, and the longest time from there until a change is in force, in seconds.
pub(super) const MINUTE: i64 = 60;

/// How often the follower looks although nothing has come, in seconds.
const LOOK: i64 = 600;

const DAY: i64 = 86_400;

/// What keeps a door unlocked, as a person in front of it would say.
#[derive(Clone, Default)]
pub(super) struct Seen {
    /// Until when somebody was let in, in seconds since the beginning.
    pub(super) until: i64,
    /// Until when it is held by hand, by the clock of the doors.
    pub(super) held: Option<Timestamp>,
    /// Whether it is locked by hand.
    pub(super) locked: bool,
}

/// Everything that is in play.
pub(super) struct Play<'s> {
    pub(super) script: &'s Script,
    pub(super) office: Office,
    pub(super) doors: Doors,
    pub(super) seen: Vec<Seen>,
    pub(super) network: bool,
    /// The newest commit that has arrived at the doors, and when.
    pub(super) arrived: Option<(CommitId, i64)>,
    pub(super) next_look: i64,
    /// When the power comes back.
    pub(super) power: Option<i64>,
    /// When the doors were started last.
    pub(super) started: i64,
    /// The commit in force before the power was cut.
    pub(super) before: Option<CommitId>,
    pub(super) report: Report,
    pub(super) fault: Option<Fault>,
}

/// Plays a script, with a fault if wanted. It ends with the first thing that must not happen.
///
/// # Errors
/// The system cannot hold the records of it.
pub fn play(script: &Script, fault: Option<Fault>) -> Result<Report, StoreError> {
    let place = PathBuf::from("a temporary folder");
    let room = Room::new().map_err(|source| StoreError::Io { path: place, source })?;
    let doors = script.doors.max(1);
    let (server, clone) = (room.path().join("server.git"), room.path().join("door.git"));
    let office = Office::open(&server, doors, fault)?;
    let doors = Doors::start_first(clone, &server, doors, &office.key, fault)?;
    let mut play = Play {
        script,
        arrived: Some((office.head(), 0)),
        office,
        seen: vec![Seen::default(); doors.on.len()],
        doors,
        network: true,
        next_look: LOOK,
        power: None,
        started: 0,
        before: None,
        report: Report::default(),
        fault,
    };
    play.run()?;
    let end = script.end();
    let mut report = play.report;
    if let Some(words) = play.office.lost()? {
        report.blame(end, "lost", words);
    }
    if let Some(words) = play.doors.lost_lines()? {
        report.blame(end, "journal", words);
    }
    report.commits = play.office.order.len();
    report.spans.iter_mut().for_each(|span| span.seconds.1 = span.seconds.1.min(end));
    Ok(report)
}

impl Play<'_> {
    fn run(&mut self) -> Result<(), StoreError> {
        let (mut next, mut second, end) = (0, 0, self.script.end());
        let mut day = DAY;
        while second < end && self.report.broken.is_none() {
            let step = self.script.steps.get(next).map(|(at, _)| *at);
            let due = [step, self.doors.wake(), self.next_fetch(second), self.power, Some(day)];
            let look = self.doors.is_running().then_some(self.next_look);
            let soonest = due.into_iter().chain([look]).flatten().min().unwrap_or(end);
            second = soonest.max(second);
            // What is over by now is over before anything else happens.
            if self.doors.wake().is_some_and(|at| at <= second) {
                let journaled = self.doors.handle(Event::Tick, second);
                self.note(&journaled, None, second);
            } else if self.power.is_some_and(|at| at <= second) {
                self.power_back(second)?;
            } else if step.is_some_and(|at| at <= second) {
                self.step(self.script.steps[next].1, second)?;
                next += 1;
            } else if self.next_fetch(second).is_some_and(|at| at <= second) {
                self.fetch(second);
            } else if look.is_some_and(|at| at <= second) {
                self.next_look = second + LOOK;
                if self.network && self.next_fetch(second).is_none() {
                    self.doors.fetched_nothing(second);
                }
                let journaled = self.doors.look(second);
                self.note(&journaled, None, second);
            } else if day <= second {
                day += DAY;
                if let Some(words) = self.office.lost()? {
                    self.report.blame(second, "lost", words);
                }
            }
            self.check(second);
        }
        Ok(())
    }

    /// Returns when the doors fetch next, if anything is new.
    fn next_fetch(&self, second: i64) -> Option<i64> {
        let new = self.arrived.is_none_or(|(commit, _)| commit != self.office.head());
        let reachable = self.network && self.power.is_none();
        (new && reachable).then(|| second + (MINUTE - second % MINUTE) % MINUTE)
    }

    fn fetch(&mut self, second: i64) {
        match self.doors.fetch(second) {
            Some(commit) => {
                let known = self.arrived.filter(|(known, _)| *known == commit);
                self.arrived = Some(known.unwrap_or((commit, second)));
                // The hint that the branch has moved may be lost; the minute is not.
                let spread = spread(self.office.order.iter().position(|it| *it == commit));
                self.next_look = self.next_look.min(second + spread);
            }
            None => {
                // The branch is damaged until the follower has mended it; then it is fetched again.
                self.next_look = self.next_look.min(second + 1);
                let journaled = self.doors.look(second);
                self.note(&journaled, None, second);
                if self.doors.fetch(second).is_none() {
                    let words = "git fetch fails again although the branch was mended".to_owned();
                    self.report.blame(second, "fetch", words);
                }
            }
        }
    }

    fn step(&mut self, step: Step, second: i64) -> Result<(), StoreError> {
        self.report.steps += 1;
        let many = self.seen.len();
        match step {
            Step::Fob(fob, door) => {
                let fobs = &self.office.fobs;
                let Some(number) = fobs.get(fob % fobs.len().max(1)).cloned() else {
                    return Ok(());
                };
                self.read(&number, (door % many, WAY_IN), second);
            }
            Step::Out(fob, door) => {
                let fobs = &self.office.fobs;
                if let Some(number) = fobs.get(fob % fobs.len().max(1)).cloned() {
                    self.read(&number, (door % many, WAY_OUT), second);
                }
            }
            Step::Stranger(number, door) => {
                self.read(&number.to_string(), (door % many, WAY_IN), second)
            }
            Step::Button(door) if self.works(door % many) => {
                for active in [true, false] {
                    let press = DeviceReport::Input { input: 1, active };
                    let journaled = self.doors.report(door % many, press, second);
                    self.note(&journaled, None, second);
                }
            }
            Step::Hand(door, hand) if self.doors.is_running() => {
                self.by_hand(door % many, hand, second)
            }
            Step::Unplug(door) => {
                let journaled = self.doors.unplug(door % many, second);
                self.note(&journaled, None, second);
                self.trouble(&name(door % many), Kind::Unplugged, true, second);
            }
            Step::Plug(door) if !self.doors.plugged[door % many] => {
                let journaled = self.doors.plug(door % many, second);
                self.note(&journaled, None, second);
                self.trouble(&name(door % many), Kind::Unplugged, false, second);
            }
            Step::NetworkDown | Step::NetworkUp => {
                self.network = step == Step::NetworkUp;
                self.trouble("all doors", Kind::NoNetwork, !self.network, second);
            }
            Step::PowerCut(seconds, damaged) if self.doors.is_running() => {
                self.before = self.doors.in_force();
                self.doors.cut(damaged);
                if damaged {
                    self.arrived = None;
                }
                self.seen.iter_mut().for_each(|it| (it.until, it.held) = (0, None));
                self.power = Some(second + seconds);
                self.trouble("all doors", Kind::NoPower, true, second);
            }
            Step::Leap(seconds) => {
                (self.doors.skew, self.doors.synchronized) = (seconds, false);
                self.report.tell(second, format!("the clock of the doors leaps by {seconds} s"));
                let journaled = self.doors.handle(Event::Tick, second);
                self.note(&journaled, None, second);
            }
            Step::SetClock => {
                (self.doors.skew, self.doors.synchronized) = (0, true);
                let journaled = self.doors.handle(Event::Tick, second);
                self.note(&journaled, None, second);
            }
            Step::Button(_) | Step::Hand(..) | Step::Plug(_) | Step::PowerCut(..) => {}
            office => {
                if let Some(words) = self.office.act(office, Script::moment(second))? {
                    self.report.tell(second, words);
                }
            }
        }
        Ok(())
    }

    fn works(&self, door: usize) -> bool {
        self.doors.is_running() && self.doors.plugged[door]
    }

    fn read(&mut self, number: &str, (door, reader): (usize, u8), second: i64) {
        if !self.works(door) {
            return;
        }
        let Ok(code) = Code::fob(number) else { return };
        let read = DeviceReport::Read { reader, code };
        let mut journaled = self.doors.report(door, read, second);
        if self.fault == Some(Fault::AdmitAll)
            && let Some(it) = journaled.iter_mut().find(|it| it.kind.is_some())
        {
            (it.result, it.reason) = (AccessResult::Granted, Reason::PrioritySuffices);
        }
        self.note(&journaled, Some((number, reader)), second);
    }

    fn by_hand(&mut self, door: usize, hand: Hand, second: i64) {
        let (now, _) = self.doors.now(second);
        let seen = &mut self.seen[door];
        let order = match hand {
            Hand::Unlock(seconds) => {
                seen.until = seen.until.max(second + i64::from(seconds));
                Order::Unlock(Some(seconds))
            }
            Hand::Hold(hours) => {
                let until = hours_later(now, hours);
                (seen.held, seen.locked) = (Some(until), false);
                Order::Hold(Some(until))
            }
            Hand::Lock => {
                (seen.held, seen.locked, seen.until) = (None, true, second);
                Order::Lock
            }
            Hand::Release => {
                (seen.held, seen.locked) = (None, false);
                Order::Release
            }
        };
        let locked = seen.locked;
        self.report.tell(second, Step::Hand(door, hand).to_string());
        let event = Event::Order(facility(door), order, "Warden".to_owned());
        let journaled = self.doors.handle(event, second);
        self.note(&journaled, None, second);
        self.trouble(&name(door), Kind::LockedByHand, locked, second);
    }

    fn power_back(&mut self, second: i64) -> Result<(), StoreError> {
        (self.power, self.started) = (None, second);
        let first = self.doors.written.len();
        self.doors.start(second)?;
        self.next_look = second + 1;
        self.trouble("all doors", Kind::NoPower, false, second);
        let place = |commit: Option<CommitId>| {
            commit.and_then(|it| self.office.order.iter().position(|known| *known == it))
        };
        match (place(self.before), place(self.doors.in_force())) {
            (_, None) => {
                let words = "the doors have no records after the power cut".to_owned();
                self.report.blame(second, "comes-up", words);
            }
            (before, now) if now < before => {
                let words = "older records are in force than before the power cut".to_owned();
                self.report.blame(second, "comes-up", words);
            }
            _ => {}
        }
        let journaled = self.doors.written[first..].to_vec();
        self.note(&journaled, None, second);
        Ok(())
    }
}

pub(super) fn name(door: usize) -> String {
    format!("door {}", door + 1)
}

/// Returns after how many seconds a change is noticed: sometimes at once, and always within a minute.
fn spread(place: Option<usize>) -> i64 {
    i64::try_from(place.unwrap_or_default() * 37).unwrap_or_default() % MINUTE
}
