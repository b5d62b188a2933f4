//! Removes a tier that no member has.

use crate::domain::{
    model::{Advice, Change, RecordPath, Slug, Subject, advice::Listed},
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// How many members are named who are in the way.
const NAMED: usize = 5;

/// Removes a tier.
///
/// # Errors
/// Refuses if there is no such tier, or if members have it.
pub fn remove(records: &dyn Records, name: &Slug) -> Planned {
    let path = RecordPath::Tier(name.clone());
    if !records.exists(&path) {
        look_up::tier(records, name)?;
    }
    let members = records.members_of(name, NAMED + 1);
    if !members.is_empty() {
        let who: Vec<String> =
            members.iter().take(NAMED).map(|id| look_up::who(records, *id)).collect();
        let more = if members.len() > NAMED { " and others" } else { "" };
        let message = format!("the tier {name} is that of {}{more}", who.join(", "));
        return Err(Refusal::new(message).hint(Advice::List(Listed::Members)));
    }
    let change = Change::new(Subject::new("tier: remove").and(name), format!("tier.remove {name}"));
    Ok(change.remove(path).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Tier,
        ops::{
            fixture::{refused, run, slug, space},
            tier,
        },
    };

    #[test]
    fn only_a_tier_that_nobody_has_is_removed() {
        let mut all = space();
        let refusal = refused(remove(&all, &slug("standard")));
        assert!(
            refusal.starts_with("the tier standard is that of 0001 Ada Lovelace, 0002 Bob Noyce"),
            "{refusal}"
        );
        let guest = Tier { name: "Guest".into(), price: None, year: None, concessions: false };
        run(&mut all, |all| tier::add(all, &slug("guest"), guest));
        let (subject, _) = run(&mut all, |all| remove(all, &slug("guest")));
        assert_eq!(subject, "tier: remove guest");
        assert!(refused(remove(&all, &slug("guest"))).contains("there is no tier guest"));
    }
}
