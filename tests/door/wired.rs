//! Wired doors: readers, buttons and contacts of devices that are connected and lost.

use std::collections::BTreeSet;

use serde_json::json;
use space::{
    config::{Config, Wire},
    domain::model::{AccessResult, Activity, Code, Reason, Slug},
    door::{
        Machine,
        event::{Effect, Event, ScreenLine},
        layout::MachineLayout,
        status::{DoorState, StrikeState},
    },
    hardware::{DeviceReport, Feedback},
};

use crate::support::{ADA, GRACE, STRANGER, at, calendar, in_force, index, journaled, lines, slug};

/// A workshop with two doors on one board, and the front door on another.
const WIRING: &str = r#"
[doors.north]
facility = "laser"
strikes = ["board:1"]
entry = ["board:1"]
exit = ["board:3"]

[doors.south]
facility = "laser"
strikes = ["board:2"]
entry = ["board:2"]
unlock_seconds = 3600

[doors.frontdoor]
strikes = ["pins:1", "pins:2"]
entry = ["pins:1"]
buttons = ["pins:1"]
contact = "pins:2"
held_open_seconds = 60
"#;

pub(crate) struct Rig {
    pub(crate) machine: Machine,
    pub(crate) open: BTreeSet<Slug>,
    pub(crate) now: i64,
}

impl Rig {
    pub(crate) fn new() -> Self {
        let config: Config = toml::from_str(WIRING).unwrap();
        let machine = Machine::new(MachineLayout::new(&config, &[], 5));
        let mut rig = Self { machine, open: BTreeSet::new(), now: 0 };
        let base = json!({ "priority": 1, "timespec": "always" });
        rig.take(in_force(&index(1, &[("base", base)])));
        for device in ["board", "pins"] {
            rig.says(device, DeviceReport::Connected("it".into()));
        }
        rig
    }

    pub(crate) fn take(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.machine.handle(event, at(self.now));
        for effect in &effects {
            match effect {
                Effect::Unlock(door) => drop(self.open.insert(door.clone())),
                Effect::Lock(door) => drop(self.open.remove(door)),
                _ => {}
            }
        }
        effects
    }

    pub(crate) fn says(&mut self, device: &str, report: DeviceReport) -> Vec<Effect> {
        self.take(Event::Report(slug(device), report))
    }

    /// Reads a fob, and returns the activities.
    pub(crate) fn fob(&mut self, device: &str, reader: u8, number: &str) -> Vec<Activity> {
        let code = Code::fob(number).unwrap();
        let effects = self.says(device, DeviceReport::Read { reader, code });
        journaled(&effects).into_iter().cloned().collect()
    }

    pub(crate) fn wait(&mut self, seconds: i64) -> Vec<Effect> {
        self.now += seconds;
        self.take(Event::Tick)
    }

    fn open(&self) -> Vec<&str> {
        self.open.iter().map(Slug::as_str).collect()
    }

    fn strike(&self, door: &str) -> StrikeState {
        let status = self.machine.status(at(self.now));
        status.doors.into_iter().find(|it| it.door.as_str() == door).unwrap().strike
    }
}

fn wire(text: &str) -> Wire {
    text.parse().unwrap()
}

#[test]
fn of_two_doors_of_a_facility_only_the_one_at_the_reader_opens() {
    let mut rig = Rig::new();
    let [activity] = &rig.fob("board", 1, ADA)[..] else { panic!() };
    assert_eq!(
        (activity.facility.as_str(), activity.reader.as_deref()),
        ("laser", Some("board:1"))
    );
    assert_eq!(rig.open(), ["north"]);
    rig.fob("board", 2, GRACE);
    assert_eq!(rig.open(), ["north", "south"]);
    rig.wait(5);
    assert_eq!(rig.open(), ["south"], "its unlock takes an hour");
}

#[test]
fn a_long_unlock_ends_at_the_exit_of_that_credential_whatever_the_door() {
    let mut rig = Rig::new();
    rig.fob("board", 2, ADA);
    rig.now = 100;
    rig.fob("board", 2, GRACE);
    rig.now = 200;
    assert_eq!(rig.fob("board", 3, ADA)[0].result, AccessResult::Exit);
    assert_eq!(rig.open(), ["south"], "Grace is still in");
    rig.now = 300;
    rig.fob("board", 3, GRACE);
    assert_eq!(rig.open(), [""; 0]);
}

#[test]
fn a_hold_unlocks_all_doors_of_its_facility_and_both_relays_of_one() {
    let mut rig = Rig::new();
    let open = json!({ "priority": -1, "timespec": calendar(&[(0, 100)]) });
    rig.take(in_force(&index(2, &[("open", open)])));
    assert_eq!(rig.open(), ["frontdoor"]);
    assert_eq!(rig.machine.strikes(&slug("frontdoor")), [wire("pins:1"), wire("pins:2")]);
}

