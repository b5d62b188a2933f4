//! Keyboards used as readers: fob readers that type a number and Enter, and USB keypads.

mod connection;
#[cfg(all(feature = "wires", target_os = "linux"))]
mod evdev;
#[cfg(all(feature = "wires", target_os = "linux"))]
mod find;
#[cfg(any(test, not(all(feature = "wires", target_os = "linux"))))]
mod no_evdev;
mod options;
mod port;
mod simulated;
mod typing;

pub use connection::{KeyboardReader, KeyboardStrike, open_on};
pub use options::Options;
pub use port::{Keys, Port};
pub use simulated::{SimulatedKeyboard, SimulatedKeys};

#[cfg(not(all(feature = "wires", target_os = "linux")))]
use no_evdev as evdev;

/// Opens a keyboard of this machine for exclusive use. Must be called within a tokio runtime.
///
/// A missing keyboard is reported as lost, and looked for until it is plugged in.
#[must_use]
pub fn open(options: Options) -> (KeyboardReader, KeyboardStrike) {
    open_on(evdev::Evdev(options.which), options.kind)
}
