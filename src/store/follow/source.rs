//! Where a follower finds the records.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use crate::store::{Store, StoreError};

/// Where the records come from.
pub(super) enum Source {
    Open(Arc<Store>),
    /// A folder to be opened once that works.
    Folder(PathBuf, Arc<OnceLock<Arc<Store>>>),
}

impl Source {
    /// Returns the repository, opening it if that was not possible before.
    ///
    /// # Errors
    /// It cannot be opened yet.
    pub(super) fn store(&self) -> Result<Arc<Store>, StoreError> {
        match self {
            Self::Open(store) => Ok(Arc::clone(store)),
            Self::Folder(folder, open) => match open.get() {
                Some(store) => Ok(Arc::clone(store)),
                None => {
                    let store = Store::discover(folder)?;
                    Ok(Arc::clone(open.get_or_init(|| Arc::new(store))))
                }
            },
        }
    }
}
