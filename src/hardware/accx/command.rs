//! The commands of the board, and how it confirms them.

use std::fmt;

use super::message::Message;

/// A command. Each can be repeated safely, because it only states how things should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BoardCommand {
    /// Ends any command that was cut off; the board answers as to an empty one.
    Clear,
    /// Asks for the board's model.
    Model,
    /// Stops it from echoing what it receives.
    EchoOff,
    /// Energises a relay (unlocks) or releases it (locks).
    Relay {
        /// The relay, from 1.
        relay: u8,
        /// Whether to energise it.
        on: bool,
    },
    /// Switches the light of a reader.
    Light {
        /// The reader, from 1.
        reader: u8,
        /// Whether to switch it on.
        on: bool,
    },
}

impl BoardCommand {
    /// Appends the bytes to send.
    pub fn write(self, to: &mut Vec<u8>) {
        match self {
            Self::Clear => {}
            Self::Model => to.push(b'i'),
            Self::EchoOff => to.extend_from_slice(b"e0"),
            Self::Relay { relay, on } => {
                to.extend_from_slice(&[if on { b'c' } else { b'o' }, digit(relay)]);
            }
            Self::Light { reader, on } => {
                to.extend_from_slice(&[b'l', digit(reader), b',', digit(u8::from(on))]);
            }
        }
        to.push(b'\r');
    }

    /// Tells whether a message confirms this command.
    #[must_use]
    pub fn is_confirmed_by(self, message: &Message) -> bool {
        match (self, message) {
            (Self::Clear, Message::Refused(_)) | (Self::Model, Message::Model { .. }) => true,
            (_, Message::Done { letter, number }) => match self {
                Self::Clear | Self::Model => false,
                Self::EchoOff => (*letter, *number) == (b'E', 0),
                Self::Relay { relay, on } => {
                    (*letter, *number) == (if on { b'C' } else { b'O' }, relay)
                }
                Self::Light { reader, .. } => (*letter, *number) == (b'L', reader),
            },
            _ => false,
        }
    }

    /// Tells whether a message refuses this very command.
    #[must_use]
    pub fn is_refused_by(self, message: &Message) -> bool {
        let Message::Refused(sent) = message else { return false };
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        self != Self::Clear && bytes.strip_suffix(b"\r") == Some(sent)
    }

    /// Tells whether this command makes an earlier one, not sent yet, unnecessary.
    #[must_use]
    pub fn replaces(self, other: Self) -> bool {
        match (self, other) {
            (Self::Relay { relay: new, .. }, Self::Relay { relay: old, .. })
            | (Self::Light { reader: new, .. }, Self::Light { reader: old, .. }) => new == old,
            _ => self == other,
        }
    }

    /// Tells whether it switches a relay.
    #[must_use]
    pub const fn is_relay(self) -> bool {
        matches!(self, Self::Relay { .. })
    }

    /// Tells whether the board can do without it.
    #[must_use]
    pub const fn is_light(self) -> bool {
        matches!(self, Self::Light { .. })
    }
}

impl fmt::Display for BoardCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clear => f.write_str("an empty line"),
            Self::Model => f.write_str("the question about its model"),
            Self::EchoOff => f.write_str("the command to stop the echo"),
            Self::Relay { relay, on: true } => write!(f, "the command to energise relay {relay}"),
            Self::Relay { relay, on: false } => write!(f, "the command to release relay {relay}"),
            Self::Light { reader, .. } => write!(f, "a command for the light of reader {reader}"),
        }
    }
}

const fn digit(number: u8) -> u8 {
    b'0' + number % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(command: BoardCommand) -> Vec<u8> {
        let mut bytes = Vec::new();
        command.write(&mut bytes);
        bytes
    }

    #[test]
    fn a_command_is_what_the_board_expects() {
        for (command, expected) in [
            (BoardCommand::Clear, "\r"),
            (BoardCommand::Model, "i\r"),
            (BoardCommand::EchoOff, "e0\r"),
            (BoardCommand::Relay { relay: 4, on: true }, "c4\r"),
            (BoardCommand::Relay { relay: 1, on: false }, "o1\r"),
            (BoardCommand::Light { reader: 2, on: true }, "l2,1\r"),
        ] {
            assert_eq!(bytes(command), expected.as_bytes());
        }
    }

    #[test]
    fn only_its_own_answer_is_its_answer() {
        let close = BoardCommand::Relay { relay: 1, on: true };
        let done = |letter, number| Message::Done { letter, number };
        assert!(close.is_confirmed_by(&done(b'C', 1)));
        for other in [done(b'O', 1), done(b'C', 2), done(b'L', 1), Message::Chatter] {
            assert!(!close.is_confirmed_by(&other), "{other:?}");
        }
        assert!(close.is_refused_by(&Message::Refused(b"c1".to_vec())));
        assert!(!close.is_refused_by(&Message::Refused(b"c2".to_vec())));
        assert!(!close.is_refused_by(&Message::Refused(vec![])));
    }
}
