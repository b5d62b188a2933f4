//! Remembers which doors somebody has locked by hand.

use std::collections::BTreeMap;

use super::Machine;
use crate::domain::model::Slug;

impl Machine {
    /// Locks doors that somebody had locked by hand before this program was started, even those that
    /// appear later.
    pub fn keep_locked(&mut self, locked: BTreeMap<Slug, String>) {
        self.kept_locks = locked;
        for (name, door) in &mut self.doors {
            if let Some(by) = self.kept_locks.remove(name) {
                door.lock_by_hand(by);
            }
        }
    }

    /// Returns who has locked which door by hand.
    #[must_use]
    pub fn locked_by_hand(&self) -> BTreeMap<Slug, String> {
        let doors = self.doors.iter();
        let found =
            doors.filter_map(|(name, door)| Some((name.clone(), door.locked_by()?.to_owned())));
        found.chain(self.kept_locks.clone()).collect()
    }
}
