//! Conversations without a port or a clock.

use proptest::prelude::*;

use super::*;
use crate::{
    domain::model::Code,
    hardware::accx::simulated::{Fault, SimulatedBoard},
};

const MS: Duration = Duration::from_millis(1);

/// A protocol, and the board at its other end.
struct Talk {
    protocol: Protocol,
    board: SimulatedBoard,
    now: Duration,
    sent: Vec<u8>,
    reports: Vec<DeviceReport>,
}

impl Talk {
    fn new() -> Self {
        Self {
            protocol: Protocol::new("/dev/board"),
            board: SimulatedBoard::new(),
            now: Duration::from_secs(1),
            sent: vec![],
            reports: vec![],
        }
    }

    /// Returns a connected board.
    fn ready() -> Self {
        let mut talk = Self::new();
        talk.handle(Event::Open { reset: true });
        assert_eq!(talk.reports(), [DeviceReport::Connected("TCM-ACCX 0.03 at /dev/board".into())]);
        talk.sent.clear();
        talk
    }

    fn handle(&mut self, event: Event<'_>) {
        let step = self.protocol.handle(event, self.now);
        self.board.receive(&step.send);
        self.sent.extend(step.send);
        self.reports.extend(step.reports);
        let said = self.board.take_output();
        if !said.is_empty() {
            self.handle(Event::Bytes(&said));
        }
    }

    /// Lets time pass; the protocol is called whenever it asked to be.
    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(wake) = self.protocol.wake().filter(|wake| *wake <= until) {
            self.now = self.now.max(wake);
            self.handle(Event::Time);
        }
        self.now = until;
    }

    fn relay(&mut self, relay: u8, on: bool) {
        self.handle(Event::Command(DeviceCommand::Relay { relay, on }));
    }

    fn feedback(&mut self, feedback: Feedback) {
        self.handle(Event::Command(DeviceCommand::Feedback { reader: 1, feedback }));
    }

    fn reports(&mut self) -> Vec<DeviceReport> {
        std::mem::take(&mut self.reports)
    }

    fn sent(&mut self) -> String {
        String::from_utf8(std::mem::take(&mut self.sent)).unwrap()
    }
}

fn relay(relay: u8, on: bool) -> DeviceReport {
    DeviceReport::Relay { relay, on }
}

fn fob(number: &str) -> DeviceReport {
    DeviceReport::Read { reader: 1, code: Code::fob(number).unwrap() }
}

fn lost(reports: &[DeviceReport]) -> &str {
    match reports {
        [.., DeviceReport::Lost(words)] => words,
        _ => panic!("{reports:?}"),
    }
}

#[test]
fn after_the_banner_the_relays_are_released_and_then_it_is_connected() {
    let mut talk = Talk::new();
    talk.board.take_output();
    talk.board.receive(b"c3\r");
    talk.board.take_output();
    talk.handle(Event::Open { reset: true });
    assert_eq!((talk.sent(), talk.reports()), (String::new(), vec![]));
    talk.board.send_raw(b"Firmware version 0.03\r\nNum commands: 6\r\n");
    talk.handle(Event::Time);
    assert_eq!(talk.sent(), "");
    talk.board.send_raw(b"Ready. Enter ? for help\r\n");
    talk.handle(Event::Time);
    assert_eq!(talk.sent(), "i\re0\ro1\ro2\ro3\ro4\r");
    assert!(matches!(talk.reports()[..], [DeviceReport::Connected(_)]));
    assert_eq!(talk.board.relays(), [false; 4]);
}

#[test]
fn a_board_without_a_banner_is_asked() {
    let mut talk = Talk::new();
    talk.board.take_output();
    talk.board.receive(b"half a comm");
    talk.handle(Event::Open { reset: true });
    talk.pass(START - MS);
    assert_eq!(talk.sent(), "");
    talk.pass(MS);
    assert_eq!(talk.sent(), "\ri\re0\ro1\ro2\ro3\ro4\r");
    assert!(matches!(talk.reports()[..], [DeviceReport::Connected(_)]));
    let mut talk = Talk::new();
    talk.board.take_output();
    talk.handle(Event::Open { reset: false });
    assert!(talk.sent().starts_with("\ri\r"));
}

