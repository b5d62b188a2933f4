//! Reading all journals as one, and what is appended to them since.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use super::{
    filter::Filter,
    line,
    month_file::{self, Content},
    scan::{Read, Scan},
};
use crate::{
    domain::model::{Activity, Finding, FindingCode, text},
    store::{StoreError, disk::io_at},
};

/// How often something doubtful is looked at before it is left for the next time.
const LOOKS: usize = 8;

/// The journals, read up to somewhere.
#[derive(Debug)]
pub struct Tail {
    folder: PathBuf,
    filter: Filter,
    /// How far each file was read, by where it lies uncompressed.
    read: BTreeMap<PathBuf, Position>,
}

#[derive(Debug, Default)]
struct Position {
    bytes: u64,
    lines: u32,
    /// Whether nothing more can come.
    done: bool,
    /// A last line that may have been on its way at the last look.
    half: Option<(u32, Read)>,
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
    /// could not be read: a crash may leave one unfinished. A last line that is not whole may be
    /// on its way, and is left for the next call.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn poll(&mut self) -> Result<(Vec<Activity>, Vec<Finding>), StoreError> {
        let (mut found, mut findings) = (Vec::new(), Vec::new());
        for (path, month) in month_file::list(&self.folder)? {
            if !self.filter.meets(month.month) {
                continue;
            }
            let position = self.read.entry(path.clone()).or_default();
            if position.done {
                continue;
            }
            let (content, scan) = look(&path, position.bytes).map_err(io_at(&path))?;
            let shown = if content.packed { line::packed(&path) } else { path };
            for (number, read) in scan.lines {
                let number = position.lines.saturating_add(number);
                sort(&self.filter, &shown, number, read, &mut found, &mut findings);
            }
            if let Some(why) = content.damage {
                findings.push(damaged(&shown, &why));
            }
            position.half =
                scan.half.map(|(number, it)| (position.lines.saturating_add(number), it));
            position.bytes += scan.upto.0;
            position.lines = position.lines.saturating_add(scan.upto.1);
            position.done = content.packed;
            if position.done
                && let Some((number, read)) = position.half.take()
            {
                sort(&self.filter, &shown, number, read, &mut found, &mut findings);
            }
        }
        found.sort_by_key(|activity| activity.time);
        Ok((found, findings))
    }

    /// Reads what is there, once, sorted by time, and warnings for lines that could not be read,
    /// the last ones included.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn all(mut self) -> Result<(Vec<Activity>, Vec<Finding>), StoreError> {
        let (mut found, mut findings) = self.poll()?;
        if self.read.values().any(|position| position.half.is_some()) {
            // What was on its way at the first look is there at the second.
            let (more, warnings) = self.poll()?;
            found.extend(more);
            findings.extend(warnings);
        }
        for (path, position) in self.read {
            if let Some((number, read)) = position.half {
                sort(&self.filter, &path, number, read, &mut found, &mut findings);
            }
        }
        found.sort_by_key(|activity| activity.time);
        Ok((found, findings))
    }
}

/// Reads a file from a position on. What is read while a page of it is written may show the pages
/// behind it as they will be, and that page as it was: then it is looked at again.
fn look(path: &Path, from: u64) -> io::Result<(Content, Scan)> {
    let mut content = month_file::read(path, from)?;
    let mut scan = Scan::new(&content.bytes);
    for _ in 1..LOOKS {
        if !scan.is_doubtful() {
            return Ok((content, scan));
        }
        let again = month_file::read(path, from)?;
        if again.bytes == content.bytes {
            return Ok((content, scan));
        }
        scan = Scan::new(&again.bytes);
        content = again;
    }
    scan.keep_sound();
    Ok((content, scan))
}

fn sort(
    filter: &Filter,
    path: &Path,
    number: u32,
    read: Read,
    found: &mut Vec<Activity>,
    findings: &mut Vec<Finding>,
) {
    match read {
        Ok(activity) if filter.matches(&activity) => found.push(activity),
        Ok(_) => {}
        Err(why) => findings.push(torn(path, number, &why)),
    }
}

fn torn(path: &Path, number: u32, why: &str) -> Finding {
    let message = format!(
        "is no activity, probably since a crash cut it short; it is skipped ({})",
        text::shown(why)
    );
    Finding::warning(FindingCode::TornLine, path.display(), message).at(number, 1)
}

fn damaged(path: &Path, why: &str) -> Finding {
    let message = format!(
        "is damaged, and only its beginning could be read ({}); take it from a backup",
        text::shown(why)
    );
    Finding::warning(FindingCode::DamagedMonth, path.display(), message)
}
