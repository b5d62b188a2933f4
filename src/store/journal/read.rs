//! Reading all journals as one, and what is appended to them since.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use super::line;
use crate::{
    domain::model::{Activity, Finding, MemberId, Outcome, Reason, Slug, text},
    store::StoreError,
};

/// Which activities are wanted; the default is all of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Only at this facility.
    pub facility: Option<Slug>,
    /// Only by this member.
    pub member: Option<MemberId>,
    /// Only with this result.
    pub result: Option<Outcome>,
    /// Only from this instant on.
    pub from: Option<Timestamp>,
    /// Only before this instant.
    pub until: Option<Timestamp>,
}

impl Filter {
    /// Tells whether an activity is wanted.
    #[must_use]
    pub fn matches(&self, it: &Activity) -> bool {
        self.facility.as_ref().is_none_or(|facility| *facility == it.facility)
            && self.member.is_none_or(|member| Some(member) == it.member)
            && self.result.is_none_or(|result| result == it.result)
            && self.from.is_none_or(|from| from <= it.time)
            && self.until.is_none_or(|until| it.time < until)
    }

    /// Tells whether a month can contain what is wanted.
    fn meets(&self, month: Date) -> bool {
        let first = |day: Date| day.to_zoned(TimeZone::UTC).map(|at| at.timestamp());
        let (Ok(start), Ok(end)) = (first(month), first(month.saturating_add(1.month()))) else {
            return true;
        };
        self.from.is_none_or(|from| from < end) && self.until.is_none_or(|until| start < until)
    }
}

/// The journals, read up to somewhere.
#[derive(Debug)]
pub struct Tail {
    folder: PathBuf,
    filter: Filter,
    /// How far each file was read, in bytes and in lines.
    read: BTreeMap<PathBuf, (u64, u32)>,
}

impl Tail {
    /// Starts at the beginning of all journals in a folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, filter: Filter) -> Self {
        Self { folder: folder.into(), filter, read: BTreeMap::new() }
    }

    /// Returns the folder in which something changes when there is more to read.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads what was appended since the last call, sorted by time, and warnings for lines that
    /// could not be read: a crash may leave one unfinished.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn poll(&mut self) -> Result<(Vec<Activity>, Vec<Finding>), StoreError> {
        let (mut found, mut findings) = (Vec::new(), Vec::new());
        for (path, month) in files(&self.folder)? {
            if !self.filter.meets(month) {
                continue;
            }
            let (bytes, lines) = self.read.entry(path.clone()).or_default();
            let new = read_from(&path, *bytes).map_err(|e| fail(&path, e))?;
            // The last line may be on its way: it is read once it is ended.
            let whole = new.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            *bytes += whole as u64;
            for text in new[..whole].split_inclusive(|byte| *byte == b'\n') {
                *lines = lines.saturating_add(1);
                match line::parse(text.trim_ascii()) {
                    Ok(activity) if self.filter.matches(&activity) => found.push(activity),
                    Ok(_) => {}
                    Err(_) if text.trim_ascii().is_empty() => {}
                    Err(why) => findings.push(torn(&path, *lines, &why)),
                }
            }
        }
        found.sort_by_key(|activity| activity.time);
        Ok((found, findings))
    }
}

/// Finds the fob that nobody holds and that was read last at a facility, so that it can be
/// enrolled.
///
/// # Errors
/// A file cannot be read.
pub fn last_unknown(folder: &Path, facility: &Slug) -> Result<Option<Activity>, StoreError> {
    let mut months = BTreeMap::<Date, Vec<PathBuf>>::new();
    for (path, month) in files(folder)? {
        months.entry(month).or_default().push(path);
    }
    let wanted = |it: &Activity| {
        it.facility == *facility && it.reason == Reason::UnknownCredential && it.fob.is_some()
    };
    for paths in months.into_values().rev() {
        let mut last: Option<Activity> = None;
        for path in paths {
            let bytes = read_from(&path, 0).map_err(|error| fail(&path, error))?;
            let lines = bytes.rsplit(|byte| *byte == b'\n').filter_map(|it| line::parse(it).ok());
            let newest = lines.filter(wanted).max_by_key(|it| it.time);
            last = last.into_iter().chain(newest).max_by_key(|it| it.time);
        }
        if last.is_some() {
            return Ok(last);
        }
    }
    Ok(None)
}

/// Lists the journals' files with their months, sorted by name.
fn files(folder: &Path) -> Result<Vec<(PathBuf, Date)>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fail(folder, error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| fail(folder, error))?;
        if let Some(month) = entry.file_name().to_str().and_then(line::month) {
            files.push((entry.path(), month));
        }
    }
    files.sort();
    Ok(files)
}

fn read_from(path: &Path, offset: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn torn(path: &Path, number: u32, why: &str) -> Finding {
    let message = format!(
        "is no activity, probably since a crash cut it short; it is skipped ({})",
        text::shown(why)
    );
    Finding::warning("torn-line", path.display(), message).at(number, 1)
}

fn fail(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { path: path.to_owned(), source }
}
