//! The doors of one machine: the real machine, follower, timekeeper and journal, without wires.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, SystemTime},
};

use jiff::{SignedDuration, Timestamp};

use super::{fault::Fault, office::facility, script::Script};
use crate::{
    config::{LockoutSettings, Wire},
    domain::{
        access::Side,
        model::{Activity, Advice, CommitId, Slug},
    },
    door::{
        Machine,
        event::{Effect, Event},
        layout::{DoorLayout, MachineLayout},
        pace::Pace,
        timekeeper::Timekeeper,
    },
    hardware::DeviceReport,
    store::{
        Store, StoreError,
        follow::{self, Follower, News},
        journal::{self, Filter, Journal, Tail},
        locked,
    },
};

/// The readers of a door.
pub(super) const WAY_IN: u8 = 1;
pub(super) const WAY_OUT: u8 = 2;

/// How long a grant unlocks a door, in seconds.
pub(super) const UNLOCK: i64 = 5;

/// How long the journal may take to write a line.
const PATIENCE: Duration = Duration::from_secs(10);

/// The doors of one machine.
pub(super) struct Doors {
    clone: PathBuf,
    /// What is running, unless there is no power.
    running: Option<Running>,
    pub(super) plugged: Vec<bool>,
    /// Which strikes are unlocked.
    pub(super) on: Vec<bool>,
    /// How far the clock is ahead, in seconds, and whether the network sets it.
    pub(super) skew: i64,
    pub(super) synchronized: bool,
    /// What the journal was given.
    pub(super) written: Vec<Activity>,
    fault: Option<Fault>,
}

struct Running {
    machine: Machine,
    follower: Follower,
    keeper: Timekeeper,
    pace: Pace,
    journal: Journal,
    started: i64,
    doubted: bool,
    in_force: Option<CommitId>,
    wake: i64,
}

fn board(door: usize) -> Slug {
    format!("board-{}", door + 1).parse().expect("a short name")
}

fn layout(doors: usize) -> MachineLayout {
    let door = |door: usize| {
        let wire = Wire { device: board(door), number: 1 };
        let layout = DoorLayout {
            facility: facility(door),
            held_open: None,
            strikes: vec![wire.clone()],
            readers: vec![
                (Wire { device: board(door), number: WAY_IN }, Side::Entry),
                (Wire { device: board(door), number: WAY_OUT }, Side::Exit),
            ],
            buttons: vec![wire],
            ..DoorLayout::simulated(SignedDuration::from_secs(UNLOCK))
        };
        (facility(door), layout)
    };
    MachineLayout {
        doors: (0..doors).map(door).collect::<BTreeMap<_, _>>(),
        others: None,
        patience: LockoutSettings::default(),
        longest_age: Some(SignedDuration::from_hours(24)),
    }
}

impl Doors {
    /// Clones the space for the doors and starts them.
    pub(super) fn start_first(
        clone: PathBuf,
        server: &Path,
        doors: usize,
        key: &crate::domain::model::SpaceKey,
        fault: Option<Fault>,
    ) -> Result<Self, StoreError> {
        let store = Store::clone_for_door(&server.to_string_lossy(), &clone, Script::moment(0))?;
        store.set_key(key)?;
        let mut all = Self {
            clone,
            running: None,
            plugged: vec![true; doors],
            on: vec![false; doors],
            skew: 0,
            synchronized: true,
            written: Vec::new(),
            fault,
        };
        all.start(0)?;
        Ok(all)
    }

    fn dir(&self) -> PathBuf {
        self.clone.join("space")
    }

    /// Starts the program, as after a power cut.
    pub(super) fn start(&mut self, second: i64) -> Result<(), StoreError> {
        let folder = journal::folder(&self.dir());
        let mut keeper = Timekeeper::new();
        let now =
            keeper.tell(Script::moment(second + self.skew), Duration::ZERO, self.synchronized);
        let lately = now.checked_sub(SignedDuration::from_hours(24)).ok();
        let filter = Filter { from: lately, ..Filter::default() };
        let past = Tail::new(folder.clone(), filter).poll()?.0;
        past.iter().filter(|it| !it.doubted).for_each(|it| keeper.learn(it.time));
        let follower = Follower::of_folder(self.clone.clone(), Arc::default());
        self.running = Some(Running {
            machine: Machine::new(layout(self.plugged.len())),
            follower: follower.mending().copying_to(folder.clone()),
            keeper,
            pace: Pace::default(),
            journal: Journal::open(&folder, "door", |_| {})?,
            started: second,
            doubted: false,
            in_force: None,
            wake: second,
        });
        self.look(second);
        self.look(second);
        let locked = locked::read(&self.dir())?;
        if let Some(running) =
            self.running.as_mut().filter(|_| self.fault != Some(Fault::ForgetLocks))
        {
            running.machine.keep_locked(locked);
        }
        if let Some(running) = &mut self.running {
            past.iter().for_each(|activity| running.machine.remember(activity));
        }
        for door in 0..self.plugged.len() {
            if self.plugged[door] {
                self.report(door, DeviceReport::Connected("a board".into()), second);
            }
        }
        Ok(())
    }

