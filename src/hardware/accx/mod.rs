//! TC Maker's access-control board on a serial port: two readers, four relays.
//!
//! The board decides nothing and locks nothing by itself: if this program dies, an energised relay
//! stays energised until the board is reset. So all relays are released whenever the port is
//! opened, and at every orderly end. [`line`] parses, [`protocol`] holds the conversation,
//! [`open`] connects both with the port; [`simulated`] is the board at the other end.

pub mod command;
mod device;
mod driver;
pub mod line;
pub mod message;
#[cfg(any(test, not(feature = "wires")))]
pub mod no_port;
mod options;
#[cfg(feature = "wires")]
mod port;
mod ports;
pub mod protocol;
mod queue;
pub mod simulated;

use std::ops::RangeInclusive;

pub use device::{BoardReader, BoardStrike, join, open};
pub use options::Options;
#[cfg(feature = "wires")]
pub use port::SerialPorts;
pub use ports::Ports;

#[cfg(not(feature = "wires"))]
pub use no_port::SerialPorts;

/// The relay numbers printed on the board.
pub const RELAYS: RangeInclusive<u8> = 1..=4;

/// The reader numbers printed on the board.
pub const READERS: RangeInclusive<u8> = 1..=2;
