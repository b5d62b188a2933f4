//! The pins of a Raspberry Pi: relays, readers on two data wires, buttons and contacts.

mod attached;
mod chip;
mod connection;
mod device;
mod feedback;
mod input;
#[cfg(any(test, not(all(feature = "wires", target_os = "linux"))))]
mod no_raspberry;
mod options;
#[cfg(all(feature = "wires", target_os = "linux"))]
mod raspberry;
mod simulated;

pub use chip::{Chip, Edges, Opened, PinEvent, Pins, Setup};
pub use connection::{PinsReader, PinsStrike, open_on};
pub use options::Options;
pub(super) use options::{Active, LAST_PIN};
pub use simulated::SimulatedChip;

#[cfg(not(all(feature = "wires", target_os = "linux")))]
use no_raspberry as raspberry;

/// Opens the pins of this machine. Must be called within a tokio runtime.
///
/// On a machine without pins the device is reported as lost, with the reason, and is still looked
/// for.
#[must_use]
pub fn open(options: Options) -> (PinsReader, PinsStrike) {
    open_on(raspberry::Raspberry, options)
}

/// Returns the chip of this machine, for another device on its pins.
pub(super) fn chip() -> impl Chip {
    raspberry::Raspberry
}
