//! The reports and commands of any device.

use crate::domain::model::Code;

/// A device's report. Its readers, relays and inputs are numbered from 1, as printed on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DeviceReport {
    /// It is connected, with all relays off; the text describes the device.
    Connected(String),
    /// It does not answer, for this reason; the state of its relays is unknown.
    Lost(String),
    /// A credential was read.
    Read {
        /// The reader of this device.
        reader: u8,
        /// The fob's number or the passcode.
        code: Code,
    },
    /// Something was read that is not a credential.
    Noise {
        /// The reader of this device.
        reader: u8,
        /// What was wrong with it, in words.
        words: String,
    },
    /// The device confirms the state of a relay.
    Relay {
        /// The relay.
        relay: u8,
        /// Whether it is energised.
        on: bool,
    },
    /// How a button or contact was when the device was connected: nobody has pressed it just now.
    Level {
        /// The input.
        input: u8,
        /// Whether the button is pressed, or the door open.
        active: bool,
    },
    /// A button or contact changed.
    Input {
        /// The input.
        input: u8,
        /// Whether the button is pressed, or the door open.
        active: bool,
    },
}

/// A command to a device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeviceCommand {
    /// Energise a relay, or release it.
    Relay {
        /// The relay.
        relay: u8,
        /// Whether to energise it.
        on: bool,
    },
    /// Show the person at a reader the result, if the reader can.
    Feedback {
        /// The reader.
        reader: u8,
        /// What to show.
        feedback: Feedback,
    },
}

/// What a reader can show to the person in front of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Feedback {
    /// Come in: green.
    Granted,
    /// Not now: red, or a beep.
    Denied,
    /// Nothing more.
    Idle,
}
