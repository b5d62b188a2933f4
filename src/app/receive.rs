//! What a push would do to the space's branch, as git tells a hook before anything moves.

use jiff::Timestamp;

use super::{AppError, check};
use crate::{
    domain::{
        check::lineage,
        model::{Advice, CommitId, Finding, FindingCode},
    },
    store::{BranchState, Store, StoreError},
};

/// One branch that a push moves: a line of what git tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Update {
    /// Where it was; nothing where it is new.
    pub old: Option<CommitId>,
    /// Where it is to be; nothing where it is to be deleted.
    pub new: Option<CommitId>,
    /// Its full name.
    pub name: String,
}

impl Update {
    /// Reads a line: what was, what will be, and the name.
    ///
    /// # Errors
    /// That it is no such line.
    pub fn parse(line: &str) -> Result<Self, AppError> {
        let wrong = || AppError::user("a line is expected as git gives it to a pre-receive hook");
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

/// Returns everything that speaks against a push. Branches other than the space's are free, once
/// that has a commit.
///
/// # Errors
/// That this is the clone of a door, or that the history cannot be read.
pub fn judge(store: &Store, update: &Update, now: Timestamp) -> Result<Vec<Finding>, AppError> {
    store.writable()?;
    let branch = store.ours()?;
    let begun = !matches!(store.head(), Err(StoreError::Branch { state: BranchState::Unborn, .. }));
    if begun && update.name != branch {
        return Ok(Vec::new());
    }
    let name = update.name.strip_prefix("refs/heads/").unwrap_or(&update.name);
    let Some(new) = update.new else {
        let message = "may not be deleted: it is the branch of the space";
        return Ok(vec![Finding::error(FindingCode::DeletedBranch, name, message)]);
    };
    let links = store.links(update.old, new)?;
    let mut findings = lineage::dates(&links, now);
    if let Some(old) = update.old {
        if !store.descends(new, old)? {
            let message = format!(
                "would lose what {} has: {} does not descend from it",
                old.short(),
                new.short()
            );
            let finding = Finding::error(FindingCode::RewrittenHistory, name, message);
            findings.push(finding.advise(Advice::BuildOn));
        }
        findings.extend(lineage::roots(&links));
        findings.extend(check::between(store, old, new)?);
    } else {
        findings.extend(check::known(&store.tree(&new.to_string())?.read()?));
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
