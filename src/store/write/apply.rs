//! The only way to write: a change is checked, committed, and then shown in the checked-out files.

use git2::Oid;
use jiff::Timestamp;

use crate::domain::{
    check::{self, lineage::Link},
    model::{Change, CommitId, Edit, FORMAT, Finding, FindingCode, Record, RecordPath, text},
};
use crate::store::{
    Author, Durability, Revision, Store, StoreError,
    disk::durable,
    disk::io_at,
    disk::lock::Lock,
    json,
    objects::ids::{commit_id, oid},
    objects::tree::Mode,
    schema_link,
    write::brake::{self, CONFIRM},
    write::commit::CommitDraft,
    write::lately,
    write::trailer::{MEMBERS, TRAILER},
    write::worktree::{OverwriteRule, Step, Worktree},
};

/// How often a change is tried again if somebody commits with git at the same moment.
const TRIES: u32 = 5;

/// A path and its new content; `None` to remove it.
type File = (String, Option<Vec<u8>>);

/// A change that has been made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Applied {
    /// Its commit, or the newest commit if there was nothing to change.
    pub commit: CommitId,
    /// The findings of the checks; none of them is an error.
    pub findings: Vec<Finding>,
}

impl Store {
    /// Commits a change to the branch and updates the checked-out files.
    ///
    /// `base` is the commit that the change was based on: a record that somebody changed since
    /// then is not overwritten. When this returns, a power cut cannot undo the commit. A change
    /// without effect makes no commit.
    ///
    /// # Errors
    /// The checks refuse it (with all findings); the data has a newer format; the files have
    /// unsaved edits; another process is writing, or wrote the same records; the branch cannot be
    /// committed to; the disk is full.
    ///
    /// Except for [`StoreError::Unfinished`], nothing was changed.
    pub fn apply(
        &self,
        change: &Change,
        base: CommitId,
        author: &Author,
        now: Timestamp,
    ) -> Result<Applied, StoreError> {
        self.branch()?;
        self.ensure_writable()?;
        let files = files_to_write(change)?;
        self.pin()?;
        let mut lock = Lock::acquire(self.dir(), &change.trailer, now)?;
        let branch = self.branch_ref()?;
        let mut worktree = Worktree::open(self)?;
        for _ in 0..TRIES {
            let newest = self.head()?;
            self.catch_up(&mut lock, &branch, worktree.as_mut(), newest)?;
            self.check_not_overtaken(change, base, newest)?;
            let revision = self.read(newest)?;
            check_format(&revision, change)?;
            if let Some(unsound) = revision.unsound() {
                return Err(StoreError::Damaged(unsound));
            }
            let mut findings = check::change(change, &revision);
            findings.extend(clock_warning(&revision, now));
            if findings.iter().any(Finding::is_error) {
                return Err(StoreError::Refused(findings));
            }
            let tree = self.tree_of(newest)?;
            let steps = self.steps(tree, &linked(&files, change, &revision))?;
            if steps.is_empty() {
                return Ok(Applied { commit: newest, findings });
            }
            if let Some(worktree) = &worktree {
                let unsaved = worktree.unsaved(&steps)?;
                if !unsaved.is_empty() {
                    return Err(StoreError::Unsaved(unsaved));
                }
            }
            let message = message(change);
            let draft = CommitDraft {
                steps: &steps,
                parent: Some(oid(newest)),
                tree: Some(tree),
                author,
                now,
                message: &message,
            };
            let (commit, objects) = self.write_objects(&draft)?;
            let next = self.read(commit_id(commit))?;
            let refused = next.unsound();
            let refused = match refused {
                None => lately::brake(&revision, &next, author, change, now)?,
                refused => refused,
            };
            if let Some(finding) = refused {
                return Err(StoreError::Refused(vec![finding]));
            }
            let trees = (Some(tree), self.tree_of(commit_id(commit))?);
            let stage = || match &mut worktree {
                Some(worktree) => worktree.stage(&steps, trees).map_err(io_at(self.dir())),
                None => Ok(()),
            };
            match self.move_branch(&branch, &draft, commit, stage) {
                Ok(true) => {}
                Ok(false) => continue,
                Err(error) => {
                    // What cannot be undone now is undone by the next command.
                    let _ = worktree.as_mut().map(|worktree| worktree.unstage(&steps));
                    return Err(error);
                }
            }
            let commit = commit_id(commit);
            let kept = self.keep_objects(&objects);
            let finished = self.finish(lock, worktree, &branch, (&steps, trees), commit);
            // Nobody must take it for undone and do it again.
            kept.and(finished).map_err(|error| match error {
                StoreError::Unfinished { .. } => error,
                error => StoreError::Unfinished {
                    commit,
                    durable: false,
                    why: format!("it is not certain to survive a power cut: {error}"),
                },
            })?;
            return Ok(Applied { commit, findings });
        }
        let path = self.git_dir().to_owned();
        Err(StoreError::Busy { path, holder: "another process that keeps committing".to_owned() })
    }

