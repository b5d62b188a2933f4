//! Does what a member asked for.

use super::{Edit, edit};
use crate::domain::{
    model::{MemberId, OwnChange},
    ops::{Field, Planned},
    records::Records,
};

/// Changes what a member wants to be different.
///
/// # Errors
/// Refuses like [`edit`].
pub fn own_change(records: &dyn Records, id: MemberId, wanted: OwnChange) -> Planned {
    let text = |it: Option<String>| match it {
        None => Field::Keep,
        Some(it) if it.trim().is_empty() => Field::Clear,
        Some(it) => Field::Set(it.trim().to_owned()),
    };
    let chosen_amount = match wanted.chosen_amount {
        None => Field::Keep,
        Some(0) => Field::Clear,
        Some(it) => Field::Set(it),
    };
    let request = Edit {
        name: wanted.name,
        tier: wanted.tier,
        concession: text(wanted.concession),
        chosen_amount,
        email: text(wanted.email),
        phone: text(wanted.phone),
        address: text(wanted.address),
        born: wanted.born.map_or(Field::Keep, Field::Set),
        news: wanted.news,
        named: wanted.named,
        ..Edit::default()
    };
    edit(records, id, request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::fixture::{id, refused, run, space};

    #[test]
    fn what_is_wished_for_is_changed_and_taken_away_again() {
        let mut all = space();
        let before: Vec<_> = all.iter().map(|(p, r)| (p.clone(), r.clone())).collect();
        let wanted = OwnChange {
            phone: Some(" +44 20 7946 0000 ".into()),
            concession: Some("student".into()),
            chosen_amount: Some(2500),
            ..OwnChange::default()
        };
        let (subject, _) = run(&mut all, |all| own_change(all, id(1), wanted.clone()));
        assert_eq!(subject, "member: edit 0001 (phone, concession, chosen amount)");
        assert!(refused(own_change(&all, id(1), wanted)).contains("nothing to do"));
        let nothing = OwnChange {
            phone: Some(String::new()),
            concession: Some(String::new()),
            chosen_amount: Some(0),
            ..OwnChange::default()
        };
        run(&mut all, |all| own_change(all, id(1), nothing));
        assert!(all.iter().map(|(p, r)| (p.clone(), r.clone())).eq(before), "not as it was");
    }
}
