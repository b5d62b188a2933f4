//! Whose turn it is to write tickets or to sweep them.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use crate::store::{
    StoreError,
    disk::{io_at, private_dir},
};

/// The file that stands for it.
const FILE: &str = "turn";

/// Waits until nobody else writes in a folder or sweeps it, until the file is dropped: what is just
/// being written cannot be told from what was never finished.
///
/// # Errors
/// The file cannot be made or locked.
pub(super) fn turn(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(FILE);
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let take = || {
        private_dir(folder)?;
        let file = options.open(&path)?;
        file.lock()?;
        Ok(file)
    };
    take().map_err(io_at(&path))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use crate::{
        domain::model::MemberId,
        store::tickets::{Session, Tickets},
    };

    /// A sweep once took files away that others were just writing: a member who asked for a link at
    /// that moment got none.
    #[test]
    fn what_is_added_while_others_sweep_is_there() {
        const NOW: Timestamp = Timestamp::UNIX_EPOCH;
        let dir = tempfile::tempdir().unwrap();
        let sessions = Tickets::<Session>::new(dir.path().join("sessions"));
        let add = &|number: u64| {
            let member = MemberId::new(number).unwrap();
            sessions.sweep(NOW).unwrap();
            sessions.add(&Session::new(member, "mail", NOW))
        };
        let known = std::thread::scope(|scope| {
            let some = |from: u64| scope.spawn(move || (from..from + 40).map(add).collect());
            let all: Vec<_> = (0..8).map(|it| some(1 + it * 40)).collect();
            all.into_iter().flat_map(|it| -> Vec<_> { it.join().unwrap() }).collect::<Vec<_>>()
        });
        for known_by in known {
            let known_by = known_by.unwrap();
            assert!(sessions.get(&known_by, NOW).unwrap().is_some(), "{known_by}");
        }
    }
}
