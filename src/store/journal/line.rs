//! The names of journals' files and the form of their lines.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::domain::model::Activity;

/// Returns the folder in which the journals lie unless another was chosen, given the store's own
/// ([`Store::dir`]).
///
/// [`Store::dir`]: crate::store::Store::dir
#[must_use]
pub fn folder(store: &Path) -> PathBuf {
    store.join("journal")
}

/// Names the file of a process for the month of an instant, in UTC: `door-2026-11.jsonl`.
pub(super) fn file_name(process: &str, at: Timestamp) -> String {
    let date = TimeZone::UTC.to_datetime(at).date();
    format!("{process}-{:04}-{:02}.jsonl", date.year(), date.month())
}

/// Returns the first day of the month that a journal's file is about; nothing for other files.
pub(super) fn month(file: &str) -> Option<Date> {
    let stem = file.strip_suffix(".jsonl")?;
    let (rest, month) = stem.rsplit_once('-')?;
    let (process, year) = rest.rsplit_once('-')?;
    let named = !process.is_empty() && year.len() == 4 && month.len() == 2;
    named.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok())?
}

/// Writes one activity as a line.
pub(super) fn write(activity: &Activity) -> Vec<u8> {
    let mut line = serde_json::to_vec(activity).expect("an activity is plain data");
    line.push(b'\n');
    line
}

/// Reads one line without its end.
pub(super) fn parse(line: &[u8]) -> Result<Activity, String> {
    serde_json::from_slice(line).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_file_is_named_after_its_process_and_month() {
        let at = "2026-11-30T23:59:59Z".parse().unwrap();
        assert_eq!(file_name("door", at), "door-2026-11.jsonl");
        assert_eq!(month("door-2026-11.jsonl"), Some(date(2026, 11, 1)));
        assert_eq!(month("door-2-2026-11.jsonl"), Some(date(2026, 11, 1)));
        for other in ["door.jsonl", "2026-11.jsonl", "-2026-11.jsonl", "door-2026-13.jsonl", "x"] {
            assert_eq!(month(other), None, "{other}");
        }
    }
}
