//! The conversation with a board, starting with the opening of its port. Pure: time is an
//! argument.

use std::time::Duration;

use super::{READERS, RELAYS, command::BoardCommand, line::Lines, message::Message, queue::Queue};
use crate::hardware::{DeviceCommand, DeviceReport, Feedback};

/// How long the board may be silent after a reset.
pub const START: Duration = Duration::from_secs(5);
/// How long a command waits for its answer; the board takes a few milliseconds.
pub const ANSWER: Duration = Duration::from_millis(500);
/// How often a command is sent before the board is considered lost.
pub const TRIES: u8 = 3;
/// How long the board may be silent before it is asked whether it is still there.
pub const QUIET: Duration = Duration::from_secs(60);
/// How long stopping may take.
pub const STOP: Duration = Duration::from_secs(1);

/// The maximum number of readings kept until the board is ready.
const MAX_EARLY: usize = 16;

/// The number of relays.
const COUNT: usize = *RELAYS.end() as usize;

/// What happened.
#[derive(Debug)]
pub enum Event<'a> {
    /// The port is open.
    Open {
        /// Whether that reset the board; if not known, it is asked.
        reset: bool,
    },
    /// Bytes arrived.
    Bytes(&'a [u8]),
    /// A command was requested.
    Command(DeviceCommand),
    /// Time has passed.
    Time,
    /// The port failed, in words.
    Failed(String),
    /// Nobody can send commands any more: release everything.
    Stop,
}

/// What is to be done about an event.
#[derive(PartialEq, Eq, Default, Debug)]
pub struct Step {
    /// The bytes to send at once.
    pub send: Vec<u8>,
    /// The reports, in order.
    pub reports: Vec<DeviceReport>,
}

/// A conversation with a board, over one opening of its port.
///
/// Moments are durations since any fixed moment.
#[derive(Debug)]
pub struct Protocol {
    port: String,
    model: String,
    lines: Lines,
    stage: Stage,
    queue: Queue,
    sent: Option<SentCommand>,
    early: Vec<DeviceReport>,
    last_heard: Duration,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    /// Waits until then for the board to say that it has started.
    Resetting { until: Duration },
    /// Brings the board into a usable state.
    Preparing,
    /// Carries out commands.
    Ready,
    /// Releases the relays that have not confirmed it yet.
    Stopping { left: [bool; COUNT], again: Option<Duration>, until: Duration },
    /// The port is to be closed.
    Over,
}

/// A command that was sent and has not been answered yet.
#[derive(Clone, Copy, Debug)]
struct SentCommand {
    command: BoardCommand,
    tries: u8,
    until: Duration,
}

impl Protocol {
    /// Starts; the first event has to be [`Event::Open`]. The port's name is for people.
    #[must_use]
    pub fn new(port: impl Into<String>) -> Self {
        Self {
            port: port.into(),
            model: String::new(),
            lines: Lines::default(),
            stage: Stage::Over,
            queue: Queue::default(),
            sent: None,
            early: Vec::new(),
            last_heard: Duration::ZERO,
        }
    }

    /// Handles an event and returns what is to be done about it.
    pub fn handle(&mut self, event: Event<'_>, now: Duration) -> Step {
        let mut step = Step::default();
        match event {
            Event::Open { reset } => {
                self.last_heard = now;
                self.stage = Stage::Resetting { until: now + START };
                if !reset {
                    self.prepare(false);
                }
            }
            Event::Bytes(bytes) => {
                self.last_heard = now;
                for message in self.lines.take(bytes) {
                    self.handle_message(message, now, &mut step);
                }
            }
            Event::Command(command) => self.queue_command(command),
            Event::Time => {}
            Event::Failed(words) => self.lose(words, &mut step),
            Event::Stop => self.stop(now, &mut step),
        }
        // Needed even if the stream of bytes never ends.
        self.handle_timeouts(now, &mut step);
        self.send(now, &mut step);
        step
    }

