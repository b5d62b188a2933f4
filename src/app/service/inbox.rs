//! What this machine remembers about the money that a service took: kept apart from what is remembered about
//! comparing, since somebody may compare while money is recorded.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{follow::Happening, model::Slug},
    store::{Store, StoreError},
};

/// What is remembered about the money that a service took.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Inbox {
    /// From where to ask the next time what happened.
    pub cursor: Option<String>,
    /// When somebody asked for that last.
    pub received: Option<Timestamp>,
    /// What happened and waits for a person, in sentences; the newest ones.
    pub held: Vec<String>,
    /// What is about payments that are not recorded yet.
    pub early: Vec<Happening>,
    /// Why nothing could be recorded, since it could the last time.
    pub trouble: Option<String>,
}

impl Inbox {
    /// Reads what is remembered about a service.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(store: &Store, service: &Slug) -> Result<Self, StoreError> {
        name(service).map_or_else(|| Ok(Self::default()), |name| store.service_state(&name))
    }

    /// Keeps what is remembered.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, store: &Store, service: &Slug) -> Result<(), StoreError> {
        name(service).map_or(Ok(()), |name| store.keep_service_state(&name, self))
    }
}

/// Returns the name of the file: `stripe-received`; of a service whose name is as long as one may be, a hash
/// of it.
fn name(service: &Slug) -> Option<Slug> {
    let short = || format!("x{}", &blake3::hash(service.as_str().as_bytes()).to_hex()[..32]);
    let named = |name: &str| format!("{name}-received").parse().ok();
    named(service.as_str()).or_else(|| named(&short()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_has_a_file_of_its_own() {
        let long = "a".repeat(64);
        let names = ["stripe", &long, &long[1..]].map(|it| name(&it.parse().unwrap()).unwrap());
        assert_eq!(names[0].as_str(), "stripe-received");
        assert_ne!(names[1], names[2]);
    }
}