#[test]
fn a_silent_board_is_given_up_after_some_tries() {
    let mut talk = Talk::new();
    talk.board.take_output();
    (0..TRIES).for_each(|_| talk.board.inject_fault(Fault::Deaf));
    talk.handle(Event::Open { reset: false });
    talk.pass(ANSWER * u32::from(TRIES) - MS);
    assert_eq!((talk.sent().as_str(), talk.reports()), ("\r\r\r", vec![]));
    talk.pass(MS);
    assert!(lost(&talk.reports()).contains("an empty line was not answered, 3 times"));
    assert!(talk.protocol.is_over() && talk.protocol.wake().is_none());
}

#[test]
fn another_board_is_not_taken_for_this_one() {
    let mut protocol = Protocol::new("/dev/board");
    protocol.handle(Event::Open { reset: false }, Duration::ZERO);
    protocol.handle(Event::Bytes(b"G\r\n"), Duration::ZERO);
    let said = b"Im:DOORMAT,v:1,s:2,r:4\r\n";
    let step = protocol.handle(Event::Bytes(said), Duration::ZERO);
    assert_eq!(lost(&step.reports), "the board at /dev/board is a DOORMAT 1");
    assert!(protocol.is_over());
}

#[test]
fn a_command_that_is_refused_or_lost_is_sent_again() {
    for fault in [Fault::Refuse, Fault::Deaf, Fault::Silent] {
        let mut talk = Talk::ready();
        (1..TRIES).for_each(|_| talk.board.inject_fault(fault.clone()));
        talk.relay(2, true);
        talk.pass(ANSWER * u32::from(TRIES));
        assert_eq!((talk.sent().as_str(), talk.reports()), ("c2\rc2\rc2\r", vec![relay(2, true)]));
    }
}

#[test]
fn a_relay_that_cannot_be_moved_loses_the_board() {
    for (fault, words) in [(Fault::Refuse, "was refused"), (Fault::Deaf, "was not answered")] {
        let mut talk = Talk::ready();
        (0..TRIES).for_each(|_| talk.board.inject_fault(fault.clone()));
        talk.relay(2, false);
        talk.pass(ANSWER * u32::from(TRIES));
        let reports = talk.reports();
        let expected = format!("the command to release relay 2 {words}, 3 times");
        assert!(lost(&reports).contains(&expected), "{reports:?}");
        assert!(talk.protocol.is_over());
    }
}

#[test]
fn a_light_that_cannot_be_switched_loses_nothing() {
    for fault in [Fault::Refuse, Fault::Deaf] {
        let mut talk = Talk::ready();
        (0..TRIES).for_each(|_| talk.board.inject_fault(fault.clone()));
        talk.feedback(Feedback::Granted);
        talk.pass(ANSWER * u32::from(TRIES));
        talk.relay(1, true);
        assert_eq!(talk.reports(), [relay(1, true)]);
    }
}

#[test]
fn the_light_tells_who_may_come_in() {
    let mut talk = Talk::ready();
    talk.feedback(Feedback::Granted);
    assert_eq!(talk.board.lights(), [true, false]);
    talk.feedback(Feedback::Idle);
    assert_eq!(talk.board.lights(), [false, false]);
}

#[test]
fn a_relay_goes_before_a_light_and_the_newest_want_before_a_try() {
    let mut talk = Talk::ready();
    talk.board.inject_fault(Fault::Deaf);
    talk.relay(1, true);
    for reader in [1, 2] {
        let feedback = Feedback::Granted;
        talk.handle(Event::Command(DeviceCommand::Feedback { reader, feedback }));
    }
    talk.relay(2, true);
    talk.relay(1, false);
    assert_eq!(talk.sent(), "c1\r");
    talk.pass(ANSWER);
    assert_eq!(talk.sent(), "c2\ro1\rl1,1\rl2,1\r");
    assert_eq!(talk.reports(), [relay(2, true), relay(1, false)]);
}

