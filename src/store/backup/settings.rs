//! The settings of a repository that say what it is for, as opposed to how git lays it out here.

use crate::store::{Store, StoreError};

/// How the names of settings begin that belong to the space, and to whoever works in it.
const OURS: [&str; 10] = [
    "branch.",
    "core.fsync",
    "core.logallrefupdates",
    "core.sharedrepository",
    "gc.",
    "http.",
    "receive.",
    "remote.",
    "space.",
    "user.",
];

impl Store {
    /// Returns the settings of this repository, apart from those of this machine and its users.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn settings(&self) -> Result<Vec<(String, String)>, StoreError> {
        let fail = self.git("read the settings");
        let file = git2::Config::open(&self.common_dir().join("config")).map_err(&fail)?;
        let mut found = Vec::new();
        let mut entries = file.entries(None).map_err(&fail)?;
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(&fail)?;
            if let (Ok(name), Ok(value)) = (entry.name(), entry.value())
                && OURS.iter().any(|it| name.starts_with(it))
            {
                found.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(found)
    }

    /// Takes over settings that [`Store::settings`] has returned.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn take_settings(&self, settings: &[(String, String)]) -> Result<(), StoreError> {
        let fail = self.git("write the settings");
        let repo = self.repo()?;
        let mut config = repo.config().map_err(&fail)?;
        for (name, _) in settings {
            let _ = config.remove_multivar(name, ".*"); // mostly there is none
        }
        for (name, value) in settings {
            if OURS.iter().any(|it| name.starts_with(it)) {
                config.set_multivar(name, "^$", value).map_err(&fail)?;
            }
        }
        Ok(())
    }
}
