//! All members with what decides their dues: the roster, and birth dates if they may matter.

use std::{collections::HashSet, sync::Arc};

use crate::domain::{
    dues::{AllMembers, MemberTerms, depends_on_age},
    model::{Basis, MemberFolder, MemberId, Slot, contact::YearMonth},
};
use crate::store::{Revision, Roster};

/// All members of one commit, for questions about all of them.
#[derive(Clone, Debug)]
pub struct Census {
    basis: Basis,
    roster: Roster,
    /// Sorted by number.
    births: Arc<Vec<(MemberId, YearMonth)>>,
    unreadable: usize,
}

impl Revision<'_> {
    /// Reads all members.
    #[must_use]
    pub fn census(&self) -> Census {
        self.census_with_basis(self.basis().0)
    }

    /// Reads all members, for questions based on these settings and tiers.
    #[must_use]
    pub fn census_with_basis(&self, basis: Basis) -> Census {
        let roster = self.roster();
        let wanted = age_dependent(&basis, &roster);
        let births = match wanted.is_empty() {
            true => Vec::new(),
            false => self.births(|id| wanted.contains(&id)),
        };
        Census::new(basis, roster, Arc::new(births))
    }

    /// Reads all members without birth dates, for questions that do not concern dues.
    #[must_use]
    pub fn census_without_births(&self) -> Census {
        Census::new(self.basis().0, self.roster(), Arc::default())
    }

    /// Reads all members of this commit, but takes the birth dates from another census: they never
    /// change, and take the longest to read.
    #[must_use]
    pub fn census_with_births_of(&self, other: &Census) -> Census {
        Census::new(self.basis().0, self.roster(), Arc::clone(&other.births))
    }
}

impl Census {
    fn new(basis: Basis, roster: Roster, births: Arc<Vec<(MemberId, YearMonth)>>) -> Self {
        let unreadable = |folder: &&MemberFolder| matches!(folder.member, Slot::Unreadable);
        let unreadable = roster.members().filter(unreadable).count();
        Self { basis, roster, births, unreadable }
    }

    /// Returns the settings, tiers and facilities.
    #[must_use]
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Returns the number of members whose records cannot be read; they are left out.
    #[must_use]
    pub const fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Returns the roster.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Returns all members with a readable record.
    #[must_use]
    pub fn all_members(&self) -> AllMembers<'_> {
        AllMembers::new(&self.basis, member_terms(&self.roster, &self.births))
    }
}

fn member_terms<'r>(roster: &'r Roster, births: &[(MemberId, YearMonth)]) -> Vec<MemberTerms<'r>> {
    let mut births = births;
    let terms = |folder: &'r MemberFolder| {
        births = births_from(births, folder.id);
        let member = folder.member.get()?;
        let born = births.first().filter(|(id, _)| *id == folder.id).map(|(_, born)| *born);
        Some(MemberTerms::new(folder.id, member, born))
    };
    roster.members().filter_map(terms).collect()
}

/// Returns the births from a member on.
fn births_from(births: &[(MemberId, YearMonth)], id: MemberId) -> &[(MemberId, YearMonth)] {
    let near = births.iter().take(2).position(|(of, _)| *of >= id);
    let start = near.unwrap_or_else(|| births.partition_point(|(of, _)| *of < id));
    &births[start..]
}

/// Lists the members whose age may decide dues: those who pay and state no concession, and their
/// children.
fn age_dependent(basis: &Basis, roster: &Roster) -> HashSet<MemberId> {
    let asks = |folder: &&MemberFolder| {
        let member = folder.member.get()?;
        let payer = match member.parent {
            Some(parent) => roster.get(parent)?.member.get()?,
            None => member,
        };
        let tier = basis.tiers.get(&payer.tier).and_then(Slot::get);
        Some(depends_on_age(tier, payer.concession))
    };
    roster.members().filter(|it| asks(it) == Some(true)).map(|it| it.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn births_are_found_however_many_are_skipped() {
        let id = |number| MemberId::new(number).unwrap();
        let born = |number| (id(number), "1960-01".parse().unwrap());
        let births = [2, 3, 7, 8, 20].map(born);
        for steps in [1, 2, 3, 5, 30] {
            let mut rest = &births[..];
            for number in (0..=21).step_by(steps) {
                rest = births_from(rest, id(number));
                let first = births.iter().find(|(of, _)| *of >= id(number));
                assert_eq!(rest.first(), first, "{number} in steps of {steps}");
            }
        }
    }
}
