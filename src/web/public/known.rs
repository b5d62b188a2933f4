//! What is known of doors and switch: whether the space is open, and which doors are locked.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::people::People;

/// What was found out last.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Known {
    /// Whether it is open, and since when, if that is known.
    pub(super) last: Option<Last>,
    /// Whether each door is locked, by its name.
    pub(super) locked: BTreeMap<String, bool>,
    /// How many people were in, and when that was found out.
    pub(super) people: Option<(Timestamp, People)>,
}

/// Whether it is open, and since when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Last {
    pub(super) open: bool,
    /// The moment at which that was noticed.
    pub(super) since: Timestamp,
}
