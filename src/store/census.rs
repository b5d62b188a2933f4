//! Everybody on record, with what decides dues: the roster, and birthdays where they may matter.

use std::{collections::HashSet, sync::Arc};

use super::{
    Revision, Roster,
    roster::{Part, Row},
};
use crate::domain::{
    dues::{Everybody, Subject, asks_for_ages},
    model::{Basis, MemberId, Slot, contact::YearMonth},
};

/// All members of one commit, for what is asked of all of them.
#[derive(Clone, Debug)]
pub struct Census {
    basis: Basis,
    roster: Arc<Roster>,
    /// Sorted by number.
    births: Arc<Vec<(MemberId, YearMonth)>>,
    unreadable: usize,
}

impl Revision<'_> {
    /// Reads everybody.
    #[must_use]
    pub fn census(&self) -> Census {
        self.census_by(self.basis().0)
    }

    /// Reads everybody, for questions by these settings and tiers.
    #[must_use]
    pub fn census_by(&self, basis: Basis) -> Census {
        let roster = self.roster();
        let wanted = asked(&basis, &roster);
        let births = match wanted.is_empty() {
            true => Vec::new(),
            false => self.births(|id| wanted.contains(&id)),
        };
        Census::new(basis, roster, Arc::new(births))
    }

    /// Reads everybody without birthdays, for what is no question of dues.
    #[must_use]
    pub fn census_of_records(&self) -> Census {
        Census::new(self.basis().0, self.roster(), Arc::default())
    }

    /// Reads everybody as of this commit, but birthdays as another one knows them: these never
    /// change, and are the longest to read.
    #[must_use]
    pub fn census_like(&self, other: &Census) -> Census {
        Census::new(self.basis().0, self.roster(), Arc::clone(&other.births))
    }
}

impl Census {
    fn new(basis: Basis, roster: Arc<Roster>, births: Arc<Vec<(MemberId, YearMonth)>>) -> Self {
        let unreadable = roster.by_part(|part| {
            part.rows().filter(|row| matches!(row.member(), Slot::Unreadable)).count()
        });
        Self { basis, roster, births, unreadable: unreadable.into_iter().sum() }
    }

    /// Returns the settings, tiers and facilities.
    #[must_use]
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Returns how many members' records cannot be read; these are left out.
    #[must_use]
    pub const fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Returns the members as the roster has them.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Returns everybody whose record can be read.
    #[must_use]
    pub fn everybody(&self) -> Everybody<'_> {
        let of = |part| subjects(part, &self.births);
        Everybody::new(&self.basis, self.roster.by_part(of).concat())
    }
}

fn subjects<'r>(part: &'r Part, births: &[(MemberId, YearMonth)]) -> Vec<Subject<'r>> {
    let mut births = part.rows().next().map_or(births, |row| from(births, row.id()));
    let subject = |row: Row<'r>| {
        births = from(births, row.id());
        let person = row.person()?;
        Some(Subject {
            id: row.id(),
            name: person.name,
            tier: person.tier,
            joined: person.joined,
            left: person.left,
            suspended: person.suspended.map(|(since, _)| since),
            parent: person.parent,
            concession: person.concession,
            chosen_amount: person.chosen_amount,
            paid_until: person.paid_until,
            born: births.first().filter(|(id, _)| *id == row.id()).map(|(_, born)| *born),
        })
    };
    part.rows().filter_map(subject).collect()
}

/// Returns the births of a member and those after.
fn from(births: &[(MemberId, YearMonth)], id: MemberId) -> &[(MemberId, YearMonth)] {
    let near = births.iter().take(2).position(|(of, _)| *of >= id);
    let start = near.unwrap_or_else(|| births.partition_point(|(of, _)| *of < id));
    &births[start..]
}

/// Lists whose age may decide dues: those who pay and state no concession, and their children.
fn asked(basis: &Basis, roster: &Roster) -> HashSet<MemberId> {
    let asks = |row: &Row<'_>| {
        let person = row.person()?;
        let payer = person.parent.map_or(Some(person), |parent| roster.get(parent)?.person())?;
        let tier = basis.tiers.get(payer.tier).and_then(Slot::get);
        asks_for_ages(tier, payer.concession).then(|| row.id())
    };
    let of = |part: &Part| part.rows().filter_map(|row| asks(&row)).collect::<Vec<_>>();
    roster.by_part(of).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn births_are_found_however_many_are_passed_over() {
        let id = |number| MemberId::new(number).unwrap();
        let born = |number| (id(number), "1960-01".parse().unwrap());
        let births = [2, 3, 7, 8, 20].map(born);
        for steps in [1, 2, 3, 5, 30] {
            let mut rest = &births[..];
            for number in (0..=21).step_by(steps) {
                rest = from(rest, id(number));
                let first = births.iter().find(|(of, _)| *of >= id(number));
                assert_eq!(rest.first(), first, "{number} in steps of {steps}");
            }
        }
    }
}
