//! The program that opens doors: a pure machine, joined to its wires. It speaks to no network.
//!
//! [`Machine`] is the door; [`run`] joins it to the repository, the simulator, the journal and
//! the clock. What opens is always decided by an index that is already there: a thread of its own
//! follows the branch and hands new ones over.

mod advice;
mod answer;
mod arming;
mod clockwork;
mod devices;
mod error;
pub mod event;
pub mod layout;
mod leaf;
pub mod machine;
mod note;
mod opening;
mod options;
mod reader;
mod row;
mod run;
mod screen;
mod service;
pub mod status;
pub mod timekeeper;
mod unlocks;
mod wired;
mod wires;

pub use error::DoorError;
pub use machine::Machine;
pub use options::{Options, Show};
pub use run::run;
