//! Which code a credential has once a message about it is applied.

use jiff::Timestamp;

use super::{
    memory::{MemberMemory, TagMemory},
    step::Obstacle,
};
use crate::domain::model::{CodeHash, Credential, CredentialType, Slug, StatedCode};

/// What decides the code of a credential.
pub(super) struct CodeNow<'a> {
    /// What was said about its tag, this message included.
    pub(super) about_tag: &'a TagMemory,
    /// What was said about the member.
    pub(super) about_member: &'a MemberMemory,
    /// The credential as it is, if it is there.
    pub(super) holder: Option<&'a Credential>,
}

impl CodeNow<'_> {
    /// Returns the code that the credential has once the message is applied.
    ///
    /// A message that repeats the code of an earlier one does not bring it back: it may have been
    /// replaced since. One with another code replaces it, unless that would give the new code grants
    /// at other facilities. A message that gives no grant, since `facility` is `None`, may still tell
    /// from when on the credential had its code.
    pub(super) fn code(
        &self,
        stated: (CredentialType, CodeHash),
        facility: Option<&Slug>,
        sent: Timestamp,
    ) -> Result<(CredentialType, CodeHash), Obstacle> {
        let become_since = |since, at: &Slug| self.about_member.now.become_since(since, stated, at);
        let same = |it: &StatedCode| (it.kind, it.code) == stated;
        let since = self.about_tag.now.stated.filter(same).map_or(sent, |it| it.first);
        let Some(holder) = self.holder else {
            return Ok(facility.map_or(stated, |at| become_since(since, at)));
        };
        let now = (holder.kind, holder.code);
        let held = || holder.grants.iter().map(|grant| &grant.facility);
        let code = common(held().chain(facility), |at| become_since(since, at));
        if code == Some(now) {
            return Ok(now);
        }
        let before = self.about_tag.before().stated;
        if let Some(before) = before.filter(same) {
            return match common(held(), |at| become_since(before.first, at)) {
                Some(code) if code != now => Ok(now), // a person changed it, and it stays
                _ => code.ok_or_else(several),
            };
        }
        let Some(facility) = facility else { return Ok(now) };
        if held().all(|at| at == facility) && before.is_none_or(|it| it.last < sent) {
            return Ok(become_since(since, facility));
        }
        Err(several())
    }
}

/// Returns the code that a credential has at all of its facilities; `None` if it differs.
pub(super) fn common<'f>(
    facilities: impl IntoIterator<Item = &'f Slug>,
    code: impl Fn(&Slug) -> (CredentialType, CodeHash),
) -> Option<(CredentialType, CodeHash)> {
    let mut codes = facilities.into_iter().map(code);
    let first = codes.next()?;
    codes.all(|other| other == first).then_some(first)
}

fn several() -> Obstacle {
    Obstacle::Contradiction(
        "its code is not that of the other grants with its tag: \
         use another tag, or replace the code with `modify`"
            .to_owned(),
    )
}
