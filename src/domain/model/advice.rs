//! What somebody can do next, as a value: each program says it in its own way.

use serde::Serialize;

/// A next step. The command line prints the command that takes it, a page shows a link to it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// A sentence that holds for every program.
    Say(String),
}
