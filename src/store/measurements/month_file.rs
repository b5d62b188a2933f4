//! Where the files of measurements lie, and how one is read and appended to.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    domain::model::Slug,
    store::{StoreError, disk::io_at},
};

/// The ending of a file of measurements.
const MEASURED: &str = "measured";

/// The ending of a file of quarters of an hour.
pub(super) const KEPT: &str = "quarters";

/// Returns the folder of measurements below the one that a store keeps its state in, unless the configuration names another one.
#[must_use]
pub fn folder(store: &Path) -> PathBuf {
    store.join("measurements")
}

/// Returns the first day of the month, in UTC, in which a moment lies.
pub(super) fn month_of(millis: i64) -> Date {
    // Not even the last timestamp is within the range that it takes.
    let end = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let at = Timestamp::from_millisecond(millis).unwrap_or(end);
    TimeZone::UTC.to_datetime(at).date().first_of_month()
}

/// Returns the path of a month's file.
pub(super) fn path(folder: &Path, meter: &Slug, month: Date) -> PathBuf {
    let name = format!("{:04}-{:02}.{MEASURED}", month.year(), month.month());
    folder.join(meter.as_str()).join(name)
}

/// Returns when a month begins.
pub(super) fn begins(month: Date) -> Timestamp {
    month.to_zoned(TimeZone::UTC).map_or(Timestamp::MIN, |it| it.timestamp())
}

/// Lists the months of which there are measurements, the oldest first.
pub(super) fn list(folder: &Path, meter: &Slug) -> Result<Vec<Date>, StoreError> {
    list_ending(&folder.join(meter.as_str()), MEASURED)
}

/// Lists the months of which there are quarters of an hour.
pub(super) fn list_kept(folder: &Path, meter: &Slug) -> Result<Vec<Date>, StoreError> {
    list_ending(&folder.join(meter.as_str()), KEPT)
}

/// Lists the meters of which there is something.
pub(super) fn meters(folder: &Path) -> Result<Vec<Slug>, StoreError> {
    let mut found: Vec<Slug> = names(folder)?.iter().filter_map(|it| it.parse().ok()).collect();
    found.sort_unstable();
    Ok(found)
}

fn list_ending(folder: &Path, ending: &str) -> Result<Vec<Date>, StoreError> {
    let mut months: Vec<Date> =
        names(folder)?.iter().filter_map(|name| parse(name, ending)).collect();
    months.sort_unstable();
    Ok(months)
}

/// Lists what lies in a folder.
fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io_at(folder)(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        found.extend(entry.map_err(io_at(folder))?.file_name().into_string().ok());
    }
    Ok(found)
}

fn parse(name: &str, ending: &str) -> Option<Date> {
    let (month, rest) = name.split_once('.')?;
    let (year, month) = month.split_once('-')?;
    let written = rest == ending && year.len() == 4 && month.len() == 2;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok().filter(|_| written)
}

/// Returns the length of a file; one that does not exist has none.
pub(super) fn length(path: &Path) -> Result<u64, StoreError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(io_at(path)(error)),
    }
}

/// Reads a file; one that does not exist is empty.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other.map_err(io_at(path)),
    }
}

/// Reads at most so many bytes at the end of a file.
pub(super) fn read_end(path: &Path, most: u64) -> Result<Vec<u8>, StoreError> {
    let read = || {
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let length = file.metadata()?.len();
        io::Seek::seek(&mut file, io::SeekFrom::Start(length.saturating_sub(most)))?;
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(io_at(path))
}

/// Appends to a file, all or nothing; what others append meanwhile waits.
pub(super) fn append(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
        let mut file = options.open(path)?;
        file.lock()?;
        let before = file.metadata()?.len();
        let written = file.write_all(bytes);
        if written.is_err() {
            // What is left of it would be skipped when it is read; the disk may be full.
            let _ = file.set_len(before);
        }
        written
    };
    write().map_err(io_at(path))
}
