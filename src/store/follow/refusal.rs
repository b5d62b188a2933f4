//! Why a commit does not come into force.

use crate::{
    domain::{
        access::Index,
        model::{Basis, Finding, FindingCode, Note, RecordPath},
    },
    store::{Revision, StoreError},
};

/// Reads what belongs to no member; a commit without settings does not belong to a space.
pub(super) fn read_basis(revision: &Revision<'_>) -> Result<(Basis, Vec<Finding>), Refusal> {
    let (basis, findings) = revision.basis();
    if basis.space.get().is_some() {
        return Ok((basis, findings));
    }
    let why = findings.iter().find(|it| it.is_error() && it.path == RecordPath::Space.to_string());
    let why = why.map_or_else(|| "there is no space.json".to_owned(), ToString::to_string);
    let message = format!("commit {} cannot be used: {why}", revision.id().short());
    Err(Refusal::Other(message.into()))
}

/// Refuses a commit that nobody must use.
pub(super) fn check_sound(revision: &Revision<'_>) -> Result<(), Refusal> {
    revision.unsound().map_or(Ok(()), |finding| Err(Refusal::Odd(finding)))
}

/// Refuses a commit with more in it than a space may have.
pub(super) fn check_budget(index: &Index) -> Result<(), Refusal> {
    index.over_budget().map_or(Ok(()), |finding| Err(Refusal::Odd(finding)))
}

/// Refuses a commit with missing objects: what is missing was not removed on purpose.
pub(super) fn check_intact(findings: &[Finding]) -> Result<(), Refusal> {
    match findings.iter().find(|finding| finding.code == FindingCode::Damaged) {
        Some(damage) => Err(Refusal::Other(damage.to_string().into())),
        None => Ok(()),
    }
}

/// Why a commit does not come into force.
pub(super) enum Refusal {
    /// A folder of it is not as git writes it, or there is more in it than a space may have.
    Odd(Finding),
    /// Anything else, which may be different the next time.
    Other(Note),
}

impl Refusal {
    pub(super) fn note(self) -> Note {
        match self {
            Self::Odd(finding) => finding.to_string().into(),
            Self::Other(note) => note,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Damaged(finding) => Self::Odd(finding),
            error => Self::Other(Note { text: error.to_string(), advice: error.hint() }),
        }
    }
}