#[test]
fn what_the_reader_shows_follows_the_decision_and_the_strike() {
    let mut rig = Rig::new();
    let feedback = |effects: &[Effect]| -> Vec<(String, Feedback)> {
        let some = effects.iter().filter_map(|it| match it {
            Effect::Feedback(wire, feedback) => Some((wire.to_string(), *feedback)),
            _ => None,
        });
        some.collect()
    };
    let read = |number| DeviceReport::Read { reader: 1, code: Code::fob(number).unwrap() };
    let effects = rig.says("board", read(STRANGER));
    assert_eq!(feedback(&effects), [("board:1".into(), Feedback::Denied)]);
    let effects = rig.says("board", read(ADA));
    assert_eq!(feedback(&effects), [("board:1".into(), Feedback::Granted)]);
    let effects = rig.wait(5);
    let idle = ["board:1", "board:3"].map(|wire| (wire.to_owned(), Feedback::Idle));
    assert_eq!(feedback(&effects), idle);
}

#[test]
fn the_same_fob_held_to_the_reader_is_one_activity() {
    let mut rig = Rig::new();
    assert_eq!(rig.fob("board", 1, ADA).len(), 1);
    for _ in 0..50 {
        rig.now += 1;
        assert_eq!(rig.fob("board", 1, ADA), []);
    }
    assert_eq!(rig.open(), [""; 0], "and one unlock");
    assert_eq!(rig.fob("board", 2, ADA).len(), 1, "at another reader it is another one");
    rig.now += 2;
    assert_eq!(rig.fob("board", 1, ADA).len(), 1, "it was taken away meanwhile");
}

#[test]
fn a_broken_reader_is_reported_once_a_minute_and_fills_no_journal() {
    let mut rig = Rig::new();
    let (mut shown, mut written) = (0, 0);
    for frame in 0..20_000_u32 {
        rig.now = i64::from(frame / 1000);
        let report = if frame % 2 == 0 {
            DeviceReport::Read { reader: 1, code: Code::fob(&frame.to_string()).unwrap() }
        } else {
            DeviceReport::Noise { reader: 1, words: "31 bits".into() }
        };
        let effects = rig.says("board", report);
        written += journaled(&effects).len();
        shown += lines(&effects).len();
        if frame % 1000 == 0 {
            rig.fob("pins", 1, ADA);
            rig.now += 2;
        }
    }
    assert!(written <= 20 && shown <= 30, "{written} written, {shown} told");
}

