//! What a running door answers.

use schemars::JsonSchema;
use serde::Serialize;

use super::wires::{CloneStatus, InForce};
use crate::{
    domain::model::{Activity, Slug},
    store::journal::JournalState,
};

/// The status, with what the machine itself does not know.
#[derive(Serialize, JsonSchema)]
pub struct FullStatus {
    #[serde(flatten)]
    pub(super) status: super::status::Status,
    pub(super) in_force: InForce,
    pub(super) clone: CloneStatus,
    pub(super) journal: JournalState,
}

/// The result of a simulated reading, and whether it matters now.
#[derive(Serialize)]
pub(super) struct Tried {
    #[serde(flatten)]
    pub(super) activity: Activity,
    pub(super) held: bool,
}

/// The doors that have carried out an order.
#[derive(Serialize, JsonSchema)]
pub struct DoorsMoved {
    /// Their names.
    pub doors: Vec<Slug>,
}

/// That the door looks at its repository.
#[derive(Serialize, JsonSchema)]
pub struct Looking {
    /// Always true.
    pub looking: bool,
}
