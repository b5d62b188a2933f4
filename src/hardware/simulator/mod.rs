//! A door without hardware: readings are typed, and relays only recorded.

mod device;
mod terminal;

pub use device::{SimulatedReader, SimulatedStrike, device};
pub use terminal::{HELP, Terminal};
