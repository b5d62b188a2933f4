//! Joins two commits into one that has what both sides changed.

use std::collections::BTreeMap;

use git2::{ErrorCode, ObjectType, Oid};
use jiff::Timestamp;

use super::files;
use crate::{
    domain::{
        check,
        merge::{self, Merge, Question},
        model::{Change, CommitId, Edit, Finding, MemberId, Note},
    },
    store::{
        Author, Changed, Revision, Store, StoreError, json,
        objects::{
            edits::Edits,
            ids::{commit_id, oid},
            pending::Objects,
            tree::Mode,
        },
        write::{
            brake::CONFIRM,
            commit::signed,
            trailer::{MEMBERS, TRAILER},
        },
    },
};

/// What two commits became.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Joined {
    /// How the result relates to both.
    pub outcome: Outcome,
    /// The commit that has everything of both.
    pub commit: CommitId,
    /// What a person should decide; until then, what grants less stands.
    pub questions: Vec<Question>,
    /// Our members who have another number now: the former and the new one.
    pub renumbered: BTreeMap<MemberId, MemberId>,
    /// What else both sides should know.
    pub notes: Vec<Note>,
    /// Findings that keep nobody from joining them.
    pub findings: Vec<Finding>,
}

/// How the result of joining relates to what was joined.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Ours already has everything of theirs.
    Ours,
    /// Theirs already has everything of ours.
    Theirs,
    /// A new commit.
    Merged,
}

impl Store {
    /// Joins ours with theirs, which were pushed first; moves no branch.
    ///
    /// # Errors
    /// They have no common history, one of them has records that cannot be read, the checks refuse
    /// the result, or the data has a newer format.
    pub fn join(
        &self,
        ours: CommitId,
        theirs: CommitId,
        author: &Author,
        now: Timestamp,
    ) -> Result<Joined, StoreError> {
        if self.descends(ours, theirs)? {
            return Ok(known(Outcome::Ours, ours));
        }
        let their = self.read(theirs)?;
        if let Some(unsound) = their.unsound() {
            return Err(StoreError::Damaged(unsound));
        }
        if self.descends(theirs, ours)? {
            return Ok(known(Outcome::Theirs, theirs));
        }
        let our = self.read(ours)?;
        for revision in [&our, &their] {
            if revision.is_newer() {
                return Err(StoreError::NewerFormat(revision.format()));
            }
        }
        let base = self.common_base(ours, theirs)?;
        let [(ours_changed, our_change), (_, their_change)] =
            [since(&our, base)?, since(&their, base)?];
        // A squashed or rebased copy of what is here leaves nothing to join.
        if ours_changed.iter().all(|it| same_in(&their, it)) {
            return Ok(known(Outcome::Theirs, theirs));
        }
        let Merge { change, questions, renumbered, mut notes } =
            merge::merge(&self.read(base)?, &our_change, &their_change);
        let findings = check::change(&change, &their);
        if findings.iter().any(Finding::is_error) {
            return Err(StoreError::NotJoined(findings));
        }
        let (mut objects, mut edits) = (Objects::default(), Edits::default());
        let fail = self.git("write the objects");
        for (path, edit) in &change.edits {
            let blob = match edit {
                Edit::Put(record) => {
                    let here = our.bytes(path).or_else(|| their.bytes(path)).unwrap_or_default();
                    let bytes = json::canonical_like(record, &here);
                    let id = objects.add(ObjectType::Blob, &bytes);
                    Some((Mode::File, id.map_err(&fail)?))
                }
                Edit::Remove => None,
            };
            edits.set(path.to_string().as_bytes(), blob);
        }
        let foreign = ours_changed.iter().filter(|it| it.record_path.is_none());
        for Changed { path, .. } in foreign {
            let version = |revision: &Revision<'_>| self.find(revision.tree, path);
            let versions = [version(&self.read(base)?)?, version(&our)?, version(&their)?];
            let [before, one, other] = versions;
            match files::join(&*self.repo()?, before, one, other).map_err(&fail)? {
                Some(joined) => edits.set(path.as_bytes(), joined),
                None => notes.push(Note::from(format!(
                    "{path} was changed on both sides: theirs stands; ours is in commit {}",
                    ours.short()
                ))),
            }
        }
        let tree = edits.write(self.database(), Some(their.tree), &mut objects);
        let tree = tree.map_err(self.damaged("write the objects", ""))?;
        let empty = || fail(git2::Error::from_str("nothing is left"));
        let tree = tree.ok_or_else(empty)?;
        let message = message(self, base, [ours, theirs], &renumbered)?;
        let text = commit_text(tree, &[oid(theirs), oid(ours)], (author, now), &message);
        let commit = objects.add(ObjectType::Commit, text.map_err(&fail)?.as_bytes());
        let commit = commit.map_err(&fail)?;
        self.persist(&objects)?;
        self.reached("joined");
        let commit = commit_id(commit);
        if let Some(unsound) = self.read(commit)?.unsound() {
            return Err(StoreError::NotJoined(vec![unsound]));
        }
        Ok(Joined { outcome: Outcome::Merged, commit, questions, renumbered, notes, findings })
    }

