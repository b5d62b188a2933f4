//! All members at once, for questions about all of them.

use jiff::civil::Date;

use super::{
    Cover, CoverTerms, Dues, DuesTerms, Household, Standing, belongs, cover::earliest, dues,
};
use crate::domain::model::{Basis, Member, MemberId, Money, Slot, Slug, Tier, contact::YearMonth};

/// One member: what decides dues, cover and standing, including the month of birth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the fields are those of a member and of the contact data")]
pub struct MemberTerms<'r> {
    pub id: MemberId,
    pub name: &'r str,
    pub tier: &'r Slug,
    pub joined: Date,
    pub left: Option<Date>,
    pub suspended: Option<Date>,
    pub parent: Option<MemberId>,
    pub concession: bool,
    pub chosen_amount: Option<Money>,
    pub paid_until: Option<Date>,
    pub born: Option<YearMonth>,
}

impl<'r> MemberTerms<'r> {
    /// Takes the relevant fields of a member's record.
    #[must_use]
    pub fn new(id: MemberId, member: &'r Member, born: Option<YearMonth>) -> Self {
        Self {
            id,
            name: &member.name,
            tier: &member.tier,
            joined: member.joined,
            left: member.left,
            suspended: member.suspended,
            parent: member.parent,
            concession: member.concession,
            chosen_amount: member.chosen_amount,
            paid_until: member.paid_until,
            born,
        }
    }

    /// Tells whether this is a member on a local day.
    #[must_use]
    pub fn belongs(&self, on: Date) -> bool {
        belongs(self.joined, self.left, on)
    }

    fn person(&self) -> DuesTerms {
        DuesTerms {
            name: self.name.to_owned(),
            joined: self.joined,
            left: self.left,
            concession: self.concession,
            born: self.born,
            chosen_amount: self.chosen_amount,
            is_child: self.parent.is_some(),
        }
    }
}

/// All members with a readable record, the settings and the tiers.
#[derive(Clone, Debug)]
pub struct AllMembers<'r> {
    basis: &'r Basis,
    /// Sorted by number.
    subjects: Vec<MemberTerms<'r>>,
    /// The parent and index of each child, sorted.
    children: Vec<(MemberId, usize)>,
}

impl<'r> AllMembers<'r> {
    /// Takes members in any order.
    #[must_use]
    pub fn new(basis: &'r Basis, mut subjects: Vec<MemberTerms<'r>>) -> Self {
        subjects.sort_by_key(|subject| subject.id);
        let places = subjects.iter().enumerate();
        let mut children: Vec<_> =
            places.filter_map(|(place, child)| Some((child.parent?, place))).collect();
        children.sort_unstable();
        Self { basis, subjects, children }
    }

    /// Returns the settings, tiers and facilities.
    #[must_use]
    pub const fn basis(&self) -> &'r Basis {
        self.basis
    }

    /// Returns the members, sorted by number.
    #[must_use]
    pub fn members(&self) -> &[MemberTerms<'r>] {
        &self.subjects
    }

    /// Returns one member.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<&MemberTerms<'r>> {
        let place = self.subjects.binary_search_by_key(&id, |subject| subject.id).ok()?;
        self.subjects.get(place)
    }

    /// Returns a tier if its record can be read.
    #[must_use]
    pub fn tier(&self, name: &Slug) -> Option<&'r Tier> {
        self.basis.tiers.get(name).and_then(Slot::get)
    }

    /// Calculates what a member owes on a day; `None` if the settings or the tier cannot be read.
    #[must_use]
    pub fn dues(&self, of: &MemberTerms<'r>, on: Date) -> Option<Dues> {
        let rules = &self.basis.space.get()?.dues;
        Some(dues(rules, self.tier(of.tier)?, &self.household(of), on))
    }

    /// Calculates until when a member is covered.
    #[must_use]
    pub fn cover(&self, of: &MemberTerms<'r>) -> Cover {
        let payer = |of: &MemberTerms<'_>| {
            let MemberTerms { parent, paid_until, .. } = *of;
            let ends = earliest(of.left, of.suspended);
            let terms = CoverTerms { parent, owes_dues: None, paid_until, ends };
            terms.in_tier(self.basis, of.tier)
        };
        Cover::by(self.basis, payer(of), |id| self.get(id).map(payer))
    }

    /// Returns a member's standing on a day.
    #[must_use]
    pub fn standing(&self, of: &MemberTerms<'r>, on: Date) -> Standing {
        Standing::at(on, of.left, of.suspended, self.cover(of))
    }

    fn household(&self, of: &MemberTerms<'_>) -> Household {
        let first = self.children.partition_point(|(parent, _)| *parent < of.id);
        let own = self.children[first..].iter().take_while(|(parent, _)| *parent == of.id);
        let children = own.map(|(_, place)| self.subjects[*place].person()).collect();
        Household { payer: of.person(), children }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::dues::fixture::basis;

    #[test]
    fn children_count_for_their_parent_and_are_covered_as_the_parent_is() {
        let (basis, standard) = (basis(), "standard".parse().unwrap());
        let id = |number| MemberId::new(number).unwrap();
        let one = |number: u64, parent: Option<u64>| MemberTerms {
            id: id(number),
            name: "Ada",
            tier: &standard,
            joined: date(2020, 1, 1),
            left: None,
            suspended: None,
            parent: parent.map(id),
            concession: false,
            chosen_amount: None,
            paid_until: (number == 2).then_some(date(2026, 3, 1)),
            born: (number == 4).then(|| "1950-01".parse().unwrap()),
        };
        // In no order, with the children of two.
        let all =
            vec![one(4, None), one(3, Some(2)), one(2, None), one(1, Some(2)), one(5, Some(4))];
        let everybody = AllMembers::new(&basis, all);
        let owes = |number| everybody.dues(everybody.get(id(number)).unwrap(), date(2026, 1, 1));
        let amounts: Vec<_> = (1..=5).map(|number| owes(number).unwrap().amount).collect();
        assert_eq!(amounts, [0, 3000, 0, 1250, 0]);
        let cover = |number| everybody.cover(everybody.get(id(number)).unwrap());
        assert_eq!(cover(1), Cover::Until(date(2026, 3, 15)));
        assert_eq!((cover(4), cover(5)), (Cover::Never, Cover::Never));
        let standing = everybody.standing(everybody.get(id(3)).unwrap(), date(2026, 3, 15));
        assert_eq!(standing, Standing::Lapsed);
        assert!(everybody.get(id(6)).is_none());
    }
}
