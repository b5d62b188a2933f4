//! Months of the journals that have been kept longer than allowed.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use jiff::{ToSpan as _, civil::Date};

use super::{line, month_file};
use crate::store::{
    StoreError,
    disk::{durable, io_at},
};

/// A month of a journal, compressed or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expired {
    /// The path of its uncompressed file.
    pub path: PathBuf,
    /// Its first day, in UTC.
    pub month: Date,
}

/// Lists the months that ended before a day, in UTC.
///
/// # Errors
/// The folder cannot be read.
pub fn before(folder: &Path, day: Date) -> Result<Vec<Expired>, StoreError> {
    let mut found: Vec<Expired> = month_file::list(folder)?
        .into_iter()
        .filter(|(_, it)| it.month.saturating_add(1.month()) <= day)
        .map(|(path, it)| Expired { path, month: it.month })
        .collect();
    found.sort_by(|a, b| (a.month, &a.path).cmp(&(b.month, &b.path)));
    Ok(found)
}

/// Removes a month unless a process writes to it; tells whether it did.
///
/// # Errors
/// The system reported an error.
pub fn remove(expired: &Expired) -> Result<bool, StoreError> {
    let path = &expired.path;
    // A writer holds the lock; it is held here until all files of the month are gone.
    let plain = match File::options().read(true).write(true).open(path) {
        Ok(file) => match file.try_lock() {
            Ok(()) => Some(file),
            Err(fs::TryLockError::WouldBlock) => return Ok(false),
            Err(fs::TryLockError::Error(error)) => return Err(io_at(path)(error)),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(io_at(path)(error)),
    };
    remove_files(path, plain.is_some())?;
    drop(plain);
    let folder = path.parent().unwrap_or(path);
    durable::flush_dir(folder).map_err(io_at(folder))?;
    Ok(true)
}

/// Removes a month; a plain file only if it is locked here, because otherwise somebody uses it.
fn remove_files(path: &Path, locked: bool) -> Result<(), StoreError> {
    let compressed = line::compressed_path(path);
    // An interrupted compression may have left a draft.
    let draft = compressed.with_extension("gz.new");
    for file in
        [Some(draft.as_path()), Some(&compressed), locked.then_some(path)].into_iter().flatten()
    {
        durable::remove(file).map_err(io_at(file))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_file_created_in_the_meantime_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        fs::write(&path, "").unwrap();
        remove_files(&path, false).unwrap();
        assert!(path.exists());
        remove_files(&path, true).unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn whole_months_go_plain_or_compressed_unless_somebody_writes() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str| dir.path().join(name);
        const DRAFT: &str = "door-2026-01.jsonl.gz.new";
        for name in
            ["door-2026-01.jsonl", "door-2026-02.jsonl.gz", "door-2026-03.jsonl", "x.txt", DRAFT]
        {
            fs::write(file(name), "").unwrap();
        }
        let found = |day| before(dir.path(), day).unwrap();
        assert_eq!(found(date(2026, 1, 31)), []);
        let months: Vec<Date> = found(date(2026, 3, 31)).iter().map(|it| it.month).collect();
        assert_eq!(months, [date(2026, 1, 1), date(2026, 2, 1)]);
        let writer = File::options().write(true).open(file("door-2026-01.jsonl")).unwrap();
        writer.lock().unwrap();
        let gone: Vec<bool> =
            found(date(2026, 3, 31)).iter().map(|it| remove(it).unwrap()).collect();
        assert_eq!(gone, [false, true]);
        drop(writer);
        assert!(remove(&found(date(2026, 3, 31))[0]).unwrap());
        let mut left: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["door-2026-03.jsonl", "x.txt"]);
    }
}
