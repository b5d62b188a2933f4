//! The options of a bridge.

use std::path::PathBuf;

use crate::{config::BridgeConfig, domain::model::Advice, service::Show};

/// How to run a bridge.
#[derive(Clone, Debug)]
pub struct Options {
    /// The space's folder, or a folder inside it.
    pub space: PathBuf,
    /// The queues, and what they are for.
    pub config: BridgeConfig,
    /// The folder of the journals.
    pub journal: PathBuf,
    /// Whether to end once nothing is left to receive and to send.
    pub once: bool,
    /// How to show what happens.
    pub show: Show,
    /// How to put advice into words.
    pub words: fn(&Advice) -> String,
}
