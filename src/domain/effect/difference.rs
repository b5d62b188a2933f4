//! Who gains or loses access to what, from when to when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Side, Stretch};
use crate::domain::model::{MemberId, Slug};

/// What changes for a member at a facility.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct AccessDifference {
    /// The member.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// The facility.
    pub facility: Slug,
    /// When it could be opened before, from now on.
    pub before: Vec<Stretch>,
    /// When it can be opened afterwards.
    pub after: Vec<Stretch>,
}

impl AccessDifference {
    /// Returns one word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        let never = Timestamp::MAX;
        let loses = Stretch::leave_out(&self.after, &self.before, never);
        let gains = Stretch::leave_out(&self.before, &self.after, never);
        match (gains, loses) {
            (true, false) => "gains",
            (false, true) => "loses",
            _ => "changes",
        }
    }
}

/// Everything that differs in access between two sides, sorted, and for how many members with access
/// nothing does.
#[must_use]
pub fn access(
    before: &Side<'_>,
    after: &Side<'_>,
    now: Timestamp,
) -> (Vec<AccessDifference>, usize) {
    let all: BTreeSet<MemberId> =
        before.members().chain(after.members()).map(|folder| folder.id).collect();
    let (mut found, mut same) = (Vec::new(), 0);
    for id in all {
        let opens = |side: &Side<'_>| -> BTreeMap<Slug, Vec<Stretch>> {
            let folder = side.member(id);
            let opens = folder.map(|it| side.opens(it, now)).unwrap_or_default();
            opens.into_iter().map(|(name, all)| (name.clone(), all)).collect()
        };
        let (mut old, mut new) = (opens(before), opens(after));
        if old == new {
            same += usize::from(!new.is_empty());
            continue;
        }
        let named = [after, before].into_iter().find_map(|it| it.member(id)?.member.get());
        let name = named.map_or_else(String::new, |it| it.name.clone());
        let facilities: BTreeSet<Slug> = old.keys().chain(new.keys()).cloned().collect();
        for facility in facilities {
            let before = old.remove(&facility).unwrap_or_default();
            let after = new.remove(&facility).unwrap_or_default();
            if before != after {
                found.push(AccessDifference {
                    member: id,
                    name: name.clone(),
                    facility,
                    before,
                    after,
                });
            }
        }
    }
    (found, same)
}