    /// Returns everything that [`Store::apply`] would report about a change: errors, because of
    /// which it would be refused, and warnings.
    ///
    /// # Errors
    /// The newest commit cannot be read, or has a newer format.
    pub fn check(&self, change: &Change, now: Timestamp) -> Result<Vec<Finding>, StoreError> {
        match files_to_write(change) {
            Err(StoreError::Refused(findings)) => Ok(findings),
            Err(error) => Err(error),
            Ok(files) => {
                self.ensure_writable()?;
                let revision = self.read(self.head()?)?;
                check_format(&revision, change)?;
                match revision.unsound() {
                    Some(unsound) => Err(StoreError::Damaged(unsound)),
                    None => {
                        let mut findings = check::change(change, &revision);
                        let tree = revision.tree;
                        let files = linked(&files, change, &revision);
                        let (tree, objects) =
                            self.tree_after(&self.steps(tree, &files)?, Some(tree))?;
                        let drafted = self.drafted(tree, objects)?;
                        let next = drafted.read()?;
                        findings.extend(next.unsound());
                        let held = brake::brake(&revision, &next, change.confirmed, now);
                        findings.extend(held);
                        Ok(findings)
                    }
                }
            }
        }
    }

    /// Updates files and index to the commit, and flushes everything to the disk.
    fn finish(
        &self,
        lock: Lock,
        worktree: Option<Worktree<'_>>,
        branch: &str,
        (steps, trees): (&[Step], (Option<Oid>, Oid)),
        commit: CommitId,
    ) -> Result<(), StoreError> {
        let shown = match worktree {
            Some(mut worktree) => {
                worktree.update(steps, OverwriteRule::Exact, trees).and_then(|fresh| {
                    self.reached("files");
                    if self.durability == Durability::Full {
                        durable::write_back(&fresh)
                    } else {
                        Ok(())
                    }
                })
            }
            None => Ok(()),
        };
        self.flush_branch(branch)?;
        self.reached("flushed");
        shown.map_err(|error| StoreError::Unfinished {
            commit,
            durable: true,
            why: format!("the files do not show it yet: {error}"),
        })?;
        // If the mark is not written, the next command only looks at the files once more.
        let _ = lock.release(commit);
        Ok(())
    }

    /// Refuses to overwrite records that were changed since the change was planned.
    fn check_not_overtaken(
        &self,
        change: &Change,
        base: CommitId,
        newest: CommitId,
    ) -> Result<(), StoreError> {
        if base == newest {
            return Ok(());
        }
        let (before, now) = (self.tree_of(base)?, self.tree_of(newest)?);
        let mut overtaken = Vec::new();
        for path in change.edits.keys().map(ToString::to_string) {
            if self.find(before, &path)? != self.find(now, &path)? {
                overtaken.push(path);
            }
        }
        if overtaken.is_empty() { Ok(()) } else { Err(StoreError::Overtaken(overtaken)) }
    }

