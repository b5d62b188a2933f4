//! What this machine remembers about a service from one time to the next.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is remembered about a service.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceState {
    /// When the service was compared with the records last.
    pub compared: Option<Timestamp>,
    /// How many accounts had something once a plan was carried out last.
    pub having: Option<usize>,
    /// When a plan was carried out last.
    pub applied: Option<Timestamp>,
    /// How many steps there were to take when they were compared last.
    pub open: usize,
    /// How many members have to be told of a rise before it is taken.
    pub untold: usize,
    /// What a person should look at, in sentences.
    pub drift: Vec<String>,
    /// Why it could not be compared or brought to agree, since it could the last time.
    pub trouble: Option<String>,
}