    /// Returns when [`Event::Time`] is due.
    #[must_use]
    pub fn wake(&self) -> Option<Duration> {
        match (self.stage, self.sent) {
            (Stage::Over, _) => None,
            (Stage::Resetting { until }, _) => Some(until),
            (Stage::Stopping { again, until, .. }, _) => Some(again.unwrap_or(until)),
            (_, Some(sent)) => Some(sent.until),
            (_, None) => Some(self.last_heard + QUIET),
        }
    }

    /// Tells whether the port is to be closed.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    /// Tells whether the board is ready: reported as connected, and not yet as lost.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.stage == Stage::Ready
    }

    fn prepare(&mut self, clean: bool) {
        self.stage = Stage::Preparing;
        self.sent = None;
        self.queue.clear();
        if !clean {
            self.queue.push(BoardCommand::Clear);
        }
        self.queue.push(BoardCommand::Model);
        self.queue.push(BoardCommand::EchoOff);
        RELAYS.for_each(|relay| self.queue.push(BoardCommand::Relay { relay, on: false }));
    }

    fn handle_message(&mut self, message: Message, now: Duration, step: &mut Step) {
        if self.stage == Stage::Over {
            return;
        }
        let done = self.sent.filter(|sent| sent.command.is_confirmed_by(&message));
        if done.is_some() {
            self.sent = None;
        } else if let Some(sent) = self.sent
            && sent.command.is_refused_by(&message)
        {
            self.retry(sent, "was refused", now, step);
        }
        match message {
            Message::Started => self.started(now, step),
            Message::Ready if !matches!(self.stage, Stage::Stopping { .. }) => {
                self.started(now, step);
                self.prepare(true);
            }
            Message::Model { name, version } if done.is_some() => {
                self.model = format!("{name} {version}");
                if name != "TCM-ACCX" {
                    self.lose(format!("the board at {} is a {}", self.port, self.model), step);
                }
            }
            Message::Done { letter: letter @ (b'C' | b'O'), number } => {
                self.confirmed(number, letter == b'C', step);
            }
            Message::Read { reader, code } => self.read(DeviceReport::Read { reader, code }, step),
            // Noise from no particular reader does not count as a reading while the board starts.
            Message::Noise { reader, words } if reader.is_some() || self.stage == Stage::Ready => {
                let reader = reader.unwrap_or(*READERS.start());
                self.read(DeviceReport::Noise { reader, words: words.to_owned() }, step);
            }
            _ => {}
        }
        if self.stage == Stage::Preparing && self.sent.is_none() && self.queue.is_empty() {
            self.stage = Stage::Ready;
            step.reports.push(DeviceReport::Connected(format!("{} at {}", self.model, self.port)));
            step.reports.append(&mut self.early);
        }
    }

    /// The board was reset: it has released its relays and echoes its input.
    fn started(&mut self, now: Duration, step: &mut Step) {
        if matches!(self.stage, Stage::Stopping { .. }) {
            self.stage = Stage::Over;
            return;
        }
        if self.stage == Stage::Ready {
            let words = format!("the board at {} was reset: check its power supply", self.port);
            step.reports.push(DeviceReport::Lost(words));
        }
        self.sent = None;
        self.queue.clear();
        self.stage = Stage::Resetting { until: now + START };
    }

    /// The board reports the state of a relay, whether it was asked to or not.
    fn confirmed(&mut self, relay: u8, on: bool, step: &mut Step) {
        if !RELAYS.contains(&relay) {
            return;
        }
        match &mut self.stage {
            Stage::Ready => step.reports.push(DeviceReport::Relay { relay, on }),
            Stage::Stopping { left, .. } if !on => {
                left[usize::from(relay - 1)] = false;
                let over = !left.contains(&true);
                step.reports.push(DeviceReport::Relay { relay, on });
                if over {
                    self.stage = Stage::Over;
                }
            }
            _ => {}
        }
    }

    /// Reports a reading; it is kept until the board can switch relays in response.
    fn read(&mut self, report: DeviceReport, step: &mut Step) {
        if matches!(self.stage, Stage::Resetting { .. } | Stage::Preparing)
            && self.early.len() < MAX_EARLY
        {
            self.early.push(report);
        } else {
            step.reports.push(report);
        }
    }

    fn queue_command(&mut self, command: DeviceCommand) {
        if self.stage != Stage::Ready {
            return;
        }
        match command {
            DeviceCommand::Relay { relay, on } if RELAYS.contains(&relay) => {
                self.queue.push(BoardCommand::Relay { relay, on });
            }
            DeviceCommand::Feedback { reader, feedback } if READERS.contains(&reader) => {
                self.queue.push(BoardCommand::Light { reader, on: feedback == Feedback::Granted });
            }
            _ => {}
        }
    }

    fn handle_timeouts(&mut self, now: Duration, step: &mut Step) {
        match (self.stage, self.sent) {
            (Stage::Resetting { until }, _) if now >= until => self.prepare(false),
            (Stage::Stopping { until, .. }, _) if now >= until => {
                let words = "did not confirm that it released its relays";
                self.lose(format!("the board at {} {words}", self.port), step);
            }
            (Stage::Stopping { left, again: Some(again), until }, _) if now >= again => {
                self.stage = Stage::Stopping { left, again: None, until };
                let late = RELAYS.zip(left).filter(|(_, left)| *left);
                late.for_each(|(relay, _)| release(relay, step));
            }
            (Stage::Preparing | Stage::Ready, Some(sent)) if now >= sent.until => {
                self.retry(sent, "was not answered", now, step);
            }
            (Stage::Ready, None) if now >= self.last_heard + QUIET => {
                self.queue.push(BoardCommand::Model)
            }
            _ => {}
        }
    }

    /// Repeats a command, unless it has become pointless or was sent often enough.
    fn retry(&mut self, sent: SentCommand, what: &str, now: Duration, step: &mut Step) {
        self.sent = None;
        let SentCommand { command, tries, .. } = sent;
        let waiting = self.stage == Stage::Ready && !self.queue.is_empty();
        if self.queue.replaces(command) || (waiting && !command.is_relay()) {
            // The waiting command has its own tries, and matters more.
        } else if tries < TRIES {
            self.send_command(command, tries + 1, now, step);
        } else if !command.is_light() {
            let port = &self.port;
            self.lose(format!("the board at {port}: {command} {what}, {TRIES} times"), step);
        }
    }

    fn lose(&mut self, words: String, step: &mut Step) {
        if self.stage != Stage::Over {
            self.stage = Stage::Over;
            step.reports.append(&mut self.early);
            step.reports.push(DeviceReport::Lost(words));
        }
    }

    fn stop(&mut self, now: Duration, step: &mut Step) {
        if self.stage == Stage::Over {
            return;
        }
        step.reports.append(&mut self.early);
        self.sent = None;
        self.queue.clear();
        // All at once: whatever becomes of this process, they are on their way.
        BoardCommand::Clear.write(&mut step.send);
        RELAYS.for_each(|relay| release(relay, step));
        let left = [true; COUNT];
        self.stage = Stage::Stopping { left, again: Some(now + ANSWER), until: now + STOP };
    }

    fn send(&mut self, now: Duration, step: &mut Step) {
        let can_send = matches!(self.stage, Stage::Preparing | Stage::Ready);
        if can_send
            && self.sent.is_none()
            && let Some(command) = self.queue.pop()
        {
            self.send_command(command, 1, now, step);
        }
    }

    fn send_command(&mut self, command: BoardCommand, tries: u8, now: Duration, step: &mut Step) {
        command.write(&mut step.send);
        self.sent = Some(SentCommand { command, tries, until: now + ANSWER });
    }
}

fn release(relay: u8, step: &mut Step) {
    BoardCommand::Relay { relay, on: false }.write(&mut step.send);
}

#[cfg(test)]
mod tests;
