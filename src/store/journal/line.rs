//! The names of journal files, and the form of their lines.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::domain::model::Activity;

/// The extension of a compressed file.
const EXTENSION: &str = ".gz";

/// Returns the default folder of the journals, given the store's own ([`Store::dir`]).
///
/// [`Store::dir`]: crate::store::Store::dir
#[must_use]
pub fn folder(store: &Path) -> PathBuf {
    store.join("journal")
}

/// Returns the name of a process's file for the month of an instant, in UTC: `door-2026-11.jsonl`.
pub(super) fn file_name(process: &str, at: Timestamp) -> String {
    let date = TimeZone::UTC.to_datetime(at).date();
    format!("{process}-{:04}-{:02}.jsonl", date.year(), date.month())
}

/// Returns the first day of the month whose file has an instant.
pub(super) fn month(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date().first_of_month()
}

/// The parts of a journal file's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Name {
    /// The first day of its month.
    pub(super) month: Date,
    /// The name without the extension of compression.
    pub(super) plain: String,
    /// Whether it is compressed.
    pub(super) compressed: bool,
}

/// Reads the name of a journal file; `None` for other files.
pub(super) fn parse_name(file: &str) -> Option<Name> {
    let (plain, compressed) =
        file.strip_suffix(EXTENSION).map_or((file, false), |plain| (plain, true));
    let (rest, month) = plain.strip_suffix(".jsonl")?.rsplit_once('-')?;
    let (process, year) = rest.rsplit_once('-')?;
    let named = !process.is_empty() && year.len() == 4 && month.len() == 2;
    let month = named.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok())??;
    Some(Name { month, plain: plain.to_owned(), compressed })
}

/// Returns the path of a file once it is compressed.
pub(super) fn compressed_path(path: &Path) -> PathBuf {
    let mut compressed = path.as_os_str().to_owned();
    compressed.push(EXTENSION);
    compressed.into()
}

/// Formats one activity as a line.
pub(super) fn write(activity: &Activity) -> Vec<u8> {
    let mut line = serde_json::to_vec(activity).expect("an activity is plain data");
    line.push(b'\n');
    line
}

/// Returns the id of the activity on a line, with or without its line break. It depends on nothing
/// but the line, so it survives compression, and a line that had to be written twice has one id.
pub(super) fn id(line: &[u8]) -> String {
    let hash = blake3::hash(line.trim_ascii()).to_hex();
    hash.as_str().get(..32).unwrap_or_default().to_owned()
}

/// Reads one line without its line break.
pub(super) fn parse(line: &[u8]) -> Result<Activity, String> {
    let activity: Activity = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    Ok(activity.modernised())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_file_is_named_after_its_process_and_month() {
        let at = "2026-11-30T23:59:59Z".parse().unwrap();
        assert_eq!(file_name("door", at), "door-2026-11.jsonl");
        let november = date(2026, 11, 1);
        for (file, compressed) in [("door-2026-11.jsonl", false), ("door-2-2026-11.jsonl.gz", true)]
        {
            let read = parse_name(file).unwrap();
            assert_eq!((read.month, read.compressed), (november, compressed), "{file}");
            assert_eq!(read.plain, file.trim_end_matches(".gz"));
        }
        for other in
            ["door.jsonl", "2026-11.jsonl", "-2026-11.jsonl", "door-2026-13.jsonl", "x", ".gz"]
        {
            assert_eq!(parse_name(other), None, "{other}");
        }
        assert_eq!(compressed_path(Path::new("a/b.jsonl")), Path::new("a/b.jsonl.gz"));
    }
}
