//! A door without hardware: readings are typed, or come through a socket; the strike is a note.

mod asked;
mod device;
mod scan;
#[cfg(not(unix))]
#[path = "no_socket.rs"]
mod socket;
#[cfg(unix)]
mod socket;
mod terminal;

pub use asked::Asked;
pub use device::{SimulatedReader, SimulatedStrike, device};
pub use scan::Scan;
pub use socket::Socket;
pub use terminal::{HELP, Terminal};
