//! Writes a commit: first its objects, then the branch, acknowledged only once both are on the
//! disk.

use git2::{ObjectType, Oid, Signature, Time};
use jiff::Timestamp;

use crate::domain::model::text;
use crate::store::{
    Author, Store, StoreError, objects::edits::Edits, objects::loose, objects::pending::Objects,
    objects::tree::Mode, write::worktree::Step,
};

/// The content of a commit.
pub(in crate::store) struct CommitDraft<'p> {
    /// The edits of paths.
    pub(in crate::store) steps: &'p [Step],
    /// The parent commit; `None` for the first one.
    pub(in crate::store) parent: Option<Oid>,
    /// The tree to start from.
    pub(in crate::store) tree: Option<Oid>,
    pub(in crate::store) author: &'p Author,
    pub(in crate::store) now: Timestamp,
    pub(in crate::store) message: &'p str,
}

impl Store {
    /// Writes the objects of a commit, so that they are on the disk before anything refers to
    /// them.
    pub(in crate::store) fn write_objects(
        &self,
        draft: &CommitDraft<'_>,
    ) -> Result<(Oid, Objects), StoreError> {
        let fail = self.git("write the objects");
        let (tree, mut objects) = self.tree_after(draft.steps, draft.tree)?;
        let text = commit_text(draft, tree).map_err(&fail)?;
        let commit = objects.add(ObjectType::Commit, text.as_bytes()).map_err(&fail)?;
        self.persist(&objects)?;
        self.reached("objects");
        Ok((commit, objects))
    }

    /// Makes sure that the objects of a commit are still there once the branch names it: until then a
    /// git that prunes takes them for waste.
    pub(in crate::store) fn keep_objects(&self, objects: &Objects) -> Result<(), StoreError> {
        let folder = self.common_dir().join("objects");
        let is_there = |id| loose::path(&folder, id).exists() || self.database().has(id);
        if objects.ids().all(is_there) { Ok(()) } else { self.persist(objects) }
    }

    /// Makes the tree that these edits lead to, with its new objects, in memory.
    pub(in crate::store) fn tree_after(
        &self,
        steps: &[Step],
        tree: Option<Oid>,
    ) -> Result<(Oid, Objects), StoreError> {
        let fail = self.git("write the objects");
        let (mut objects, mut edits) = (Objects::default(), Edits::default());
        for step in steps {
            let add = |(_, bytes): &(Oid, Vec<u8>)| objects.add(ObjectType::Blob, bytes);
            let blob = step.new.as_ref().map(add).transpose().map_err(&fail)?;
            edits.set(step.path.as_bytes(), blob.map(|id| (Mode::File, id)));
        }
        let tree = edits.write(self.database(), tree, &mut objects);
        let tree = tree.map_err(self.damaged("write the objects", ""))?;
        let empty = |objects: &mut Objects| objects.add(ObjectType::Tree, &[]);
        let tree = tree.map_or_else(|| empty(&mut objects), Ok).map_err(&fail)?;
        Ok((tree, objects))
    }
}

fn commit_text(draft: &CommitDraft<'_>, tree: Oid) -> Result<String, git2::Error> {
    let who = signed(draft.author, draft.now)?;
    let parent = draft.parent.map_or_else(String::new, |parent| format!("parent {parent}\n"));
    Ok(format!("tree {tree}\n{parent}author {who}\ncommitter {who}\n\n{}", draft.message))
}

/// Returns the author and the date as a commit has them.
pub(in crate::store) fn signed(author: &Author, now: Timestamp) -> Result<String, git2::Error> {
    // git takes no date before 1970, as a clock without a battery shows.
    let time = Time::new(now.as_second().max(0), 0);
    // libgit2 refuses names that would break the format, except for line breaks.
    let who = Signature::new(&one_line(&author.name), &one_line(&author.email), &time)?;
    Ok(format!(
        "{} <{}> {} +0000",
        String::from_utf8_lossy(who.name_bytes()),
        String::from_utf8_lossy(who.email_bytes()),
        time.seconds()
    ))
}

/// Returns a text without anything that would start another line.
pub(in crate::store) fn one_line(text: &str) -> String {
    text.replace(text::is_control, " ")
}
