//! The board's firmware, version 0.03: bytes in, bytes out. Pure: time is an argument.

use std::{collections::VecDeque, fmt, time::Duration};

use super::fault::Fault;

/// The board's output when it starts.
const BANNER: &[u8] = b"Firmware version 0.03\r\nNum commands: 6\r\nReady. Enter ? for help\r\n";

/// The size of its buffers for a command and for a passcode, in characters.
const BUFFER: usize = 20;
/// The time without a key after which it forgets an incomplete passcode.
const FORGET_AFTER: Duration = Duration::from_secs(2);

const HELP: &[u8] = b"Help:\r\n\tc : close relay\r\n\te : echo\r\n\ti : identify\r\n\
    \tl : reader light\r\n\to : open relay\r\n\t? : help\r\n";

/// A board that was just plugged in.
pub struct SimulatedBoard {
    echo: bool,
    command: Vec<u8>,
    keys: Vec<u8>,
    pressed: Duration,
    relays: [bool; 4],
    lights: [bool; 2],
    faults: VecDeque<Fault>,
    late: Vec<u8>,
    out: Vec<u8>,
    happenings: Vec<Happening>,
}

/// What can be observed at a board.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happening {
    /// A relay moved.
    Relay {
        /// The relay, from 1.
        relay: u8,
        /// Whether it is energised now.
        on: bool,
    },
    /// A reader's light changed.
    Light {
        /// The reader, from 1.
        reader: u8,
        /// Whether it is on now.
        on: bool,
    },
}

impl Default for SimulatedBoard {
    fn default() -> Self {
        Self::new()
    }
}

impl SimulatedBoard {
    /// Plugs it in.
    #[must_use]
    pub fn new() -> Self {
        let mut board = Self {
            echo: true,
            command: Vec::new(),
            keys: Vec::new(),
            pressed: Duration::ZERO,
            relays: [false; 4],
            lights: [false; 2],
            faults: VecDeque::new(),
            late: Vec::new(),
            out: Vec::new(),
            happenings: Vec::new(),
        };
        board.reset();
        board
    }

    /// Resets it, like opening its port does: relays released, echo on, banner sent.
    pub fn reset(&mut self) {
        (1..=4).for_each(|relay| self.relay(relay, false));
        (1..=2).for_each(|reader| self.light(reader, false));
        self.echo = true;
        for buffer in [&mut self.command, &mut self.keys, &mut self.late] {
            buffer.clear();
        }
        self.out.extend_from_slice(BANNER);
    }

