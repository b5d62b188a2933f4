//! The key that codes are hashed with, which may be missing, and may come later.

use std::sync::Arc;

use super::follower::{Follower, News};
use crate::domain::{
    access::Index,
    model::{Finding, FindingCode, RecordPath, SpaceKey},
};

impl Follower {
    /// Takes the key into use that was missing before.
    pub(super) fn late_key(&mut self, index: &Arc<Index>) -> Option<News> {
        if self.key.is_some() {
            return None;
        }
        self.key = Some(self.store().ok()?.key().ok()?);
        let (index, key, findings) = (index.clone(), self.key.clone(), index.findings().to_vec());
        Some(News::InForce { index, key, findings, committed: self.committed })
    }

    /// Reads the key, and reports if it is not there.
    pub(super) fn read_key(&mut self, findings: &mut Vec<Finding>) {
        match self.store().and_then(|store| store.key()) {
            Ok(key) => self.key = Some(key),
            // The old key stays: it is the best guess, and a wrong key only keeps doors shut.
            Err(error) => {
                if self.key.is_none() {
                    self.key = self.copied_key();
                }
                findings.push(
                    Finding::error(FindingCode::Key, RecordPath::Space, error.to_string())
                        .advise(error.hint()),
                );
            }
        }
    }

    /// Returns the key in the copy, if it is that of the newest commit.
    fn copied_key(&self) -> Option<SpaceKey> {
        let key = self.copy.as_ref()?.head()?.key()?;
        let store = self.store().ok()?;
        let (basis, _) = store.read(store.head().ok()?).ok()?.basis();
        (basis.space.get()?.key_id.as_ref() == Some(&key.id())).then_some(key)
    }
}
