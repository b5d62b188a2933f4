//! One line of the board's output, parsed.

use crate::domain::model::Code;

/// The meaning of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// `Firmware version …`: it has just been reset, and all of its relays are released.
    Started,
    /// `Ready. …`: the last line of its output after a reset.
    Ready,
    /// A command was carried out: `C1`, `O1`, `E0`, `L1`.
    Done {
        /// The command's letter in upper case.
        letter: u8,
        /// The command's first argument.
        number: u8,
    },
    /// `Im:…`: the board's model.
    Model {
        /// `TCM-ACCX`.
        name: String,
        /// The firmware version.
        version: String,
    },
    /// `G…`: the board received this and does not understand it.
    Refused(Vec<u8>),
    /// A credential was read.
    Read {
        /// The reader.
        reader: u8,
        /// The fob's number or the passcode.
        code: Code,
    },
    /// Nothing that the board should send.
    Noise {
        /// The reader, if it is known.
        reader: Option<u8>,
        /// What is wrong with it, in words and without its digits.
        words: &'static str,
    },
    /// An echo, or lines meant for people.
    Chatter,
}
