//! Checks of a credential: its code and tag are unique, and its grants make sense.

use super::{facility, finding_collector::FindingCollector, words::join_names};
use crate::domain::model::{Credential, FindingCode, Grant, MemberId, RecordPath, Tag};

pub(super) fn check(
    id: MemberId,
    tag: &Tag,
    credential: &Credential,
    findings: &mut FindingCollector<'_>,
) {
    unique_tag(tag, findings);
    unique_code(id, credential, findings);
    if credential.grants.is_empty() {
        // Two admins who shorten one window may leave nothing of it, without a mistake of either.
        findings.warning(
            FindingCode::NoGrants,
            "`grants` is empty, so the credential opens nothing: add a grant, or revoke the credential",
        );
    }
    for (index, grant) in credential.grants.iter().enumerate() {
        check_grant(grant, findings);
        if credential.grants[..index].iter().any(|other| same_window(other, grant)) {
            findings.warning(
                FindingCode::DuplicateGrant,
                format!("{} is granted twice for the same time: keep one", grant.facility),
            );
        }
    }
}

fn check_grant(grant: &Grant, findings: &mut FindingCollector<'_>) {
    facility::exists(&grant.facility, "a grant is for", findings);
    if let Some(expiration) = grant.expiration
        && expiration <= grant.effective
    {
        findings.error(
            FindingCode::BadWindow,
            format!(
                "the grant for {} expires at {expiration} but begins at {}, so it is never valid: \
                 correct one of them",
                grant.facility, grant.effective
            ),
        );
    }
    if grant.priority < 1 {
        findings.warning(
            FindingCode::LowPriority,
            format!(
                "the grant for {} has priority {}, but members start at 1: \
                 1 is the default, 2 is for restricted times, 3 for managers, 4 for the board",
                grant.facility, grant.priority
            ),
        );
    }
}

fn same_window(a: &Grant, b: &Grant) -> bool {
    (&a.facility, a.effective, a.expiration) == (&b.facility, b.effective, b.expiration)
}

/// Checks that no other member holds the code. The message names members and tags, never a code.
fn unique_code(id: MemberId, credential: &Credential, findings: &mut FindingCollector<'_>) {
    let holders = findings.records.holders(&credential.code);
    let others: Vec<String> = holders
        .into_iter()
        .filter(|(holder, _)| *holder != id)
        .map(|(holder, tag)| format!("{} (tag {tag})", findings.who(holder)))
        .collect();
    if !others.is_empty() {
        findings.error(
            FindingCode::DuplicateCode,
            format!(
                "this {} is also held by {}, and a code that two members hold opens nothing: \
                 revoke one of them",
                credential.kind,
                join_names(&others)
            ),
        );
    }
}

/// Checks that no other credential or requirement has the tag, since tags are used to revoke.
pub(super) fn unique_tag(tag: &Tag, findings: &mut FindingCollector<'_>) {
    let others: Vec<String> = findings
        .records
        .tagged(tag)
        .iter()
        .filter(|path| *path != findings.path)
        .map(RecordPath::to_string)
        .collect();
    if !others.is_empty() {
        findings.error(
            FindingCode::DuplicateTag,
            format!(
                "the tag {tag} is also used by {}: give one of them a new tag",
                join_names(&others)
            ),
        );
    }
}
