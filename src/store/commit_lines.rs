//! What the first lines of a commit say: its tree, and when it was committed.

use git2::{ErrorCode, ObjectType, Oid};
use jiff::Timestamp;

use super::{Store, StoreError, open::oid};
use crate::domain::model::CommitId;

/// What is read of a commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct CommitLines {
    pub(super) tree: Oid,
    /// When it was committed; the earliest moment if it does not say.
    pub(super) time: Timestamp,
}

impl Store {
    /// Reads a commit, unless it was the last one that was read.
    ///
    /// # Errors
    /// There is no such commit, or it cannot be read.
    pub(super) fn commit(&self, id: CommitId) -> Result<CommitLines, StoreError> {
        if let Some((last, lines)) = self.told.get()
            && last == id
        {
            return Ok(lines);
        }
        let unknown = || StoreError::UnknownRevision(id.to_string());
        let object = self.database().read(oid(id)).map_err(|error| match error.code() {
            ErrorCode::NotFound => unknown(),
            _ => self.git("read a commit")(error),
        })?;
        let lines = Some(&*object.bytes).filter(|_| object.kind == ObjectType::Commit);
        let lines = lines.and_then(CommitLines::of).ok_or_else(unknown)?;
        self.told.set(Some((id, lines)));
        Ok(lines)
    }

    /// Returns the tree of a commit.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub(super) fn tree_of(&self, commit: CommitId) -> Result<Oid, StoreError> {
        Ok(self.commit(commit)?.tree)
    }
}

impl CommitLines {
    /// Takes what is needed from the bytes of a commit, which begin with its tree.
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut head = bytes.split(|b| *b == b'\n').take_while(|line| !line.is_empty());
        let tree = text(head.next()?.strip_prefix(b"tree ")?).filter(|hex| hex.len() == 40)?;
        let committer = head.find_map(|line| line.strip_prefix(b"committer "));
        Some(Self {
            tree: Oid::from_str(tree).ok()?,
            time: committer.and_then(moment).unwrap_or(Timestamp::MIN),
        })
    }
}

/// Returns the moment at the end of `Ada <ada@example.org> 1767636000 +0000`.
fn moment(signature: &[u8]) -> Option<Timestamp> {
    let after = signature.rsplit(|b| *b == b'>').next()?;
    Timestamp::from_second(text(after)?.split_whitespace().next()?.parse().ok()?).ok()
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    #[test]
    fn tree_and_time_are_what_libgit2_reads() {
        let dir = tempfile::tempdir().unwrap();
        let repo = git2::Repository::init_bare(dir.path()).unwrap();
        let tree = repo.treebuilder(None).unwrap().write().unwrap();
        let mut parents = Vec::new();
        for (name, second, offset) in
            [("Ada", 1_767_636_000, 0), ("Grace > Hopper", 0, 120), ("committer", 9_999, -600)]
        {
            let author = git2::Signature::new("Somebody", "s@example.org", &git2::Time::new(7, 0));
            let when = git2::Time::new(second, offset);
            let committer = git2::Signature::new(name, "a@example.org", &when);
            let Ok(committer) = committer else { continue };
            let (author, tree) = (author.unwrap(), repo.find_tree(tree).unwrap());
            let before: Vec<_> = parents.iter().collect();
            let said = "said\n\ncommitter Nobody <n@example.org> 5 +0000";
            let id = repo.commit(None, &author, &committer, said, &tree, &before).unwrap();
            let commit = repo.find_commit(id).unwrap();
            let object = repo.odb().unwrap().read(id).unwrap().data().to_owned();
            let lines = CommitLines::of(&object).unwrap();
            assert_eq!(lines.tree, commit.tree_id());
            assert_eq!(lines.time.as_second(), commit.time().seconds());
            parents.push(commit);
        }
        assert!(parents.len() >= 2);
    }

    #[test]
    fn what_is_no_commit_or_not_there_is_unknown_each_time() {
        let dir = tempfile::tempdir().unwrap();
        let repo = git2::Repository::init_bare(dir.path()).unwrap();
        let blob = repo.blob(format!("tree {TREE}\n").as_bytes()).unwrap();
        let store = Store::over(repo);
        for id in [crate::store::open::commit_id(blob), CommitId::from_bytes([7; 20])] {
            for _ in 0..2 {
                assert!(matches!(store.commit(id), Err(StoreError::UnknownRevision(_))));
            }
        }
    }

    #[test]
    fn a_commit_without_a_moment_is_the_earliest() {
        for rest in ["", "\ncommitter Ada <a@example.org>", "\ncommitter Ada <a@b> x +0000\n"] {
            let lines = CommitLines::of(format!("tree {TREE}{rest}").as_bytes()).unwrap();
            assert_eq!(lines.time, Timestamp::MIN, "{rest}");
        }
        for bad in ["", "tree ", "tree 4b82", "parent 4b82\ntree 4b82"] {
            assert_eq!(CommitLines::of(bad.as_bytes()), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_bytes_are_nothing_breaks(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = CommitLines::of(&bytes);
            let _ = CommitLines::of(&[format!("tree {TREE}\n").as_bytes(), &bytes].concat());
        }
    }
}
