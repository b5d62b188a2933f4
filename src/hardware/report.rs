//! What a device says and what it is told, whichever device it is.

use crate::domain::model::Code;

/// What a device says. Its readers, relays and inputs are counted from 1, as printed on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DeviceReport {
    /// It answers, and every relay of it is off now. In words, which device it is.
    Connected(String),
    /// It does not answer, for this reason; where its relays are is not known.
    Lost(String),
    /// A credential was read.
    Read {
        /// At which reader of this device.
        reader: u8,
        /// The fob's number or the passcode.
        code: Code,
    },
    /// Something was read that is no credential.
    Noise {
        /// At which reader of this device.
        reader: u8,
        /// What was wrong with it, in words.
        words: String,
    },
    /// The device confirms where a relay is.
    Relay {
        /// Which relay.
        relay: u8,
        /// Whether it is energised.
        on: bool,
    },
    /// A button or a contact changed, or is reported for the first time.
    Input {
        /// Which input.
        input: u8,
        /// Whether the button is pressed, or the door open.
        active: bool,
    },
}

/// What a device is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeviceCommand {
    /// Energise a relay, or let it go.
    Relay {
        /// Which relay.
        relay: u8,
        /// Whether it shall be energised.
        on: bool,
    },
    /// Tell the person at a reader what came of it, where the reader can.
    Feedback {
        /// Which reader.
        reader: u8,
        /// What to tell.
        feedback: Feedback,
    },
}

/// What a reader can tell the person before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Feedback {
    /// Come in: green.
    Granted,
    /// Not now: red, or a beep.
    Denied,
    /// Nothing more.
    Idle,
}
