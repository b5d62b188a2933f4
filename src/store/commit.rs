//! Writing a commit: its objects, then the branch, and nothing promised before the disk has both.

use git2::{ObjectType, Oid, Signature, Time};
use jiff::Timestamp;

use super::{Author, Store, StoreError, objects::Objects, tree::Edits, worktree::Step};
use crate::domain::model::text;

/// What a commit is to say.
pub(super) struct Plan<'p> {
    /// What becomes of which path.
    pub(super) steps: &'p [Step],
    /// The commit to build on; nothing for the first one.
    pub(super) parent: Option<Oid>,
    /// The tree to build on.
    pub(super) tree: Option<Oid>,
    pub(super) author: &'p Author,
    pub(super) now: Timestamp,
    pub(super) message: &'p str,
}

impl Store {
    /// Writes the objects of a commit, so that they are on the disk before anything names them.
    pub(super) fn write_objects(&self, plan: &Plan<'_>) -> Result<Oid, StoreError> {
        let fail = self.git("write the objects");
        let (mut objects, mut edits) = (Objects::default(), Edits::default());
        for step in plan.steps {
            let add = |(_, bytes): &(Oid, Vec<u8>)| objects.add(ObjectType::Blob, bytes);
            let blob = step.new.as_ref().map(add).transpose().map_err(&fail)?;
            edits.set(&step.path, blob);
        }
        let tree = edits.write(&self.database(), plan.tree, &mut objects).map_err(&fail)?;
        let empty = |objects: &mut Objects| objects.add(ObjectType::Tree, &[]);
        let tree = tree.map_or_else(|| empty(&mut objects), Ok).map_err(&fail)?;
        let text = commit_text(plan, tree).map_err(&fail)?;
        let commit = objects.add(ObjectType::Commit, text.as_bytes()).map_err(&fail)?;
        self.persist(&objects)?;
        self.reached("objects");
        Ok(commit)
    }
}

fn commit_text(plan: &Plan<'_>, tree: Oid) -> Result<String, git2::Error> {
    let time = Time::new(plan.now.as_second(), 0);
    // libgit2 refuses names that would break the format, but for line breaks.
    let who = Signature::new(&line(&plan.author.name), &line(&plan.author.email), &time)?;
    let who = format!(
        "{} <{}> {} +0000",
        String::from_utf8_lossy(who.name_bytes()),
        String::from_utf8_lossy(who.email_bytes()),
        time.seconds()
    );
    let parent = plan.parent.map_or_else(String::new, |parent| format!("parent {parent}\n"));
    Ok(format!("tree {tree}\n{parent}author {who}\ncommitter {who}\n\n{}", plan.message))
}

/// Returns a text without whatever would begin another line.
pub(super) fn line(said: &str) -> String {
    said.replace(text::is_control, " ")
}
