//! Who shares one membership: the member who pays, and the children.

use jiff::civil::Date;

use crate::domain::model::{Member, Money, contact::YearMonth};

/// What decides dues about a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DuesTerms {
    /// The name that other members know.
    pub name: String,
    /// The first day of membership, local date.
    pub joined: Date,
    /// The first day without membership, local date.
    pub left: Option<Date>,
    /// Whether the person stated a reason for reduced dues.
    pub concession: bool,
    /// The year and month of birth, if known.
    pub born: Option<YearMonth>,
    /// The monthly amount that the person chose to pay, in minor units.
    pub chosen_amount: Option<Money>,
    /// Whether somebody else pays for this person.
    pub is_child: bool,
}

impl DuesTerms {
    /// Takes the relevant fields of a member's record and contact data.
    #[must_use]
    pub fn new(member: &Member, born: Option<YearMonth>) -> Self {
        Self {
            name: member.name.clone(),
            joined: member.joined,
            left: member.left,
            concession: member.concession,
            born,
            chosen_amount: member.chosen_amount,
            is_child: member.parent.is_some(),
        }
    }

    /// Tells whether the person is a member on a local day.
    #[must_use]
    pub fn is_member_on(&self, on: Date) -> bool {
        is_member_on(self.joined, self.left, on)
    }

    /// Tells whether the person is known to have reached an age by the month of a local day.
    #[must_use]
    pub fn has_reached(&self, age: u16, on: Date) -> bool {
        let months = |year: i16, month: i8| i64::from(year) * 12 + i64::from(month);
        self.born.is_some_and(|born| {
            months(born.year, born.month) + i64::from(age) * 12 <= months(on.year(), on.month())
        })
    }
}

/// Tells whether somebody who joined, and perhaps left, is a member on a local day.
#[must_use]
pub fn is_member_on(joined: Date, left: Option<Date>, on: Date) -> bool {
    joined <= on && left.is_none_or(|left| on < left)
}

/// A member and the children the member pays for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Household {
    /// The member who pays.
    pub payer: DuesTerms,
    /// All children on record, including those who left.
    pub children: Vec<DuesTerms>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_age_is_reached_with_the_month_of_birth() {
        let person = DuesTerms {
            name: "Ada".into(),
            joined: date(2020, 1, 1),
            left: Some(date(2026, 3, 1)),
            concession: false,
            born: Some("1960-12".parse().unwrap()),
            chosen_amount: None,
            is_child: false,
        };
        assert!(!person.has_reached(65, date(2025, 11, 30)));
        assert!(person.has_reached(65, date(2025, 12, 1)));
        assert!(!DuesTerms { born: None, ..person.clone() }.has_reached(0, date(2025, 12, 1)));
        assert!(person.is_member_on(date(2026, 2, 28)) && !person.is_member_on(date(2026, 3, 1)));
        assert!(!person.is_member_on(date(2019, 12, 31)));
    }
}
