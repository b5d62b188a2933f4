//! The options of the web.

use std::path::PathBuf;

use crate::{config::WebConfig, domain::model::Advice, service::Show};

/// How to run the web.
#[derive(Clone, Debug)]
pub struct Options {
    /// The space's folder, or a folder inside it.
    pub space: PathBuf,
    /// Where to listen, and who may do what.
    pub config: WebConfig,
    /// The file that the configuration is from, to be read again when it changes.
    pub config_file: Option<PathBuf>,
    /// The folder of the journals.
    pub journal: PathBuf,
    /// The sockets of the running doors.
    pub doors: Vec<PathBuf>,
    /// How to show what happens.
    pub show: Show,
    /// How to put advice into words.
    pub words: fn(&Advice) -> String,
}