    /// Receives bytes from the host.
    pub fn receive(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == b'\r' {
                let command = std::mem::take(&mut self.command);
                if self.echo {
                    self.send_line(&command);
                }
                self.execute(&command);
            } else {
                self.command.push(byte);
                if self.command.len() == BUFFER {
                    let command = std::mem::take(&mut self.command);
                    self.refuse(&command);
                }
            }
        }
    }

    /// Holds a fob to a reader. This firmware reports nothing from the second reader.
    pub fn present_fob(&mut self, fob: u32, reader: u8) {
        if reader == 1 {
            // Wiegand 26 carries 24 bits and two parity bits.
            let fob = fob & 0xff_ffff;
            self.send_line(format!("F{fob},{reader}").as_bytes());
        }
    }

    /// Presses keys at the first reader: `#` sends what was typed, `*` clears it.
    pub fn press(&mut self, keys: &str, now: Duration) {
        for key in keys.bytes() {
            match key {
                b'#' => {
                    self.forget(now);
                    let typed = std::mem::take(&mut self.keys);
                    self.send_line(&[b"P", &typed[..], b",1"].concat());
                }
                b'*' => self.keys.clear(),
                b'0'..=b'9' => self.noise(key, now),
                _ => {}
            }
        }
    }

    /// Appends a byte to the passcode being typed, like a garbled frame does.
    pub fn noise(&mut self, byte: u8, now: Duration) {
        self.forget(now);
        self.pressed = now;
        if self.keys.len() < BUFFER {
            self.keys.push(byte);
        }
    }

    /// Sends any bytes, like a broken wire would.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Handles one of the next commands in this way; each call affects one more command.
    pub fn inject_fault(&mut self, fault: Fault) {
        self.faults.push_back(fault);
    }

    /// Returns its output since the last call.
    pub fn take_output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// Returns what has happened since the last call.
    pub fn take_happenings(&mut self) -> Vec<Happening> {
        std::mem::take(&mut self.happenings)
    }

    /// Returns which relays are energised.
    #[must_use]
    pub const fn relays(&self) -> [bool; 4] {
        self.relays
    }

    /// Returns which lights are on.
    #[must_use]
    pub const fn lights(&self) -> [bool; 2] {
        self.lights
    }

    fn execute(&mut self, command: &[u8]) {
        let fault = self.faults.pop_front();
        if fault != Some(Fault::Deaf) {
            let late = std::mem::take(&mut self.late);
            self.out.extend_from_slice(&late);
        }
        let before = self.out.len();
        match fault {
            Some(Fault::Deaf) => {}
            Some(Fault::Refuse) => self.refuse(command),
            Some(Fault::Interrupt(bytes)) => {
                self.out.extend_from_slice(&bytes);
                self.carry_out(command);
            }
            Some(Fault::Silent) => {
                self.carry_out(command);
                self.out.truncate(before);
            }
            Some(Fault::Late) => {
                self.carry_out(command);
                self.late = self.out.split_off(before);
            }
            None => self.carry_out(command),
        }
    }

    fn carry_out(&mut self, command: &[u8]) {
        match *command {
            [b'e', digit @ (b'0' | b'1')] => {
                self.echo = digit == b'1';
                self.send_line(&[b'E', digit]);
            }
            [b'i'] => self.send_line(b"Im:TCM-ACCX,v:0.03,s:2,r:4"),
            [b'c', digit @ b'1'..=b'4'] => {
                self.relay(digit - b'0', true);
                self.send_line(&[b'C', digit]);
            }
            [b'o', digit @ b'1'..=b'4'] => {
                self.relay(digit - b'0', false);
                self.send_line(&[b'O', digit]);
            }
            [b'l', digit @ b'1'..=b'2', b',', state @ (b'0' | b'1')] => {
                self.light(digit - b'0', state == b'1');
                self.send_line(&[b'L', digit]);
            }
            [b'?'] => self.out.extend_from_slice(HELP),
            _ => self.refuse(command),
        }
    }

    fn refuse(&mut self, command: &[u8]) {
        self.send_line(&[b"G", command].concat());
    }

    fn send_line(&mut self, line: &[u8]) {
        self.out.extend_from_slice(line);
        self.out.extend_from_slice(b"\r\n");
    }

    fn relay(&mut self, relay: u8, on: bool) {
        let is = &mut self.relays[usize::from(relay - 1)];
        if std::mem::replace(is, on) != on {
            self.happenings.push(Happening::Relay { relay, on });
        }
    }

    fn light(&mut self, reader: u8, on: bool) {
        let is = &mut self.lights[usize::from(reader - 1)];
        if std::mem::replace(is, on) != on {
            self.happenings.push(Happening::Light { reader, on });
        }
    }

    fn forget(&mut self, now: Duration) {
        if now.saturating_sub(self.pressed) >= FORGET_AFTER {
            self.keys.clear();
        }
    }
}

impl fmt::Debug for SimulatedBoard {
    /// Shows nothing of what was typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatedBoard")
            .field("relays", &self.relays)
            .field("lights", &self.lights)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::ZERO;

    /// Returns a board whose banner was read and whose echo is off.
    fn board() -> SimulatedBoard {
        let mut board = SimulatedBoard::new();
        board.receive(b"e0\r");
        board.take_output();
        board
    }

    fn answer(board: &mut SimulatedBoard, sent: &[u8]) -> String {
        board.receive(sent);
        String::from_utf8_lossy(&board.take_output()).into_owned()
    }

