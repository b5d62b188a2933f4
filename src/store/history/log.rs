//! Who changed what: the commits of a space, in words.

use git2::{Commit, Oid, Repository, Revwalk, Sort};
use jiff::Timestamp;

use crate::domain::model::{CommitId, MemberId, RecordPath, Slug, Subject, budget};
use crate::store::{
    Author, Changed, Store, StoreError,
    objects::compare::compare,
    objects::damage::{Damage, DamagedFolder},
    objects::ids::{commit_id, oid},
    write::apply::{MEMBERS, TRAILER},
};

/// Which commits to list.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The newest commit to consider; by default the branch's newest.
    pub to: Option<CommitId>,
    /// A commit that is already known, with all its ancestors.
    pub since: Option<CommitId>,
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
        let fail = self.git("read the history");
        let repo = self.repo()?;
        let newest = query.to.map_or_else(|| self.head(), Ok)?;
        let mut walk = newest_first(&repo, newest).map_err(&fail)?;
        if let Some(known) = query.since {
            walk.hide(oid(known)).map_err(&fail)?;
        }
        let path = query.about.path();
        let mut entries = Vec::new();
        for id in walk {
            if query.limit.is_some_and(|limit| entries.len() >= limit) {
                break;
            }
            let commit = id.and_then(|id| repo.find_commit(id)).map_err(&fail)?;
            let meant = query.about == LogScope::EveryCommit
                || self.touches(&commit, &path).map_err(&fail)?;
            if meant && query.author.as_ref().is_none_or(|wanted| is_by(&commit, wanted)) {
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
        let fail = self.git("read the history");
        let repo = self.repo()?;
        let mut found = vec![None; paths.len()];
        let mut pending: Vec<(usize, String)> =
            paths.iter().map(ToString::to_string).enumerate().collect();
        for id in newest_first(&repo, at).map_err(&fail)? {
            if pending.is_empty() {
                break;
            }
            let commit = id.and_then(|id| repo.find_commit(id)).map_err(&fail)?;
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
        let repo = self.repo()?;
        find_commit(&repo, commit).map(|found| entry(&found))
    }

    /// Lists the files that a commit changed, compared with its first parent.
    ///
    /// # Errors
    /// There is no such commit.
    pub fn changed_by(&self, commit: CommitId) -> Result<Vec<Changed>, StoreError> {
        let repo = self.repo()?;
        let found = find_commit(&repo, commit)?;
        let before = found.parent(0).ok().map(|parent| parent.tree_id());
        let recent = &mut self.recent();
        let changed =
            compare(recent, self.database(), before, Some(found.tree_id()), budget::CHANGED);
        changed.map_err(self.torn("compare trees"))
    }

    /// Tells whether a commit changed what is at a path: it differs from all parents.
    fn touches(&self, commit: &Commit<'_>, path: &str) -> Result<bool, git2::Error> {
        let at = |tree: Oid| match self.recent().find(self.database(), tree, path) {
            // A commit that is never used has nothing to say.
            Err(DamagedFolder { damage: Damage::Odd(_), .. }) => Ok(None),
            Err(DamagedFolder { damage: Damage::Lost(error), .. }) => Err(error),
            Ok(found) => Ok(found),
        };
        let now = at(commit.tree_id())?;
        if commit.parent_count() == 0 {
            return Ok(now.is_some());
        }
        for parent in commit.parents() {
            if at(parent.tree_id())? == now {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Walks a commit and its ancestors, each after all its descendants.
fn newest_first(repo: &Repository, from: CommitId) -> Result<Revwalk<'_>, git2::Error> {
    let mut walk = repo.revwalk()?;
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME)?;
    walk.push(oid(from))?;
    Ok(walk)
}

fn find_commit(repo: &Repository, commit: CommitId) -> Result<Commit<'_>, StoreError> {
    let found = repo.find_commit(oid(commit));
    found.map_err(|_| StoreError::UnknownRevision(commit.to_string()))
}

fn entry(commit: &Commit<'_>) -> LogEntry {
    let author = commit.author();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let message = text(commit.message_bytes());
    let trailer = |key| message.lines().rev().find_map(|it| it.strip_prefix(key));
    let members = trailer(MEMBERS).unwrap_or_default().split(' ');
    let members = members.filter_map(|it| it.parse().ok()).collect();
    let subject = message.lines().next().unwrap_or_default().to_owned();
    LogEntry {
        id: commit_id(commit.id()),
        time: Timestamp::from_second(commit.time().seconds()).unwrap_or(Timestamp::MIN),
        author: Author { name: text(author.name_bytes()), email: text(author.email_bytes()) },
        subject: Subject::of_commit(subject, members),
        trailer: trailer(TRAILER).map(Into::into),
        message,
    }
}

fn is_by(commit: &Commit<'_>, wanted: &str) -> bool {
    commit.author().to_string().to_lowercase().contains(&wanted.to_lowercase())
}
