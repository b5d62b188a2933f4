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
        let mut facilities: Vec<&Slug> = facility.into_iter().collect();
        let held = self.holder.iter().flat_map(|it| &it.grants);
        facilities.extend(held.map(|grant| &grant.facility));
        facilities.sort();
        facilities.dedup();
        let become_since = |since| self.about_member.now.become_since(since, stated, &facilities);
        let same = |it: &StatedCode| (it.kind, it.code) == stated;
        let since = self.about_tag.now.stated.filter(same).map_or(sent, |it| it.first);
        let code = become_since(since);
        let Some(now) = self.holder.map(|it| (it.kind, it.code)).filter(|now| *now != code) else {
            return Ok(code);
        };
        let before = self.about_tag.before().stated;
        if let Some(before) = before.filter(same) {
            // Unless it is what the messages made of it, somebody changed it by hand, and it stays.
            return Ok(if become_since(before.first) == now { code } else { now });
        }
        let Some(facility) = facility else { return Ok(now) };
        if facilities.as_slice() == [facility] && before.is_none_or(|it| it.last < sent) {
            return Ok(code);
        }
        Err(Obstacle::Contradiction(
            "its code is not that of the other grants with its tag: \
             use another tag, or replace the code with `modify`"
                .to_owned(),
        ))
    }
}
