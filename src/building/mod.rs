//! The program that measures the building, tells about alarms, and speaks with a broker.
//!
//! [`Machine`] decides, and is pure. Around it, each thing outside has a thread that tells the machine
//! what happened there: the broker, the doors, the journals, the guard's file, thermometers, and
//! documents. It opens no door; if the configuration allows it, it asks the running one. Nothing that
//! it hears or says reaches the guard.

mod access_message;
mod event;
mod home;
mod machine;
mod options;
mod outside;
mod run;
mod topics;

pub use event::Event;
pub use machine::{Door, Effect, Input, Machine, Plan, Seen, Terms, Wanted};
pub use options::Options;
pub use run::{KIND, run};
pub use topics::Topics;
