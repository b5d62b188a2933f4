//! Checks what a push would do to the space's branch, before git accepts it.

use jiff::Timestamp;

use super::{AppError, check};
use crate::{
    domain::{
        check::lineage,
        model::{Advice, CommitId, Finding, FindingCode},
    },
    store::{BranchState, Store, StoreError},
};

/// One branch that a push moves: a line of the input of a pre-receive hook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Update {
    /// The commit before the push; `None` if the branch is new.
    pub old: Option<CommitId>,
    /// The commit after the push; `None` if the branch is to be deleted.
    pub new: Option<CommitId>,
    /// The full name of the branch.
    pub name: String,
}

impl Update {
    /// Parses a line: the commit before, the commit after, and the name.
    ///
    /// # Errors
    /// Fails if it is not such a line.
    pub fn parse(line: &str) -> Result<Self, AppError> {
        let wrong =
            || AppError::user("standard input is not what git passes to a pre-receive hook");
        let [old, new, name] = line.splitn(3, ' ').collect::<Vec<_>>()[..] else {
            return Err(wrong());
        };
        let commit = |text: &str| -> Result<_, AppError> {
            let id: CommitId = text.parse().map_err(|_| wrong())?;
            Ok(Some(id).filter(|it| *it != CommitId::default()))
        };
        Ok(Self { old: commit(old)?, new: commit(new)?, name: name.to_owned() })
    }
}

/// Returns everything that is wrong with a push. Once the space's branch has a commit, other
/// branches are not checked.
///
/// # Errors
/// Fails if this is the clone of a door, or if the history cannot be read.
pub fn check_push(
    store: &Store,
    update: &Update,
    now: Timestamp,
) -> Result<Vec<Finding>, AppError> {
    store.ensure_writable()?;
    let branch = store.pinned_ref()?;
    let has_commits =
        !matches!(store.head(), Err(StoreError::Branch { state: BranchState::Unborn, .. }));
    if has_commits && update.name != branch {
        return Ok(Vec::new());
    }
    let name = update.name.strip_prefix("refs/heads/").unwrap_or(&update.name);
    let Some(new) = update.new else {
        let message = "must not be deleted: it is the branch of the space";
        return Ok(vec![Finding::error(FindingCode::DeletedBranch, name, message)]);
    };
    let links = store.links(update.old, new)?;
    let mut findings = lineage::dates(&links, now);
    if let Some(old) = update.old {
        if !store.descends(new, old)? {
            let message = format!(
                "would lose commit {}: {} does not descend from it",
                old.short(),
                new.short()
            );
            let finding = Finding::error(FindingCode::RewrittenHistory, name, message);
            findings.push(finding.advise(Advice::BuildOn));
        }
        findings.extend(lineage::roots(&links));
        findings.extend(check::between(store, old, new)?);
        findings.extend(store.brake(old, new, now)?);
    } else {
        findings.extend(check::cached(&store.tree(&new.to_string())?.read()?));
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_tells_a_hook_is_read() {
        let (one, zero) = ("1a".repeat(20), "0".repeat(40));
        let update = Update::parse(&format!("{zero} {one} refs/heads/main")).unwrap();
        assert_eq!((update.old, update.name.as_str()), (None, "refs/heads/main"));
        assert_eq!(update.new.unwrap().to_string(), one);
        assert_eq!(Update::parse(&format!("{one} {zero} refs/heads/main")).unwrap().new, None);
        for wrong in ["", "main", "1a 1b main", &format!("{one} {one}")] {
            assert!(Update::parse(wrong).is_err(), "{wrong}");
        }
    }
}
