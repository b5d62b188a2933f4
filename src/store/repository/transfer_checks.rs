//! Makes git itself refuse objects that it would not have written, and rewritten history.

use git2::ErrorCode;

use crate::store::{Store, StoreError};

/// A push or a fetch brings whatever the other side has; git checks it only with these settings.
const SETTINGS: [&str; 3] =
    ["transfer.fsckObjects", "receive.denyNonFastForwards", "receive.denyDeletes"];

impl Store {
    /// Makes git check what comes in by fetch and by push. A setting that this repository
    /// already has stays as it is.
    ///
    /// # Errors
    /// The repository's settings cannot be written.
    pub fn enable_transfer_checks(&self) -> Result<(), StoreError> {
        let fail = self.git("write the settings of the repository");
        let config = self.repo()?.config().map_err(&fail)?;
        let mut own = config.open_level(git2::ConfigLevel::Local).map_err(&fail)?;
        for name in SETTINGS {
            let known = own.get_entry(name).map(drop);
            match known {
                Ok(()) => {}
                Err(error) if error.code() == ErrorCode::NotFound => {
                    own.set_bool(name, true).map_err(&fail)?;
                }
                Err(error) => return Err(fail(error)),
            }
        }
        Ok(())
    }
}
