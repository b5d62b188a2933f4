//! A simulated board, which speaks the protocol byte for byte on a pseudo-terminal.

mod board;
mod fault;
mod pty;
mod wire;

pub use board::{Happening, SimulatedBoard};
pub use fault::Fault;
pub use pty::{BoardAction, Plugged, Seen, plug_in};