    #[test]
    fn it_starts_with_its_banner_and_an_echo() {
        let mut board = SimulatedBoard::new();
        let banner = "Firmware version 0.03\r\nNum commands: 6\r\nReady. Enter ? for help\r\n";
        assert_eq!(board.take_output(), banner.as_bytes());
        assert_eq!(answer(&mut board, b"c1\r"), "c1\r\nC1\r\n");
        assert_eq!(answer(&mut board, b"e0\r"), "e0\r\nE0\r\n");
        assert_eq!(answer(&mut board, b"c1\r"), "C1\r\n");
        assert_eq!(answer(&mut board, b"e1\r"), "E1\r\n");
        assert_eq!(answer(&mut board, b"\r"), "\r\nG\r\n");
    }

    #[test]
    fn it_answers_each_command() {
        for (sent, answered) in [
            ("i\r", "Im:TCM-ACCX,v:0.03,s:2,r:4\r\n"),
            ("c4\r", "C4\r\n"),
            ("o4\r", "O4\r\n"),
            ("l2,1\r", "L2\r\n"),
            ("\r", "G\r\n"),
            ("c5\r", "Gc5\r\n"),
            ("c0\r", "Gc0\r\n"),
            ("c\r", "Gc\r\n"),
            ("l1\r", "Gl1\r\n"),
            ("x\r", "Gx\r\n"),
            ("\nc1\r", "G\nc1\r\n"),
            ("c1\ro1\r", "C1\r\nO1\r\n"),
            ("12345678901234567890c1\r", "G12345678901234567890\r\nC1\r\n"),
            ("1234567890123456789\r", "G1234567890123456789\r\n"),
        ] {
            assert_eq!(answer(&mut board(), sent.as_bytes()), answered, "{sent:?}");
        }
        let help = answer(&mut board(), b"?\r");
        assert!(help.starts_with("Help:\r\n\t") && help.lines().count() == 7, "{help}");
    }

    #[test]
    fn relays_move_once_and_drop_at_a_reset() {
        let mut board = board();
        board.receive(b"c2\rc2\rl1,1\r");
        assert_eq!(board.relays(), [false, true, false, false]);
        let light = Happening::Light { reader: 1, on: true };
        assert_eq!(board.take_happenings(), [Happening::Relay { relay: 2, on: true }, light]);
        board.reset();
        assert_eq!((board.relays(), board.lights()), ([false; 4], [false; 2]));
    }

    #[test]
    fn readings_are_shown() {
        let mut board = board();
        board.present_fob(15_408_774, 1);
        board.present_fob(15_408_774, 2);
        board.press("0042#", NOW);
        board.press("#", NOW);
        board.press("99*1#", NOW);
        board.noise(0xd5, NOW);
        board.press("#", NOW);
        board.press("123456789012345678901234#", NOW);
        board.press("12", NOW);
        board.press("3#", NOW + FORGET_AFTER);
        let expected: &[u8] =
            b"F15408774,1\r\nP0042,1\r\nP,1\r\nP1,1\r\nP\xd5,1\r\nP12345678901234567890,1\r\nP3,1\r\n";
        assert_eq!(board.take_output(), expected);
    }

    #[test]
    fn faults_are_for_one_command_each() {
        let mut board = board();
        let interrupt = Fault::Interrupt(b"F1,1\r\n".to_vec());
        for fault in [Fault::Deaf, Fault::Silent, Fault::Late, Fault::Refuse, interrupt] {
            board.inject_fault(fault);
        }
        assert_eq!((answer(&mut board, b"c1\r").as_str(), board.relays()[0]), ("", false));
        assert_eq!((answer(&mut board, b"c2\r").as_str(), board.relays()[1]), ("", true));
        assert_eq!((answer(&mut board, b"c3\r").as_str(), board.relays()[2]), ("", true));
        assert_eq!(
            (answer(&mut board, b"c4\r").as_str(), board.relays()[3]),
            ("C3\r\nGc4\r\n", false)
        );
        assert_eq!(answer(&mut board, b"o2\r"), "F1,1\r\nO2\r\n");
        assert_eq!(answer(&mut board, b"o3\r"), "O3\r\n");
    }
}
