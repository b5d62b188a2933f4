//! The parts of what this machine remembers about a service, each in a file of its own: who changes one does
//! not write over another that changes at the same moment.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    domain::model::Slug,
    store::{Store, StoreError},
};

/// A part of what is remembered.
pub(in crate::app) trait Part: Serialize + DeserializeOwned + Default {
    /// What the name of its file ends in.
    const NAME: &str;

    /// Reads what is remembered about a service.
    ///
    /// # Errors
    /// The file cannot be read.
    fn read(store: &Store, service: &Slug) -> Result<Self, StoreError> {
        file::<Self>(service).map_or_else(|| Ok(Self::default()), |name| store.service_state(&name))
    }

    /// Keeps what is remembered.
    ///
    /// # Errors
    /// The file cannot be written.
    fn keep(&self, store: &Store, service: &Slug) -> Result<(), StoreError> {
        file::<Self>(service).map_or(Ok(()), |name| store.keep_service_state(&name, self))
    }
}

/// Returns the name of the file: `stripe-received`; of a service whose name is as long as one may be, a hash
/// of it.
fn file<P: Part>(service: &Slug) -> Option<Slug> {
    let short = || format!("x{}", &blake3::hash(service.as_str().as_bytes()).to_hex()[..32]);
    let named = |name: &str| format!("{name}-{}", P::NAME).parse().ok();
    named(service.as_str()).or_else(|| named(&short()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::service::{Inbox, asked::Asked};

    #[test]
    fn every_part_of_every_service_has_a_file_of_its_own() {
        let long = "a".repeat(64);
        let [short, long, other] =
            ["stripe", &long, &long[1..]].map(|it| it.parse::<Slug>().unwrap());
        assert_eq!(file::<Inbox>(&short).unwrap().as_str(), "stripe-received");
        assert_eq!(file::<Asked>(&short).unwrap().as_str(), "stripe-asked");
        assert!(file::<Inbox>(&long).is_some());
        assert_ne!(file::<Inbox>(&long), file::<Inbox>(&other));
    }
}
