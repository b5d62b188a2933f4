//! Who changed what: the commits of a space, in words.

use std::collections::HashSet;

use git2::Oid;
use jiff::Timestamp;

use crate::domain::model::{CommitId, MemberId, RecordPath, Slug, Subject, budget};
use crate::store::{
    Author, Changed, Store, StoreError,
    objects::commit::Commit,
    objects::compare::compare,
    objects::damage::{Damage, DamagedFolder},
    objects::ids::{commit_id, oid},
    write::trailer::{MEMBERS, TRAILER},
};

/// Which commits to list.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The newest commit to consider; by default the branch's newest.
    pub to: Option<CommitId>,
    /// A commit that is already known, with all its ancestors.
    pub beyond: Option<CommitId>,
    /// The earliest moment. A commit is dated by somebody's clock, so older ones may lie between.
    pub since: Option<Timestamp>,
    /// What the commits are about.
    pub about: LogScope,
    /// A part of the author's name or e-mail address, in upper or lower case.
    pub author: Option<String>,
    /// The maximum number of commits.
    pub limit: Option<usize>,
}

/// What a commit must have changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum LogScope {
    /// Anything.
    #[default]
    Everything,
    /// Nothing: every commit is listed, even one that changed no file.
    EveryCommit,
    /// This record.
    Record(RecordPath),
    /// Any record of this member.
    Member(MemberId),
    /// This facility, or any requirement of it.
    Facility(Slug),
}

/// One commit.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// Its id.
    pub id: CommitId,
    /// When it was made.
    pub time: Timestamp,
    /// Who made it.
    pub author: Author,
    /// What was done, in one line.
    pub subject: Subject,
    /// The same for machines, if this program made the commit.
    pub trailer: Option<String>,
    /// The whole message.
    pub message: String,
}

impl LogScope {
    /// Returns the path that differs between such a commit and its parents.
    fn path(&self) -> String {
        match self {
            Self::Everything | Self::EveryCommit => String::new(),
            Self::Record(record_path) => record_path.to_string(),
            Self::Member(id) => format!("members/{}/{id}", id.bucket()),
            Self::Facility(name) => format!("facilities/{name}"),
        }
    }
}

impl Store {
    /// Lists commits, newest first.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn log(&self, query: &Query) -> Result<Vec<LogEntry>, StoreError> {
        let fail = self.damaged("read the history", "");
        let newest = query.to.map_or_else(|| self.head(), Ok)?;
        let path = query.about.path();
        let mut unknown: Option<HashSet<Oid>> = match query.beyond {
            Some(known) => Some(self.sides(oid(newest), oid(known))?.0.into_iter().collect()),
            None => None,
        };
        let is_late = |it: &Commit| query.since.is_none_or(|since| since <= time(it));
        let mut entries = Vec::new();
        for commit in self.walk(oid(newest)) {
            if query.limit.is_some_and(|limit| entries.len() >= limit) {
                break;
            }
            let commit = commit.map_err(&fail)?;
            if unknown.as_ref().is_some_and(HashSet::is_empty) {
                break;
            }
            let new = unknown.as_mut().is_none_or(|unknown| unknown.remove(&commit.id));
            let meant = new
                && is_late(&commit)
                && query.author.as_ref().is_none_or(|wanted| is_by(&commit, wanted))
                && (query.about == LogScope::EveryCommit
                    || self.touches(&commit, &path).map_err(&fail)?);
            if meant {
                entries.push(entry(&commit));
            }
        }
        Ok(entries)
    }

    /// Returns the newest commit up to `at` that changed a record, if any.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn last_change(
        &self,
        at: CommitId,
        record_path: &RecordPath,
    ) -> Result<Option<LogEntry>, StoreError> {
        Ok(self.last_changes(at, std::slice::from_ref(record_path))?.pop().flatten())
    }

    /// Returns such a commit for each of several records, in one walk.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn last_changes(
        &self,
        at: CommitId,
        paths: &[RecordPath],
    ) -> Result<Vec<Option<LogEntry>>, StoreError> {
        let fail = self.damaged("read the history", "");
        let mut found = vec![None; paths.len()];
        let mut pending: Vec<(usize, String)> =
            paths.iter().map(ToString::to_string).enumerate().collect();
        for commit in self.walk(oid(at)) {
            if pending.is_empty() {
                break;
            }
            let commit = commit.map_err(&fail)?;
            let mut remaining = Vec::with_capacity(pending.len());
            for (record_path, path) in pending {
                if self.touches(&commit, &path).map_err(&fail)? {
                    found[record_path] = Some(entry(&commit));
                } else {
                    remaining.push((record_path, path));
                }
            }
            pending = remaining;
        }
        Ok(found)
    }

    /// Describes one commit.
    ///
    /// # Errors
    /// There is no such commit.
    pub fn log_entry(&self, commit: CommitId) -> Result<LogEntry, StoreError> {
        self.find_commit(commit).map(|found| entry(&found))
    }

    /// Lists the files that a commit changed, compared with its first parent.
    ///
    /// # Errors
    /// There is no such commit.
    pub fn changed_by(&self, commit: CommitId) -> Result<Vec<Changed>, StoreError> {
        let found = self.find_commit(commit)?;
        let parent = found.parent().and_then(|id| self.database().commit(id).ok());
        let before = parent.map(|parent| parent.tree);
        let recent = &mut self.recent();
        let changed = compare(recent, self.database(), before, Some(found.tree), budget::CHANGED);
        changed.map_err(self.torn("compare trees"))
    }

    /// Tells whether a commit changed what is at a path: it differs from all parents.
    fn touches(&self, commit: &Commit, path: &str) -> Result<bool, Damage> {
        let at = |tree: Oid| match self.recent().find(self.database(), tree, path) {
            // A commit that is never used has nothing to say.
            Err(DamagedFolder { damage: Damage::Odd(_), .. }) => Ok(None),
            Err(DamagedFolder { damage, .. }) => Err(damage),
            Ok(found) => Ok(found),
        };
        let now = at(commit.tree)?;
        if commit.parents.is_empty() {
            return Ok(now.is_some());
        }
        for parent in &commit.parents {
            if at(self.database().commit(*parent)?.tree)? == now {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn find_commit(&self, commit: CommitId) -> Result<Commit, StoreError> {
        self.database().commit(oid(commit)).map_err(|damage| match damage {
            Damage::Broken { .. } => self.damaged("read a commit", "")(damage),
            _ => StoreError::UnknownRevision(commit.to_string()),
        })
    }
}

fn time(commit: &Commit) -> Timestamp {
    Timestamp::from_second(commit.seconds).unwrap_or(Timestamp::MIN)
}

fn entry(commit: &Commit) -> LogEntry {
    let message = commit.text().into_owned();
    let trailer = |key| message.lines().rev().find_map(|it| it.strip_prefix(key));
    let members = trailer(MEMBERS).unwrap_or_default().split(' ');
    let members = members.filter_map(|it| it.parse().ok()).collect();
    let subject = message.lines().next().unwrap_or_default().to_owned();
    LogEntry {
        id: commit_id(commit.id),
        time: time(commit),
        author: author(commit),
        subject: Subject::of_commit(subject, members),
        trailer: trailer(TRAILER).map(Into::into),
        message,
    }
}

fn author(commit: &Commit) -> Author {
    let (name, email) = commit.author.clone();
    Author { name, email }
}

fn is_by(commit: &Commit, wanted: &str) -> bool {
    let (name, email) = &commit.author;
    format!("{name} <{email}>").to_lowercase().contains(&wanted.to_lowercase())
}
