//! A door without hardware: readings are typed, or come through a socket; the strike is a note.

mod asked;
#[cfg(not(unix))]
#[path = "no_socket.rs"]
mod socket;
#[cfg(unix)]
mod socket;
mod strike;
mod terminal;

pub use asked::Asked;
pub use socket::Socket;
pub use strike::SimulatedStrike;
pub use terminal::{HELP, Terminal};
