//! Who was a member on a day, since when, and until when.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::{
    dues::AllMembers,
    model::{MemberId, Slug},
};

/// One member of the register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct RegisterEntry {
    /// The number.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// The tier.
    pub tier: Slug,
    /// The first day of membership, local date.
    pub since: Date,
    /// The first day without membership, local date; `None` if the membership continues.
    pub until: Option<Date>,
}

/// Lists the members on a day, sorted by number.
#[must_use]
pub fn register(all: &AllMembers<'_>, on: Date) -> Vec<RegisterEntry> {
    let there = all.members().iter().filter(|member| member.is_member_on(on));
    let entry = |it: &crate::domain::dues::MemberTerms<'_>| RegisterEntry {
        id: it.id,
        name: it.name.to_owned(),
        tier: it.tier.clone(),
        since: it.joined,
        until: it.left,
    };
    there.map(entry).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::report::people::{basis, example_members};

    #[test]
    fn the_first_day_counts_and_the_day_of_leaving_does_not() {
        let (basis, tiers) = basis();
        let all = AllMembers::new(&basis, example_members(&tiers));
        let numbers =
            |on| -> Vec<u64> { register(&all, on).iter().map(|entry| entry.id.number()).collect() };
        assert_eq!(numbers(date(2019, 12, 31)), [0; 0]);
        assert_eq!(numbers(date(2026, 3, 4)), [1, 2, 3, 4, 5, 6, 7, 9]);
        assert_eq!(numbers(date(2026, 3, 5)), [1, 2, 3, 4, 5, 6, 7], "the 9th left on that day");
        assert_eq!(numbers(date(2026, 3, 10)), [1, 2, 3, 4, 5, 6, 7, 8], "the 8th joined");
        let ninth = register(&all, date(2026, 3, 4)).pop().unwrap();
        assert_eq!((ninth.since, ninth.until), (date(2020, 1, 1), Some(date(2026, 3, 5))));
    }
}
