//! Reads all journals as one, and follows what is appended to them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::{
    filter::Filter,
    line,
    look::{ALL, look},
    month_file,
    scan::Read,
};
use crate::{
    domain::model::{Activity, Finding, FindingCode, text},
    store::{StoreError, disk::io_at},
};

/// The journals, read up to some position.
#[derive(Debug)]
pub struct Tail {
    folder: PathBuf,
    filter: Filter,
    /// The position in each file, by the path of its uncompressed form.
    read: BTreeMap<PathBuf, Position>,
}

#[derive(Debug, Default)]
struct Position {
    bytes: u64,
    lines: u32,
    /// Whether nothing more can come.
    done: bool,
    /// A last line that may still have been growing when last read.
    half: Option<(u32, Read)>,
}

impl Tail {
    /// Starts at the beginning of all journals in a folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, filter: Filter) -> Self {
        Self { folder: folder.into(), filter, read: BTreeMap::new() }
    }

    /// Returns the folder to watch for more.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads what was appended since the last call, sorted by time, and returns warnings for lines
    /// that could not be read: a crash may leave one unfinished. An incomplete last line may still
    /// be growing, and is left for the next call.
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
            let (content, scan) = look(&path, position.bytes, ALL).map_err(io_at(&path))?;
            let shown = if content.packed { line::packed(&path) } else { path };
            for line in scan.lines {
                let number = position.lines.saturating_add(line.number);
                sort(&self.filter, &shown, number, line.read, &mut found, &mut findings);
            }
            if let Some(why) = content.damage {
                findings.push(damaged(&shown, &why));
            }
            position.half = scan.half.map(|it| (position.lines.saturating_add(it.number), it.read));
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

    /// Reads everything once, sorted by time, and returns warnings for lines that could not be
    /// read, including the last ones.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn all(mut self) -> Result<(Vec<Activity>, Vec<Finding>), StoreError> {
        let (mut found, mut findings) = self.poll()?;
        if self.read.values().any(|position| position.half.is_some()) {
            // A line still growing at the first look is complete at the second.
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

pub(super) fn torn(path: &Path, number: u32, why: &str) -> Finding {
    let message = format!(
        "is skipped: not an activity, probably cut short by a crash ({})",
        text::shown(why)
    );
    Finding::warning(FindingCode::TornLine, path.display(), message).at(number, 1)
}

pub(super) fn damaged(path: &Path, why: &str) -> Finding {
    let message = format!(
        "is damaged: only its beginning could be read ({}); restore it from a backup",
        text::shown(why)
    );
    Finding::warning(FindingCode::DamagedMonth, path.display(), message)
}
