//! Months of measurements that have been kept longer than allowed. What is removed are the measurements;
//! what was used in each quarter of an hour stays, for comparison.

use std::path::{Path, PathBuf};

use jiff::{ToSpan as _, civil::Date};

use super::{month_file, slices};
use crate::{
    domain::model::Slug,
    store::{
        StoreError,
        disk::{durable, io_at},
    },
};

/// A month of measurements of a meter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expired {
    /// Its file.
    pub path: PathBuf,
    /// The meter.
    pub meter: Slug,
    /// Its first day, in UTC.
    pub month: Date,
}

/// Lists the months that ended before a day, in UTC.
///
/// # Errors
/// A folder cannot be read.
pub fn before(folder: &Path, day: Date) -> Result<Vec<Expired>, StoreError> {
    let mut found = Vec::new();
    for meter in month_file::meters(folder)? {
        for month in month_file::list(folder, &meter)? {
            if month.saturating_add(1.month()) <= day {
                let path = month_file::path(folder, &meter, month);
                found.push(Expired { path, meter: meter.clone(), month });
            }
        }
    }
    Ok(found)
}

/// Removes the measurements of a month; with `keep`, once what was used in it is on the disk.
///
/// # Errors
/// The system reported an error, or what was used in the month is to be kept and is not known yet.
pub fn remove(expired: &Expired, keep: bool) -> Result<(), StoreError> {
    let path = &expired.path;
    if keep {
        slices::keep(&path.with_extension(month_file::KEPT))?;
    }
    durable::remove(path).map_err(io_at(path))?;
    let folder = path.parent().unwrap_or(path);
    durable::flush_dir(folder).map_err(io_at(folder))
}