#[test]
fn commands_for_missing_relays_and_readers_are_ignored() {
    let mut talk = Talk::ready();
    for reader in [0, 5, 10, 255] {
        talk.relay(reader, true);
        let feedback = Feedback::Granted;
        talk.handle(Event::Command(DeviceCommand::Feedback { reader, feedback }));
    }
    assert_eq!((talk.sent().as_str(), talk.reports()), ("", vec![]));
}

#[test]
fn answers_that_nobody_waits_for_are_not_errors() {
    let mut talk = Talk::ready();
    talk.board.send_raw(b"C1\r\nO1\r\nE0\r\nL1\r\nG\r\nGc1\r\nc1\r\n\r\nHelp:\r\n\tc : close\r\n");
    talk.relay(3, true);
    let expected = [relay(1, true), relay(1, false), relay(3, true)];
    assert_eq!(talk.reports(), expected);
}

#[test]
fn an_old_answer_is_not_taken_for_the_current_one() {
    let mut talk = Talk::ready();
    talk.board.inject_fault(Fault::Deaf);
    talk.relay(1, false);
    talk.handle(Event::Bytes(b"C1\r\n"));
    assert_eq!(talk.reports(), [relay(1, true)]);
    talk.pass(ANSWER);
    assert_eq!((talk.sent().as_str(), talk.reports()), ("o1\ro1\r", vec![relay(1, false)]));
}

#[test]
fn readings_wait_until_they_can_be_answered() {
    let mut talk = Talk::new();
    talk.board.take_output();
    talk.handle(Event::Open { reset: true });
    talk.handle(Event::Bytes(b"408774,1\r\nF7,1\r\n"));
    assert_eq!(talk.reports(), []);
    talk.pass(START);
    assert!(matches!(&talk.reports()[..], [DeviceReport::Connected(_), read] if *read == fob("7")));
    let mut talk = Talk::new();
    talk.board.take_output();
    talk.handle(Event::Open { reset: true });
    talk.handle(Event::Bytes(b"F7,1\r\n"));
    talk.handle(Event::Failed("gone".into()));
    assert_eq!(talk.reports(), [fob("7"), DeviceReport::Lost("gone".into())]);
}

#[test]
fn a_board_that_resets_by_itself_is_prepared_again() {
    let mut talk = Talk::ready();
    talk.relay(1, true);
    talk.board.reset();
    talk.reports();
    talk.handle(Event::Time);
    assert!(matches!(talk.reports()[..], [DeviceReport::Lost(_), DeviceReport::Connected(_)]));
    talk.relay(1, true);
    assert_eq!(talk.reports(), [relay(1, true)]);
}

#[test]
fn a_board_that_fell_silent_is_noticed() {
    let mut talk = Talk::ready();
    talk.pass(QUIET * 3);
    assert_eq!((talk.sent().as_str(), talk.reports()), ("i\ri\ri\r", vec![]));
    (0..TRIES).for_each(|_| talk.board.inject_fault(Fault::Deaf));
    talk.pass(QUIET + ANSWER * u32::from(TRIES));
    assert!(lost(&talk.reports()).contains("the question about its model was not answered"));
}

#[test]
fn the_end_releases_all_relays() {
    let mut talk = Talk::ready();
    talk.relay(4, true);
    talk.board.inject_fault(Fault::Deaf);
    talk.relay(2, true);
    talk.reports();
    talk.handle(Event::Stop);
    assert_eq!(talk.reports(), [1, 2, 3, 4].map(|number| relay(number, false)));
    assert_eq!((talk.board.relays(), talk.protocol.is_over()), ([false; 4], true));
}

