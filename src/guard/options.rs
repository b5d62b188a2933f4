//! How the guard was told to run.

use crate::{config::GuardConfig, service::Show};

/// How the guard was told to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The configuration.
    pub config: GuardConfig,
    /// For a rehearsal: how many times faster than it is time passes. No furnace is connected, and
    /// anybody may write what the thermometers say.
    pub rehearsal: Option<u32>,
    /// How to show what happens.
    pub show: Show,
}