    /// Lists the files that actually change.
    fn steps(&self, tree: Oid, files: &[File]) -> Result<Vec<Step>, StoreError> {
        let mut steps = Vec::with_capacity(files.len());
        for (path, content) in files {
            let old = match self.find(tree, path)? {
                Some((Mode::Folder, _)) => return Err(StoreError::InTheWay(path.into())),
                found => found.map(|(_, id)| id),
            };
            let new = content.as_ref().map(|bytes| {
                Oid::hash_object(git2::ObjectType::Blob, bytes).map(|id| (id, bytes.clone()))
            });
            let new = new.transpose().map_err(self.git("hash a record"))?;
            if old != new.as_ref().map(|(id, _)| *id) {
                steps.push(Step { path: path.clone(), old, new, between: Vec::new() });
            }
        }
        Ok(steps)
    }
}

/// Formats each record of a change as it will be stored, and reads it back, so that nothing
/// unreadable is committed.
fn files_to_write(change: &Change) -> Result<Vec<File>, StoreError> {
    let mut findings = Vec::new();
    let mut files = Vec::with_capacity(change.edits.len());
    for (record_path, edit) in &change.edits {
        let content = match edit {
            Edit::Remove => None,
            Edit::Put(record) => {
                let bytes = json::canonical(record);
                findings.extend(json::strict(record_path, &bytes).err());
                Some(bytes)
            }
        };
        files.push((record_path.to_string(), content));
    }
    if findings.is_empty() { Ok(files) } else { Err(StoreError::Refused(findings)) }
}

/// Returns the files of a change, each with the `$schema` that it has in a revision.
fn linked(files: &[File], change: &Change, revision: &Revision<'_>) -> Vec<File> {
    let linked = |((path, content), record_path): (&File, &RecordPath)| {
        let before = || revision.bytes(record_path).unwrap_or_default();
        let content = content.clone().map(|content| schema_link::kept(&before(), content));
        (path.clone(), content)
    };
    files.iter().zip(change.edits.keys()).map(linked).collect()
}

/// Refuses to write data of a newer format, which this program could only damage, and to convert
/// data to such a format.
fn check_format(newest: &Revision<'_>, change: &Change) -> Result<(), StoreError> {
    let planned = match change.edits.get(&RecordPath::Space) {
        Some(Edit::Put(record)) => match &**record {
            Record::Space(space) => space.format,
            _ => 0,
        },
        _ => 0,
    };
    match newest.format().max(planned) {
        newer if newer > FORMAT => Err(StoreError::NewerFormat(newer)),
        _ => Ok(()),
    }
}

/// Warns that a commit made now would be dated before the newest one: one of the two clocks is
/// wrong.
fn clock_warning(newest: &Revision<'_>, now: Timestamp) -> Option<Finding> {
    let newest = [Link { id: newest.id(), time: newest.time(), parent: None }];
    let ahead = check::lineage::dates(&newest, now).into_iter().next()?;
    let message = format!("{}; this change comes before it by its date", ahead.message);
    Some(Finding::warning(FindingCode::FutureCommit, ahead.path, message))
}

fn message(change: &Change) -> String {
    let line = |text: &str| text.replace(text::is_control, " ").trim().to_owned();
    let Change { subject, trailer, .. } = change;
    let mut message = format!("{}\n\n{TRAILER}{}\n", line(subject.as_str()), line(trailer));
    if let Some(count) = change.confirmed {
        message.push_str(&format!("{CONFIRM}{count} members\n"));
    }
    if !subject.members().is_empty() {
        let members: Vec<String> = subject.members().iter().map(ToString::to_string).collect();
        message.extend([MEMBERS, &members.join(" "), "\n"]);
    }
    message
}
