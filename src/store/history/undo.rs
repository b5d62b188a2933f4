//! Taking a commit back, by a new change that gives its records their former form.

use crate::domain::model::{Change, CommitId, Place, Record};
use crate::store::{Store, StoreError, json, objects::ids::oid};

const UNDO: &str = "undo: ";
const REDO: &str = "redo: ";

impl Store {
    /// Makes the change that takes a commit back from the records of `base`; the undo of an undo
    /// makes it anew.
    ///
    /// # Errors
    /// One of its records was changed since (by whom is said), a former form cannot be read, or a
    /// file of it is no record.
    pub fn revert(&self, commit: CommitId, base: CommitId) -> Result<Change, StoreError> {
        let entry = self.entry_of(commit)?;
        let not = |why| StoreError::NotUndoable { commit: commit.short(), why };
        let now = self.tree_of(base)?;
        let short = commit.short();
        let mut change = Change::new(taking_back(&entry.subject), format!("undo {short}"));
        for changed in &self.changed_by(commit)? {
            let path = &changed.path;
            let Some(place) = &changed.place else {
                return Err(not(format!("{path} is no record; use git revert")));
            };
            if self.find(now, path)?.map(|(_, id)| id) != changed.new {
                return Err(not(self.who_went_on(base, place)?));
            }
            change = match changed.old {
                None => change.remove(place.clone()),
                Some(id) => {
                    let former = self.former(place, id)?;
                    let former = former.map_err(|why| not(format!("{path} before it {why}")))?;
                    change.put(place.clone(), former)
                }
            };
        }
        if change.edits.is_empty() {
            let parents = self.repo()?.find_commit(oid(commit)).map_or(0, |it| it.parent_count());
            let why =
                if parents > 1 { "it is a merge; undo its parts" } else { "it changed nothing" };
            return Err(not(why.to_owned()));
        }
        Ok(change)
    }

    fn former(&self, place: &Place, id: git2::Oid) -> Result<Result<Record, String>, StoreError> {
        let file = self.database().file(id);
        let object = file.map_err(self.damaged("read a record", &place.to_string()))?;
        Ok(json::strict(place, &object).map_err(|finding| finding.message))
    }

    fn who_went_on(&self, newest: CommitId, place: &Place) -> Result<String, StoreError> {
        let last = self.last_change(newest, place)?;
        Ok(last.map_or_else(
            || format!("{place} was changed since"),
            |last| {
                let (id, who) = (last.id.short(), &last.author.name);
                format!("{place} was changed since, by {who} in {id} ({})", last.subject)
            },
        ))
    }
}

/// Returns what to call the way back from a commit.
fn taking_back(subject: &str) -> String {
    match (subject.strip_prefix(UNDO), subject.strip_prefix(REDO)) {
        (Some(what), _) => format!("{REDO}{what}"),
        (_, Some(what)) => format!("{UNDO}{what}"),
        _ => format!("{UNDO}{subject}"),
    }
}
