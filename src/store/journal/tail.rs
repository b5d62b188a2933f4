//! Reads all journals as one, and follows what is appended to them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::{
    filter::Filter,
    line, month_file,
    read_settled::{ALL, read_settled},
    scan::ParsedLine,
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
    unfinished: Option<(u32, ParsedLine)>,
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
            if !self.filter.overlaps(month.month) {
                continue;
            }
            let position = self.read.entry(path.clone()).or_default();
            if position.done {
                continue;
            }
            let (content, scan) = read_settled(&path, position.bytes, ALL).map_err(io_at(&path))?;
            let shown_path = if content.compressed { line::compressed_path(&path) } else { path };
            for line in scan.lines {
                let number = position.lines.saturating_add(line.number);
                classify(&self.filter, &shown_path, number, line.read, &mut found, &mut findings);
            }
            if let Some(why) = content.damage {
                findings.push(damaged(&shown_path, &why));
            }
            position.unfinished =
                scan.unfinished.map(|it| (position.lines.saturating_add(it.number), it.read));
            position.bytes += scan.end.0;
            position.lines = position.lines.saturating_add(scan.end.1);
            position.done = content.compressed;
            if position.done
                && let Some((number, read)) = position.unfinished.take()
            {
                classify(&self.filter, &shown_path, number, read, &mut found, &mut findings);
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
        if self.read.values().any(|position| position.unfinished.is_some()) {
            // A line still growing at the first look is complete at the second.
            let (more, warnings) = self.poll()?;
            found.extend(more);
            findings.extend(warnings);
        }
        for (path, position) in self.read {
            if let Some((number, read)) = position.unfinished {
                classify(&self.filter, &path, number, read, &mut found, &mut findings);
            }
        }
        found.sort_by_key(|activity| activity.time);
        Ok((found, findings))
    }
}

fn classify(
    filter: &Filter,
    path: &Path,
    number: u32,
    read: ParsedLine,
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
