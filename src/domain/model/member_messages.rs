//! What messages have said about a member: `messages/members/00/0042.json`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CodeHash, CredentialType, Slug};

/// When messages about all credentials of a member were sent. It outlives the credentials, and may
/// be there before the member is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MemberMessages {
    /// When all credentials were last revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
    /// When all credentials were last revoked at some facilities.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub revoked_at: BTreeMap<Slug, Timestamp>,
    /// The codes that were replaced, in the order in which the messages were sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<Replaced>,
}

/// A code that was replaced by another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// When the message was sent.
    pub sent: Timestamp,
    /// The keyed hash of the old code.
    pub old: CodeHash,
    /// The type of the new code.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// The keyed hash of the new code.
    pub new: CodeHash,
    /// The facility at which it was replaced; all if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<Slug>,
}

impl MemberMessages {
    /// Notes that a code was replaced; `false` if that is known.
    pub fn note_replaced(&mut self, replaced: Replaced) -> bool {
        match self.replaced.binary_search(&replaced) {
            Ok(_) => false,
            Err(at) => {
                self.replaced.insert(at, replaced);
                true
            }
        }
    }

    /// Returns what a code has become at a facility that a credential had there at an instant: a
    /// message of the same instant replaces it.
    #[must_use]
    pub fn become_since(
        &self,
        since: Timestamp,
        code: (CredentialType, CodeHash),
        facility: &Slug,
    ) -> (CredentialType, CodeHash) {
        let later = self.replaced.partition_point(|it| it.sent < since);
        become_by(&self.replaced[later..], code, facility)
    }

    /// Returns what the new code of a replacement has become at a facility.
    #[must_use]
    pub fn become_after(&self, replaced: &Replaced, facility: &Slug) -> (CredentialType, CodeHash) {
        let later = self.replaced.partition_point(|it| it <= replaced);
        become_by(&self.replaced[later..], (replaced.kind, replaced.new), facility)
    }
}

fn become_by(
    replaced: &[Replaced],
    code: (CredentialType, CodeHash),
    facility: &Slug,
) -> (CredentialType, CodeHash) {
    let applies = |it: &&Replaced| it.facility.as_ref().is_none_or(|at| at == facility);
    let next = |code: (CredentialType, CodeHash), it: &Replaced| {
        if code.1 == it.old { (it.kind, it.new) } else { code }
    };
    replaced.iter().filter(applies).fold(code, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOB: CredentialType = CredentialType::Fob;

    fn code(byte: u8) -> CodeHash {
        CodeHash::from_bytes([byte; 16])
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn replaced(second: i64, old: u8, new: u8, facility: Option<&str>) -> Replaced {
        let facility = facility.map(|name| name.parse().unwrap());
        Replaced { sent: at(second), old: code(old), kind: FOB, new: code(new), facility }
    }

    #[test]
    fn codes_are_replaced_in_the_order_of_the_messages_whichever_came_first() {
        let door: Slug = "frontdoor".parse().unwrap();
        let all = [
            replaced(1, 1, 2, None),
            replaced(2, 2, 3, Some("frontdoor")),
            replaced(2, 2, 4, Some("laser")),
            replaced(3, 1, 5, None),
        ];
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
            let mut member = MemberMessages::default();
            for at in order {
                assert!(member.note_replaced(all[at].clone()));
                assert!(!member.note_replaced(all[at].clone()), "a second time");
            }
            let become_since =
                |second, byte| member.become_since(at(second), (FOB, code(byte)), &door);
            assert_eq!(become_since(0, 1), (FOB, code(3)));
            assert_eq!(become_since(1, 1), (FOB, code(3)), "of the same instant");
            assert_eq!(become_since(2, 1), (FOB, code(5)));
            assert_eq!(become_since(4, 1), (FOB, code(1)));
            assert_eq!(member.become_after(&all[0], &door), (FOB, code(3)));
            let laser: Slug = "laser".parse().unwrap();
            assert_eq!(member.become_after(&all[0], &laser), (FOB, code(4)));
        }
    }
}
