//! A reader on two data wires: turns pulses into codes, and feedback into light and sound.

use std::time::Duration;

use super::{
    feedback::{Lit, Showing},
    options::Wires,
};
use crate::{
    domain::model::{Code, CredentialType},
    hardware::{
        Feedback,
        keypad::{Keypad, KeypadKey},
        wiegand::{Assembler, Bits, Frame, Wire, decode},
    },
};

/// Pulses are passed on by threads, which may be late. By the clock, a frame ends only this much
/// later than by its pulses.
const DELAY: Duration = Duration::from_millis(10);

/// A code, or what was wrong with the input.
pub(super) type Found = Result<Code, String>;

/// The state of one reader.
#[derive(Debug)]
pub(super) struct Attached {
    wires: Wires,
    assembler: Assembler,
    keypad: Keypad,
    showing: Option<Showing>,
    lit: Lit,
}

impl Attached {
    pub(super) fn new(wires: Wires) -> Self {
        let keypad = Keypad::new(CredentialType::Passcode, wires.keypad_timeout());
        Self { wires, assembler: Assembler::default(), keypad, showing: None, lit: [false; 3] }
    }

    /// Handles a pulse, if the pin belongs to this reader.
    pub(super) fn pulse(&mut self, pin: u8, at: Duration) -> Option<Found> {
        let wire = match pin {
            _ if pin == self.wires.d0 => Wire::D0,
            _ if pin == self.wires.d1 => Wire::D1,
            _ => return None,
        };
        let ended = self.assembler.pulse(wire, at)?;
        self.decode_frame(ended, at)
    }

    /// Lets time pass.
    pub(super) fn tick(&mut self, now: Duration) -> Option<Found> {
        self.keypad.expire(now);
        let ended = self.assembler.expire(now.saturating_sub(DELAY))?;
        self.decode_frame(ended, now)
    }

    /// Shows and sounds something from now on.
    pub(super) fn show(&mut self, feedback: Feedback, now: Duration) {
        self.showing = Some(Showing::new(feedback, now));
    }

    /// Returns which pins have to change now, and to which level.
    pub(super) fn lights(&mut self, now: Duration) -> impl Iterator<Item = (u8, bool)> {
        let lit = self.showing.map_or([false; 3], |showing| showing.at(now).0);
        let before = std::mem::replace(&mut self.lit, lit);
        let active = self.wires.active;
        let pins = self.wires.lights().into_iter().zip(before.into_iter().zip(lit));
        pins.filter(|(_, (before, on))| before != on)
            .filter_map(move |(pin, (_, on))| pin.map(|pin| (pin, active.level(on))))
    }

    /// Returns when time has to pass next. What is shown must be up to date at `now`.
    pub(super) fn due(&self, now: Duration) -> Option<Duration> {
        let frame = self.assembler.due().map(|due| due.saturating_add(DELAY));
        let light = self.showing.and_then(|showing| showing.at(now).1);
        [frame, light, self.keypad.due()].into_iter().flatten().min()
    }

    fn decode_frame(&mut self, ended: Result<Bits, String>, at: Duration) -> Option<Found> {
        match ended.map_or_else(Frame::Refused, decode) {
            Frame::Fob(code) => {
                self.keypad.clear();
                Some(Ok(code))
            }
            Frame::Key(key) => self.keypad.press(key, at),
            Frame::Refused(words) => {
                // It may have been a key, and the rest without it is another passcode.
                if self.keypad.has_input() {
                    self.keypad.press(KeypadKey::Foreign, at);
                }
                Some(Err(words))
            }
        }
    }
}
