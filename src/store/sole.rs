//! The right to be the only process of its kind that works with a repository.

use jiff::Timestamp;

use crate::store::{Store, StoreError, disk::lock::Lock};

/// The right to be the only process of its kind, held until dropped.
#[derive(Debug)]
pub struct Sole {
    _lock: Lock,
}

impl Store {
    /// Takes the right to be the only process of a kind (`bridge`); `doing` says what for.
    ///
    /// # Errors
    /// Another process has it, or the file that stands for it cannot be written.
    pub fn sole(&self, kind: &str, doing: &str, now: Timestamp) -> Result<Sole, StoreError> {
        Ok(Sole { _lock: Lock::acquire_named(self.dir(), &file(kind), doing, now)? })
    }

    /// Describes the only process of a kind, if one is running.
    #[must_use]
    pub fn sole_holder(&self, kind: &str) -> Option<String> {
        Lock::holder(self.dir(), &file(kind))
    }
}

fn file(kind: &str) -> String {
    format!("{kind}.lock")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::ErrorKind;

    #[test]
    fn one_process_of_a_kind_runs_at_a_time_and_can_be_seen() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::from_repository(git2::Repository::init_bare(dir.path()).unwrap());
        let now = "2026-01-05T18:00:00Z".parse().unwrap();
        assert_eq!(store.sole_holder("bridge"), None);
        let first = store.sole("bridge", "bridge.run", now).unwrap();
        let holder = store.sole_holder("bridge").unwrap();
        let said = format!("process {} (bridge.run)", std::process::id());
        assert!(holder.starts_with(&said), "{holder}");
        assert_eq!(store.sole("bridge", "bridge.run", now).unwrap_err().kind(), ErrorKind::Busy);
        drop(first);
        assert_eq!(store.sole_holder("bridge"), None);
        drop(store.sole("bridge", "bridge.run", now).unwrap());
    }
}
