//! How much lies in the folders of records.

use std::ops::{AddAssign, Sub};

use serde::{Deserialize, Serialize};

use crate::domain::model::budget;

/// How many folders, files and folders, and files that a door reads of members there are.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Extent {
    pub(in crate::store) folders: u64,
    pub(in crate::store) entries: u64,
    pub(in crate::store) read: u64,
}

impl Extent {
    /// Says what there is too much of, if there is.
    pub(super) fn excess(&self) -> Option<String> {
        let counts = [
            (self.folders, budget::FOLDERS, "folders with records"),
            (self.entries, budget::ENTRIES, "records"),
            (self.read, budget::READ, "credentials and inductions"),
        ];
        let (_, most, what) = counts.into_iter().find(|(count, most, _)| count > most)?;
        Some(format!("has more than {most} {what}: remove those that are not needed"))
    }
}

impl AddAssign for Extent {
    fn add_assign(&mut self, more: Self) {
        self.folders += more.folders;
        self.entries += more.entries;
        self.read += more.read;
    }
}

impl Sub for Extent {
    type Output = Self;

    fn sub(self, less: Self) -> Self {
        Self {
            folders: self.folders.saturating_sub(less.folders),
            entries: self.entries.saturating_sub(less.entries),
            read: self.read.saturating_sub(less.read),
        }
    }
}
