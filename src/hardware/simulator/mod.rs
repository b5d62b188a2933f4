//! A door without hardware: readings are typed, or come through a socket; the strike is a note.

mod strike;
mod terminal;

#[cfg(unix)]
mod socket;

#[cfg(unix)]
pub use socket::{Asked, Socket};
pub use strike::SimulatedStrike;
pub use terminal::{HELP, Terminal};