/// "Request to exit": whoever presses the button inside gets out.
#[test]
fn the_button_inside_unlocks_and_is_journaled_once() {
    let mut rig = Rig::new();
    let effects = rig.says("pins", DeviceReport::Input { input: 1, active: true });
    let [activity] = journaled(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!((activity.result, activity.reason), (AccessResult::Exit, Reason::RequestToExit));
    assert_eq!((activity.kind, activity.reader.as_deref()), (None, Some("pins:1")));
    assert_eq!(rig.open(), ["frontdoor"]);
    let effects = rig.says("pins", DeviceReport::Input { input: 1, active: false });
    assert!(journaled(&effects).is_empty());
    rig.wait(5);
    assert_eq!(rig.open(), [""; 0]);
}

/// Stuck, or wired as normally closed, it would otherwise let everybody in at each start.
#[test]
fn a_button_that_is_found_pressed_is_not_a_press_and_is_told_after_a_minute() {
    let mut rig = Rig::new();
    let effects = rig.says("pins", DeviceReport::Level { input: 1, active: true });
    assert!(journaled(&effects).is_empty() && rig.open().is_empty());
    let told = |effects: &[Effect]| {
        effects.iter().any(
            |it| matches!(it, Effect::Show(ScreenLine::Trouble(words)) if words.contains("pins:1")),
        )
    };
    assert!(!told(&rig.wait(59)));
    assert!(told(&rig.wait(1)));
    assert!(!told(&rig.wait(600)), "told once");
    let effects = rig.says("pins", DeviceReport::Input { input: 1, active: true });
    assert!(journaled(&effects).is_empty(), "ignored until it is let go");
    rig.says("pins", DeviceReport::Input { input: 1, active: false });
    let effects = rig.says("pins", DeviceReport::Input { input: 1, active: true });
    assert_eq!(journaled(&effects).len(), 1);
}

/// Readers report fobs that lie on them in turns.
#[test]
fn two_fobs_that_lie_on_a_reader_are_two_readings() {
    let mut rig = Rig::new();
    let mut written = 0;
    for _ in 0..100 {
        written += rig.fob("pins", 1, ADA).len();
        written += rig.fob("pins", 1, STRANGER).len();
        rig.now += 1;
    }
    assert_eq!(written, 2);
    assert_eq!(rig.open(), [""; 0], "it does not stay unlocked");
}

#[test]
fn a_forced_or_held_open_door_is_reported() {
    let mut rig = Rig::new();
    let contact = |active| DeviceReport::Input { input: 2, active };
    let reasons = |effects: Vec<Effect>| -> Vec<Reason> {
        journaled(&effects).iter().map(|it| it.reason).collect()
    };
    assert_eq!(reasons(rig.says("pins", contact(false))), []);
    rig.now = 10;
    assert_eq!(reasons(rig.says("pins", contact(true))), [Reason::ForcedOpen]);
    rig.says("pins", contact(false));
    rig.fob("pins", 1, ADA);
    rig.now = 12;
    assert_eq!(reasons(rig.says("pins", contact(true))), []);
    assert_eq!(reasons(rig.wait(3)), [], "locked, but open");
    assert_eq!(reasons(rig.wait(59)), []);
    assert_eq!(reasons(rig.wait(1)), [Reason::HeldOpen]);
    assert_eq!(reasons(rig.wait(600)), [], "told once");
    assert_eq!(rig.machine.status(at(rig.now)).doors[0].open, Some(true));
}

/// Unplugged during an unlock, a board may have left its strike in either state.
#[test]
fn a_board_that_is_unplugged_leaves_the_strike_unknown_and_locked_when_it_is_back() {
    let mut rig = Rig::new();
    assert_eq!(rig.strike("north"), StrikeState::Locked);
    rig.fob("board", 1, ADA);
    rig.says("board", DeviceReport::Relay { relay: 1, on: true });
    assert_eq!(rig.strike("north"), StrikeState::Unlocked);
    let effects = rig.says("board", DeviceReport::Lost("unplugged".into()));
    assert_eq!(lines(&effects), [&ScreenLine::Trouble("device board: unplugged".into())]);
    assert_eq!(rig.strike("north"), StrikeState::Unknown);
    assert_eq!(rig.strike("frontdoor"), StrikeState::Locked, "it hangs on another device");
    rig.open.clear(); // the strikes' own springs
    rig.now = 2;
    let effects = rig.says("board", DeviceReport::Lost("unplugged".into()));
    assert_eq!(lines(&effects), [] as [&ScreenLine; 0], "told once");
    let effects = rig.says("board", DeviceReport::Connected("it".into()));
    assert!(!effects.iter().any(|it| matches!(it, Effect::Unlock(_))), "{effects:?}");
    assert_eq!(rig.strike("north"), StrikeState::Locked);
    assert_eq!(rig.machine.status(at(2)).doors[1].state, DoorState::Locked);
}

/// Opening a board takes a moment, in which somebody may present a fob to it.
#[test]
fn a_grant_while_the_device_connects_lets_the_member_in() {
    let mut rig = Rig::new();
    rig.says("board", DeviceReport::Lost("unplugged".into()));
    rig.fob("board", 1, ADA);
    assert_eq!(rig.open(), [""; 0]);
    rig.now = 1;
    rig.says("board", DeviceReport::Connected("it".into()));
    assert_eq!(rig.open(), ["north"]);
    rig.wait(4);
    assert_eq!(rig.open(), [""; 0]);
    rig.fob("board", 2, GRACE);
    rig.says("board", DeviceReport::Connected("another one".into()));
    assert_eq!(rig.strike("south"), StrikeState::Locked, "it says that all relays are off");
}

#[test]
fn a_hold_resumes_when_the_device_is_back() {
    let mut rig = Rig::new();
    let open = json!({ "priority": -1, "timespec": calendar(&[(0, 100)]) });
    rig.take(in_force(&index(2, &[("open", open)])));
    rig.says("pins", DeviceReport::Lost("unplugged".into()));
    rig.open.clear();
    rig.wait(50);
    assert_eq!(rig.open(), [""; 0], "nobody is there to be told");
    rig.says("pins", DeviceReport::Connected("it".into()));
    assert_eq!(rig.open(), ["frontdoor"]);
    rig.wait(50);
    assert_eq!(rig.open(), [""; 0]);
}

#[test]
fn a_reader_at_no_door_opens_none() {
    let mut rig = Rig::new();
    let code = Code::fob(ADA).unwrap();
    let effects = rig.says("board", DeviceReport::Read { reader: 7, code });
    assert!(matches!(lines(&effects)[..], [ScreenLine::Noise(..)]), "{effects:?}");
    assert!(journaled(&effects).is_empty() && rig.open.is_empty());
}

#[test]
fn at_the_end_every_strike_is_told_to_lock() {
    let mut rig = Rig::new();
    let effects = rig.take(Event::Stop);
    let locks = effects.iter().filter(|it| matches!(it, Effect::Lock(_)));
    assert_eq!(locks.count(), 3);
    assert_eq!(rig.fob("board", 1, ADA), []);
}
