//! Finds the most recent unknown fob, so that it can be enrolled.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::civil::Date;

use super::{line, month_file, read_settled::ALL};
use crate::{
    domain::model::{Activity, Reason, Slug},
    store::{StoreError, disk::io_at},
};

/// Finds the most recent fob at a facility that nobody holds, given the journals' folder.
///
/// # Errors
/// A file cannot be read.
pub fn last_unknown(folder: &Path, facility: &Slug) -> Result<Option<Activity>, StoreError> {
    let mut by_month = BTreeMap::<Date, Vec<PathBuf>>::new();
    for (path, month) in month_file::list(folder)? {
        by_month.entry(month.month).or_default().push(path);
    }
    let wanted = |it: &Activity| {
        let unknown = matches!(it.reason, Reason::UnknownCredential | Reason::LockedOut);
        it.facility == *facility && unknown && it.fob.is_some()
    };
    for paths in by_month.into_values().rev() {
        let mut last: Option<Activity> = None;
        for path in paths {
            let bytes = month_file::read(&path, 0, ALL).map_err(io_at(&path))?.bytes;
            let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
            let newest =
                lines.filter_map(|it| line::parse(it).ok()).filter(wanted).max_by_key(|it| it.time);
            last = last.into_iter().chain(newest).max_by_key(|it| it.time);
        }
        if last.is_some() {
            return Ok(last);
        }
    }
    Ok(None)
}
