//! Proves that a copy of a space can be restored.

use std::path::Path;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{AppError, check, look_up, replay, why::index_all},
    domain::model::{CommitId, Finding, SpaceKey},
    store::{Store, journal::Filter},
};

/// How many of the newest activities are decided again.
const ACTIVITIES: u64 = 100;

/// What a copy is good for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Verified {
    /// Its newest commit.
    pub commit: CommitId,
    /// The date of that commit.
    pub time: Timestamp,
    /// How many members it has.
    pub members: usize,
    /// What is wrong with its records.
    pub findings: Vec<Finding>,
    /// What keeps a facility shut.
    pub shut: Vec<Finding>,
    /// How many activities of this machine were decided again by it, and how many of those came
    /// out differently.
    pub decided: u64,
    /// How many came out differently.
    pub different: usize,
    /// How many activities name a commit that it does not have: it is older than they are.
    pub missing: u64,
    /// Whether the key that is here is the one that its codes were hashed with; `None` if no key is
    /// here.
    pub key_fits: Option<bool>,
}

/// Verifies a copy: a folder, an address or a bundle for git. Clones it to a folder, which must be
/// empty, has git look at each object, checks every record, compiles the index, and decides the last
/// activities in `journals` again.
///
/// # Errors
/// Fails if it cannot be cloned, if an object is missing or damaged, or if it is not a space.
pub fn verify(
    source: &str,
    scratch: &Path,
    journals: Option<&Path>,
    key: Option<&SpaceKey>,
    now: Timestamp,
) -> Result<Verified, AppError> {
    examine(&Store::clone_to_verify(source, scratch)?, journals, key, now)
}

/// Looks at every object and record of a repository, and decides the last activities again.
///
/// # Errors
/// Fails if an object is missing or damaged, or if it is not a space.
pub(super) fn examine(
    store: &Store,
    journals: Option<&Path>,
    key: Option<&SpaceKey>,
    now: Timestamp,
) -> Result<Verified, AppError> {
    store.fsck()?;
    let head = store.read(store.head()?)?;
    let findings = check::all(&head);
    let index = index_all(&head, now);
    let mut shut = index.findings().to_vec();
    shut.extend(index.over_budget());
    let replayed = match journals {
        Some(folder) => {
            let recent = newest(folder)?;
            replay::replay(store, folder, &Filter { from: recent, ..Filter::default() })?
        }
        None => replay::Replay::default(),
    };
    let stated = look_up::space(&head)?.key_id;
    Ok(Verified {
        commit: head.id(),
        time: head.time(),
        members: head.roster().len(),
        findings,
        shut,
        decided: replayed.decided,
        different: replayed.different.len(),
        missing: replayed.unknown_commit,
        key_fits: key.map(|key| stated.is_none_or(|id| id == key.id())),
    })
}

/// Returns the time of the oldest of the last activities.
fn newest(folder: &Path) -> Result<Option<Timestamp>, AppError> {
    use crate::store::journal::{Limits, newest};
    let count = usize::try_from(ACTIVITIES).unwrap_or(usize::MAX);
    let limits = Limits { count, bytes: u64::MAX };
    let page = newest(folder, &Filter::default(), None, limits)?;
    Ok(page.activities.last().map(|it| it.time))
}

impl Verified {
    /// Tells whether the space could be restored from it without losing anything that is in it.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.faults().is_empty()
    }

    /// Returns what keeps it from being a good copy.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let errors = self.findings.iter().chain(&self.shut).filter(|it| it.is_error()).count();
        if errors > 0 {
            faults.push(format!("its records have errors ({errors})"));
        }
        if self.different > 0 {
            let come = if self.different == 1 { "comes" } else { "come" };
            faults.push(format!(
                "{} of {} activities {come} out differently",
                self.different, self.decided
            ));
        }
        if self.key_fits == Some(false) {
            faults.push("its codes were hashed with another key".to_owned());
        }
        faults
    }
}
