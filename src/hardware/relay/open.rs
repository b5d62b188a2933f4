//! Opens a relay of any kind.

use super::{PinRelay, Relay, RelayOptions, SimulatedRelay};
use crate::hardware::gpio;

/// Opens the relay's pins or its file; it is open from then on.
///
/// # Errors
/// A sentence that says why there is no relay, and what to do.
pub fn open(options: &RelayOptions) -> Result<Box<dyn Relay>, String> {
    Ok(match options {
        RelayOptions::Pins(wires) => Box::new(PinRelay::open(gpio::chip(), wires)?),
        RelayOptions::Simulated(files) => Box::new(SimulatedRelay::open(files)?),
    })
}
