//! Files on this machine: written so that a power cut undoes nothing acknowledged, and watched.

pub(crate) mod durable;
pub mod watch;
