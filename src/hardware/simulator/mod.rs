//! A door without hardware: readings are typed, relays are only noted.

mod device;
mod terminal;

pub use device::{SimulatedReader, SimulatedStrike, device};
pub use terminal::{HELP, Terminal};
