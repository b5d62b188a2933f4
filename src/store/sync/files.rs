//! Joins files that are not records, such as a README, as git does.

use git2::{FileMode, Oid, Repository};

use crate::store::objects::tree::Mode;

/// One version of a file or folder.
pub(super) type Version = Option<(Mode, Oid)>;

/// Joins three versions of a file or folder; `None` if both sides changed the same lines.
pub(super) fn join(
    repo: &Repository,
    base: Version,
    ours: Version,
    theirs: Version,
) -> Result<Option<Version>, git2::Error> {
    if ours == base || ours == theirs {
        return Ok(Some(theirs));
    }
    if theirs == base {
        return Ok(Some(ours));
    }
    let [base, ours, theirs] = [base, ours, theirs].map(|version| {
        let mut tree = repo.treebuilder(None)?;
        if let Some((mode, id)) = version {
            tree.insert("it", id, number(mode))?;
        }
        repo.find_tree(tree.write()?)
    });
    let mut index = repo.merge_trees(&base?, &ours?, &theirs?, None)?;
    if index.has_conflicts() {
        return Ok(None);
    }
    let tree = repo.find_tree(index.write_tree_to(repo)?)?;
    let joined = tree.get_name("it").and_then(|entry| {
        Some((Mode::of_number(u32::try_from(entry.filemode()).ok()?)?, entry.id()))
    });
    Ok(Some(joined))
}

fn number(mode: Mode) -> i32 {
    let mode = match mode {
        Mode::File => FileMode::Blob,
        Mode::Executable => FileMode::BlobExecutable,
        Mode::Folder => FileMode::Tree,
        Mode::Link => FileMode::Link,
        Mode::Module => FileMode::Commit,
    };
    mode.into()
}
