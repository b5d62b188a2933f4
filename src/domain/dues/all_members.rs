//! All members at once, for questions about all of them.

use jiff::civil::Date;

use super::{Cover, CoverTerms, Dues, DuesTerms, Household, Standing, dues, is_member_on};
use crate::domain::model::{
    Basis, Member, MemberId, Money, Slot, Slug, Suspension, Tier, contact::YearMonth,
};

/// One member: what decides dues, cover and standing, including the month of birth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the fields are those of a member and of the contact data")]
pub struct MemberTerms<'r> {
    pub id: MemberId,
    pub name: &'r str,
    pub tier: &'r Slug,
    pub joined: Date,
    pub left: Option<Date>,
    pub suspension: Option<Suspension>,
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
            suspension: member.suspension(),
            parent: member.parent,
            concession: member.concession,
            chosen_amount: member.chosen_amount,
            paid_until: member.paid_until,
            born,
        }
    }

    /// Tells whether this is a member on a local day.
    #[must_use]
    pub fn is_member_on(&self, on: Date) -> bool {
        is_member_on(self.joined, self.left, on)
    }

    fn dues_terms(&self) -> DuesTerms {
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
    members: Vec<MemberTerms<'r>>,
    /// The parent and index of each child, sorted.
    children: Vec<(MemberId, usize)>,
}

impl<'r> AllMembers<'r> {
    /// Takes members in any order.
    #[must_use]
    pub fn new(basis: &'r Basis, mut members: Vec<MemberTerms<'r>>) -> Self {
        members.sort_by_key(|member| member.id);
        let places = members.iter().enumerate();
        let mut children: Vec<_> =
            places.filter_map(|(place, child)| Some((child.parent?, place))).collect();
        children.sort_unstable();
        Self { basis, members, children }
    }

    /// Returns the settings, tiers and facilities.
    #[must_use]
    pub const fn basis(&self) -> &'r Basis {
        self.basis
    }

    /// Returns the members, sorted by number.
    #[must_use]
    pub fn members(&self) -> &[MemberTerms<'r>] {
        &self.members
    }

    /// Returns one member.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<&MemberTerms<'r>> {
        let place = self.members.binary_search_by_key(&id, |member| member.id).ok()?;
        self.members.get(place)
    }

    /// Returns a tier if its record can be read.
    #[must_use]
    pub fn tier(&self, name: &Slug) -> Option<&'r Tier> {
        self.basis.tiers.get(name).and_then(Slot::get)
    }

    /// Calculates what a member owes on a day; `None` if the settings or the tier cannot be read.
    #[must_use]
    pub fn dues(&self, member: &MemberTerms<'r>, on: Date) -> Option<Dues> {
        let rules = &self.basis.space.get()?.dues;
        Some(dues(rules, self.tier(member.tier)?, &self.household(member), on))
    }

    /// Calculates until when a member is covered, as it is known on a day.
    #[must_use]
    pub fn cover(&self, member: &MemberTerms<'r>, on: Date) -> Cover {
        let payer = |member: &MemberTerms<'_>| {
            let MemberTerms { parent, paid_until, left, suspension, .. } = *member;
            let terms = CoverTerms { parent, owes_dues: None, paid_until, left, suspension };
            terms.in_tier(self.basis, member.tier)
        };
        Cover::by_settings(self.basis, payer(member), on, |id| self.get(id).map(payer))
    }

    /// Returns a member's standing on a day.
    #[must_use]
    pub fn standing(&self, member: &MemberTerms<'r>, on: Date) -> Standing {
        Standing::at(on, member.left, member.suspension, self.cover(member, on))
    }

    fn household(&self, member: &MemberTerms<'_>) -> Household {
        let first = self.children.partition_point(|(parent, _)| *parent < member.id);
        let own = self.children[first..].iter().take_while(|(parent, _)| *parent == member.id);
        let children = own.map(|(_, place)| self.members[*place].dues_terms()).collect();
        Household { payer: member.dues_terms(), children }
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
            suspension: None,
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
        let cover = |number| everybody.cover(everybody.get(id(number)).unwrap(), date(2026, 1, 1));
        assert_eq!(cover(1), Cover::Until(date(2026, 3, 15)));
        assert_eq!((cover(4), cover(5)), (Cover::Never, Cover::Never));
        let standing = everybody.standing(everybody.get(id(3)).unwrap(), date(2026, 3, 15));
        assert_eq!(standing, Standing::Lapsed);
        assert!(everybody.get(id(6)).is_none());
    }
}
