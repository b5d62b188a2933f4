//! From how many members a change takes access.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Side, Stretch};
use crate::domain::model::{MemberFolder, MemberId, Priority};

/// The number of days for which access is compared: what is lost later is no loss yet.
pub const HORIZON_DAYS: i64 = 30;

/// What a change takes from the members.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Toll {
    /// The members who can no longer open something that they could open, or lose the highest
    /// priority.
    pub losing: BTreeSet<MemberId>,
    /// How many members could open something.
    pub of: usize,
    /// The highest priority that the settings name, and how many members hold it before and after.
    pub highest: Option<(Priority, [usize; 2])>,
}

impl Toll {
    /// Compares two sides. Only `touched` members have changed records of their own; without them,
    /// any may have.
    #[must_use]
    pub fn of(
        before: &Side<'_>,
        after: &Side<'_>,
        touched: Option<&BTreeSet<MemberId>>,
        now: Timestamp,
    ) -> Self {
        let end = now.saturating_add(SignedDuration::from_hours(24 * HORIZON_DAYS));
        let end = end.unwrap_or(Timestamp::MAX);
        let level = before.space().and_then(|space| space.levels.keys().copied().max());
        let mut toll = Self { losing: BTreeSet::new(), of: 0, highest: None };
        let mut holders = [0; 2];
        for folder in before.members() {
            let opened = before.opens(folder, now);
            toll.of += usize::from(!opened.is_empty());
            let reaches = |all: &[Stretch]| {
                all.iter().any(|it| level.is_some_and(|level| it.priority >= level))
            };
            let held = opened.values().any(|all| reaches(all));
            holders[0] += usize::from(held);
            if touched.is_some_and(|some| !concerns(some, before, after, folder)) {
                holders[1] += usize::from(held);
                continue;
            }
            let opens = after.member(folder.id).map(|it| after.opens(it, now)).unwrap_or_default();
            let holds = opens.values().any(|all| reaches(all));
            holders[1] += usize::from(holds);
            let lost = |(name, then): (_, &Vec<Stretch>)| {
                let still = opens.get(name).map_or(&[][..], Vec::as_slice);
                Stretch::leave_out(still, then, end)
            };
            if (held && !holds) || opened.iter().any(|(name, then)| lost((*name, then))) {
                toll.losing.insert(folder.id);
            }
        }
        let joined = after.members().filter(|it| before.member(it.id).is_none());
        let reaches = |all: Vec<Stretch>| {
            all.iter().any(|it| level.is_some_and(|level| it.priority >= level))
        };
        holders[1] +=
            joined.filter(|it| after.opens(it, now).into_values().any(reaches)).count();
        toll.highest = level.map(|level| (level, holders));
        toll
    }
}

/// Tells whether a member's records changed, or those of the member who pays for them.
fn concerns(
    touched: &BTreeSet<MemberId>,
    before: &Side<'_>,
    after: &Side<'_>,
    folder: &MemberFolder,
) -> bool {
    let of = |side: &Side<'_>, mut id: MemberId| {
        for _ in 0..16 {
            if touched.contains(&id) {
                return true;
            }
            match side.member(id).and_then(|it| it.member.get()?.parent) {
                Some(parent) => id = parent,
                None => return false,
            }
        }
        true
    };
    of(before, folder.id) || of(after, folder.id)
}
