//! The relay in the furnace's circuit, with the lamp, the buzzer and the thermostat beside it.
//!
//! The relay is wired so that heat flows only while it is energised: without power, without this
//! program and without a decision the furnace is off.

mod open;
mod options;
mod pins;
mod simulated;

pub use open::open;
pub use options::{Drive, RelayOptions};
pub use pins::PinRelay;
pub use simulated::SimulatedRelay;

/// The relay and what is wired beside it. When it is dropped, it opens.
pub trait Relay: Send {
    /// Closes or opens the relay. To be called once a period: some relays open by themselves if they
    /// are not told again and again to be closed.
    ///
    /// # Errors
    /// A sentence that says why it may be in another state.
    fn set(&mut self, closed: bool) -> Result<(), String>;

    /// Lights the lamp and sounds the buzzer that say "open a window", or ends both.
    fn warn(&mut self, on: bool);

    /// Tells whether the thermostat asks for heat; it always does if none is wired.
    fn asked(&mut self) -> bool;
}
