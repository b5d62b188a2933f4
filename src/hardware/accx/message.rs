//! One line of the board, understood.

use crate::domain::model::Code;

/// What a line of the board means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// `Firmware version …`: it has just been reset, and all of its relays have dropped.
    Started,
    /// `Ready. …`: the last line of what it says after a reset.
    Ready,
    /// A command was carried out: `C1`, `O1`, `E0`, `L1`.
    Done {
        /// The command's letter in upper case.
        letter: u8,
        /// The command's first argument.
        number: u8,
    },
    /// `Im:…`: what the board is.
    Model {
        /// `TCM-ACCX`.
        name: String,
        /// Of its firmware.
        version: String,
    },
    /// `G…`: this was sent, and it makes nothing of it.
    Refused(Vec<u8>),
    /// A credential was read.
    Read {
        /// At which reader.
        reader: u8,
        /// The fob's number or the passcode.
        code: Code,
    },
    /// It is nothing that the board should say.
    Noise {
        /// At which reader, where that could be read.
        reader: Option<u8>,
        /// What is wrong with it, in words and without any digit of it.
        words: &'static str,
    },
    /// An echo, or lines meant for people.
    Chatter,
}
