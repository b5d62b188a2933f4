//! Undoes a commit by a new change that restores the former records.

use crate::domain::{
    model::{Change, CommitId, Record, RecordPath, Subject},
    records,
};
use crate::store::{Store, StoreError, history::LogEntry, json, objects::ids::oid};

const UNDO: &str = "undo: ";
const REDO: &str = "redo: ";

impl Store {
    /// Makes the change that undoes a commit, based on the records of `base`; undoing an undo
    /// restores it.
    ///
    /// # Errors
    /// One of its records was changed since (the message says by whom), a former version cannot be
    /// read, or one of its files is not a record.
    pub fn revert(&self, commit: CommitId, base: CommitId) -> Result<Change, StoreError> {
        let entry = self.log_entry(commit)?;
        let refused = |why| StoreError::NotUndoable { commit: commit.short(), why };
        let now = self.tree_of(base)?;
        let short = commit.short();
        let mut change = Change::new(undo_subject(&entry), format!("undo {short}"));
        for changed in &self.changed_by(commit)? {
            let path = &changed.path;
            let Some(record_path) = &changed.record_path else {
                return Err(refused(format!("{path} is not a record; use `git revert`")));
            };
            if self.find(now, path)?.map(|(_, id)| id) != changed.new {
                return Err(refused(self.describe_later_change(base, record_path)?));
            }
            change = match changed.old {
                None => change.remove(record_path.clone()),
                Some(id) => {
                    let former = self.former(record_path, id)?;
                    let former =
                        former.map_err(|why| refused(format!("{path} before it {why}")))?;
                    change.put(record_path.clone(), former)
                }
            };
        }
        if change.edits.is_empty() {
            let parents = self.database().commit(oid(commit)).map_or(0, |it| it.parents.len());
            let why = if parents > 1 {
                "it is a merge; undo its commits one by one"
            } else {
                "it changed nothing"
            };
            return Err(refused(why.to_owned()));
        }
        Ok(change)
    }

    fn former(
        &self,
        record_path: &RecordPath,
        id: git2::Oid,
    ) -> Result<Result<Record, String>, StoreError> {
        let file = self.database().file(id);
        let object = file.map_err(self.damaged("read a record", &record_path.to_string()))?;
        Ok(json::strict(record_path, &object).map_err(|finding| finding.message))
    }

    fn describe_later_change(
        &self,
        newest: CommitId,
        record_path: &RecordPath,
    ) -> Result<String, StoreError> {
        let last = self.last_change(newest, record_path)?;
        let head = self.read(newest)?;
        Ok(last.map_or_else(
            || format!("{record_path} was changed since"),
            |last| {
                let (id, who) = (last.id.short(), &last.author.name);
                let what = records::in_words(&head, &last.subject);
                format!("{record_path} was changed since, by {who} in {id} ({what})")
            },
        ))
    }
}

/// Returns the subject of an undo.
fn undo_subject(entry: &LogEntry) -> Subject {
    if entry.trailer.is_none() {
        // What somebody wrote by hand may name anybody.
        return Subject::new("undo:").and(entry.id);
    }
    let subject = &entry.subject;
    let old = subject.as_str();
    let text = match (old.strip_prefix(UNDO), old.strip_prefix(REDO)) {
        (Some(what), _) => format!("{REDO}{what}"),
        (_, Some(what)) => format!("{UNDO}{what}"),
        _ => format!("{UNDO}{old}"),
    };
    Subject::of_commit(text, subject.members().to_vec())
}