    /// Cuts the power: nothing is unlocked without it.
    pub(super) fn cut(&mut self, damaged: bool) {
        self.running = None;
        self.on.fill(false);
        if damaged {
            let branch = self.clone.join("refs/heads/main");
            // It may be packed; then nothing is damaged.
            let _ = fs::metadata(&branch).and_then(|_| fs::write(&branch, ""));
        }
    }

    /// Tells whether there is power.
    pub(super) const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Returns when the machine wants to be asked again.
    pub(super) fn wake(&self) -> Option<i64> {
        self.running.as_ref().map(|it| it.wake)
    }

    /// Returns the commit in force.
    pub(super) fn in_force(&self) -> Option<CommitId> {
        self.running.as_ref().and_then(|it| it.in_force)
    }

    /// Returns the time as the doors tell it, and whether it is in doubt.
    pub(super) fn now(&mut self, second: i64) -> (Timestamp, bool) {
        let (skew, synchronized) = (self.skew, self.synchronized);
        match &mut self.running {
            Some(running) => running.now(second, skew, synchronized),
            None => (Script::moment(second + skew), false),
        }
    }

    /// Fetches as the unit does; returns the newest commit that is here.
    pub(super) fn fetch(&self, second: i64) -> Option<CommitId> {
        let mut git = Command::new("git");
        git.env_remove("GIT_DIR").arg("-C").arg(&self.clone).args([
            "-c",
            "core.fsync=none",
            "fetch",
            "-q",
        ]);
        git.args(["--no-auto-maintenance", "origin", "main:main"]);
        if !git.output().is_ok_and(|output| output.status.success()) {
            return None;
        }
        self.fetched_nothing(second);
        fs::read_to_string(self.clone.join("refs/heads/main")).ok()?.trim().parse().ok()
    }

    /// Fetches when nothing is new, which git only writes down.
    pub(super) fn fetched_nothing(&self, second: i64) {
        let at = SystemTime::from(Script::moment(second + self.skew));
        // It is written by the first fetch.
        let file = fs::OpenOptions::new().append(true).open(self.clone.join("FETCH_HEAD"));
        let _ = file.and_then(|file| file.set_modified(at));
    }

    /// Looks at the branch, as the follower does after a hint or a minute; makes its copy if nothing is
    /// new.
    pub(super) fn look(&mut self, second: i64) -> Vec<Activity> {
        let (now, _) = self.now(second);
        let Some(running) = &mut self.running else { return Vec::new() };
        let mut news = running.follower.poll(now);
        if news.is_empty() {
            running.follower.keep_copy(now);
        }
        news.push(running.follower.hear(now));
        news.into_iter().flat_map(|news| self.hear(news, second)).collect()
    }

    fn hear(&mut self, news: News, second: i64) -> Vec<Activity> {
        let Some(running) = &mut self.running else { return Vec::new() };
        let event = match news {
            News::InForce { index, key, findings, committed } => {
                let frozen = self.fault == Some(Fault::KeepOldRecords);
                if frozen && running.in_force.is_some() {
                    return Vec::new();
                }
                running.keeper.learn_commit(committed);
                running.in_force = Some(index.commit());
                Event::Index(index, key, findings)
            }
            News::Trouble(note) => Event::Trouble(note.text),
            News::Heard(at) => Event::Heard(at),
            News::CloneState(_) => return Vec::new(),
        };
        self.handle(event, second)
    }

    /// Has a board report something.
    pub(super) fn report(
        &mut self,
        door: usize,
        report: DeviceReport,
        second: i64,
    ) -> Vec<Activity> {
        self.handle(Event::Report(board(door), report), second)
    }

