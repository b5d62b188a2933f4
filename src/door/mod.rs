//! The program that opens doors: a pure machine connected to its wires. It uses no network.
//!
//! [`Machine`] is the door; [`run`] connects it to the repository, the simulator, the journal and
//! the clock. Each decision uses an index that is already in memory: a separate thread follows the
//! branch and provides new ones.

mod advice;
mod answer;
pub mod answers;
mod arming;
mod buttons;
mod clockwork;
mod devices;
mod error;
pub mod event;
mod freshness;
mod guesses;
pub mod layout;
mod leaf;
pub mod machine;
pub mod memory;
mod note;
mod opening;
mod options;
pub mod pace;
mod promises;
mod reader;
mod row;
mod run;
mod running_devices;
mod screen;
pub mod status;
pub mod timekeeper;
mod unlocks;
mod wires;

pub use error::DoorError;
pub use machine::Machine;
pub use options::Options;
pub use run::run;