#[test]
fn the_end_is_tried_twice_and_takes_a_second_at_most() {
    let mut talk = Talk::ready();
    talk.relay(1, true);
    talk.sent();
    // the empty line and two relays
    (0..3).for_each(|_| talk.board.inject_fault(Fault::Deaf));
    talk.handle(Event::Stop);
    assert!(talk.board.relays()[0]);
    talk.pass(ANSWER);
    assert_eq!((talk.board.relays()[0], talk.protocol.is_over()), (false, true));
    assert_eq!(talk.sent(), "\ro1\ro2\ro3\ro4\ro1\ro2\r");
    let mut talk = Talk::ready();
    (0..20).for_each(|_| talk.board.inject_fault(Fault::Deaf));
    talk.handle(Event::Stop);
    talk.pass(STOP);
    assert!(talk.protocol.is_over());
    assert!(lost(&talk.reports()).contains("did not confirm"));
}

#[test]
fn a_board_that_never_stops_talking_is_given_up_too() {
    let mut talk = Talk::ready();
    (0..TRIES).for_each(|_| talk.board.inject_fault(Fault::Deaf));
    talk.relay(1, true);
    for _ in 0..10_000 {
        talk.now += MS;
        talk.handle(Event::Bytes(b"x"));
    }
    assert!(talk.protocol.is_over());
}

#[derive(Clone, Debug)]
enum Doing {
    Say(Vec<u8>),
    Relay(u8, bool),
    Light(u8),
    Pass(u64),
    Misbehave(Fault),
}

fn doing() -> impl Strategy<Value = Doing> {
    let fault = prop_oneof![
        Just(Fault::Deaf),
        Just(Fault::Silent),
        Just(Fault::Late),
        Just(Fault::Refuse),
        Just(Fault::Interrupt(b"F1,1\r\nP\xd5,1\r\n".to_vec())),
    ];
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..60).prop_map(Doing::Say),
        (any::<u8>(), any::<bool>()).prop_map(|(relay, on)| Doing::Relay(relay % 6, on)),
        any::<u8>().prop_map(|reader| Doing::Light(reader % 4)),
        (0_u64..2000).prop_map(Doing::Pass),
        fault.prop_map(Doing::Misbehave),
    ]
}

proptest! {
    /// Whatever the board says and does, it is handled, and it comes to an end.
    #[test]
    fn nothing_makes_it_panic_or_hang(doings in proptest::collection::vec(doing(), 0..60)) {
        let mut talk = Talk::new();
        talk.handle(Event::Open { reset: true });
        for doing in doings {
            match doing {
                Doing::Say(bytes) => {
                    talk.board.send_raw(&bytes);
                    talk.handle(Event::Time);
                }
                Doing::Relay(relay, on) => talk.relay(relay, on),
                Doing::Light(reader) => {
                    talk.handle(Event::Command(DeviceCommand::Feedback { reader, feedback: Feedback::Idle }));
                }
                Doing::Pass(millis) => talk.pass(MS * u32::try_from(millis).unwrap()),
                Doing::Misbehave(fault) => talk.board.inject_fault(fault),
            }
        }
        talk.handle(Event::Stop);
        talk.pass(STOP);
        prop_assert!(talk.protocol.is_over());
    }

    /// After any commands, each relay is in the state last requested.
    #[test]
    fn the_last_want_counts(wants in proptest::collection::vec((1_u8..=4, any::<bool>()), 0..30)) {
        let mut talk = Talk::ready();
        let mut expected = [false; 4];
        for (number, on) in wants {
            if number == 2 {
                talk.board.inject_fault(Fault::Late);
            }
            talk.relay(number, on);
            expected[usize::from(number - 1)] = on;
        }
        talk.pass(QUIET);
        prop_assert!(talk.protocol.is_ready());
        prop_assert_eq!(talk.board.relays(), expected);
    }
}