    /// Unplugs the board of a door.
    pub(super) fn unplug(&mut self, door: usize, second: i64) -> Vec<Activity> {
        (self.plugged[door], self.on[door]) = (false, false);
        self.report(door, DeviceReport::Lost("unplugged".into()), second)
    }

    /// Plugs it in again.
    pub(super) fn plug(&mut self, door: usize, second: i64) -> Vec<Activity> {
        self.plugged[door] = true;
        self.report(door, DeviceReport::Connected("a board".into()), second)
    }

    /// Handles an event and carries out what follows; returns what was journaled.
    pub(super) fn handle(&mut self, event: Event, second: i64) -> Vec<Activity> {
        let mut journaled = Vec::new();
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            let (now, doubted) = self.now(second);
            let Some(running) = &mut self.running else { return journaled };
            let count = running.count(second);
            let lag = running.pace.lag(now, count);
            running.machine.catch_up(lag);
            if !running.machine.covers(now) {
                running.machine.cover(follow::window(now));
            }
            let mut effects = Vec::new();
            if doubted != running.doubted {
                running.doubted = doubted;
                let doubt = running.keeper.doubt();
                effects.extend(running.machine.handle(Event::Clock(doubt), now));
            }
            let is_order = matches!(event, Event::Order(..));
            effects.extend(running.machine.handle(event, now));
            for effect in effects {
                self.carry_out(effect, (now, second), &mut journaled, &mut events);
            }
            if is_order && let Some(running) = &self.running {
                // A disk that fails is no part of this play.
                let _ = locked::write(&self.dir(), &running.machine.locked_by_hand());
            }
        }
        journaled
    }

    fn carry_out(
        &mut self,
        effect: Effect,
        (now, second): (Timestamp, i64),
        journaled: &mut Vec<Activity>,
        events: &mut Vec<Event>,
    ) {
        match effect {
            Effect::Journal(activity) => {
                let lost = self.fault == Some(Fault::LoseLines) && self.written.len() % 10 == 9;
                if let Some(running) = self.running.as_ref().filter(|_| !lost) {
                    running.journal.append(activity.clone());
                    // What is missing at the end is found then.
                    let _ = running.journal.wait_until_written(PATIENCE);
                }
                self.written.push(activity.clone());
                journaled.push(activity);
            }
            Effect::Unlock(name) => self.strike(&name, true, events),
            Effect::Lock(name) if self.fault == Some(Fault::DropLocks) => drop(name),
            Effect::Lock(name) => self.strike(&name, false, events),
            Effect::WakeAt(at) => {
                let wait = at.duration_since(now).as_secs_f64().ceil().max(1.0);
                if let Some(running) = &mut self.running {
                    running.wake = second + wait as i64;
                }
            }
            Effect::Feedback(..) | Effect::Show(_) => {}
        }
    }

    /// Moves the strike of a door; its board confirms that.
    fn strike(&mut self, name: &Slug, on: bool, events: &mut Vec<Event>) {
        let found = (0..self.on.len()).find(|door| facility(*door) == *name);
        if let Some(door) = found.filter(|door| self.plugged[*door]) {
            self.on[door] = on;
            events.push(Event::Report(board(door), DeviceReport::Relay { relay: 1, on }));
        }
    }

    /// Compares the journal with what it was given; returns what is missing.
    pub(super) fn lost_lines(&mut self) -> Result<Option<String>, StoreError> {
        self.running = None; // it is flushed and closed
        let (there, findings) = Tail::new(journal::folder(&self.dir()), Filter::default()).all()?;
        if let Some(finding) = findings.first() {
            return Ok(Some(finding.in_words(in_brief).to_string()));
        }
        let missing = self.written.iter().find(|it| !there.contains(it));
        Ok(missing.map(|it| format!("the journal has no line of {} at {}", it.reason, it.time)))
    }
}

fn in_brief(_: &Advice) -> String {
    String::new()
}

impl Running {
    fn count(&self, second: i64) -> Duration {
        Duration::from_secs(u64::try_from(second - self.started).unwrap_or_default())
    }

    fn now(&mut self, second: i64, skew: i64, synchronized: bool) -> (Timestamp, bool) {
        let count = self.count(second);
        let now = self.keeper.tell(Script::moment(second + skew), count, synchronized);
        (now, self.keeper.doubt().is_some())
    }
}