    /// Makes a commit after another, in which somebody confirms from how many members what is not
    /// pushed yet takes access.
    ///
    /// # Errors
    /// The repository cannot be written.
    pub fn confirm(
        &self,
        after: CommitId,
        members: usize,
        author: &Author,
        now: Timestamp,
    ) -> Result<CommitId, StoreError> {
        let fail = self.git("write the objects");
        let message =
            format!("sync: confirm\n\n{TRAILER}sync.confirm\n{CONFIRM}{members} members\n");
        let text = commit_text(self.tree_of(after)?, &[oid(after)], (author, now), &message);
        let mut objects = Objects::default();
        let id = objects.add(ObjectType::Commit, text.map_err(&fail)?.as_bytes());
        let id = id.map_err(&fail)?;
        self.persist(&objects)?;
        Ok(commit_id(id))
    }

    /// Returns the newest commit that both descend from.
    pub(super) fn common_base(
        &self,
        ours: CommitId,
        theirs: CommitId,
    ) -> Result<CommitId, StoreError> {
        match self.repo()?.merge_base(oid(ours), oid(theirs)) {
            Ok(base) => Ok(commit_id(base)),
            Err(error) if error.code() == ErrorCode::NotFound => {
                Err(StoreError::Unrelated { ours, theirs })
            }
            Err(error) => Err(self.git("read the history")(error)),
        }
    }
}

fn known(outcome: Outcome, commit: CommitId) -> Joined {
    Joined {
        outcome,
        commit,
        questions: Vec::new(),
        renumbered: BTreeMap::new(),
        notes: Vec::new(),
        findings: Vec::new(),
    }
}

/// Returns what a side changed: files, and records.
fn since(revision: &Revision<'_>, base: CommitId) -> Result<(Vec<Changed>, Change), StoreError> {
    let (change, findings) = revision.change_since(base)?;
    let findings: Vec<Finding> = findings.into_iter().filter(Finding::is_error).collect();
    if !findings.is_empty() {
        return Err(StoreError::NotJoined(findings));
    }
    Ok((revision.changes_since(base)?, change))
}

fn same_in(revision: &Revision<'_>, changed: &Changed) -> bool {
    let found = revision.find(&changed.path).ok().flatten();
    found.map(|(_, id)| id) == changed.new
}

fn commit_text(
    tree: Oid,
    parents: &[Oid],
    (author, now): (&Author, Timestamp),
    message: &str,
) -> Result<String, git2::Error> {
    let parents: String = parents.iter().map(|id| format!("parent {id}\n")).collect();
    let who = signed(author, now)?;
    Ok(format!("tree {tree}\n{parents}author {who}\ncommitter {who}\n\n{message}"))
}

fn message(
    store: &Store,
    base: CommitId,
    [ours, theirs]: [CommitId; 2],
    renumbered: &BTreeMap<MemberId, MemberId>,
) -> Result<String, StoreError> {
    let count = |side| -> Result<String, StoreError> {
        let count = store.links(Some(base), side)?.len();
        Ok(format!("{count} commit{}", if count == 1 { "" } else { "s" }))
    };
    let numbers: Vec<String> =
        renumbered.iter().map(|(old, new)| format!(", {old} is now {new}")).collect();
    let numbers = numbers.concat();
    let mut message = format!(
        "sync: join {} with {}{numbers}\n\n{TRAILER}sync.join {} {}\n",
        count(ours)?,
        count(theirs)?,
        ours.short(),
        theirs.short()
    );
    if !renumbered.is_empty() {
        let all: Vec<String> =
            renumbered.iter().flat_map(|(old, new)| [old, new]).map(ToString::to_string).collect();
        message.push_str(&format!("{MEMBERS}{}\n", all.join(" ")));
    }
    Ok(message)
}
