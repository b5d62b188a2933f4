//! Revokes an induction.

use crate::domain::{
    model::{Advice, Change, MemberId, RecordPath, Slug, Subject, advice::Listed},
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Revokes a member's induction to a facility.
///
/// # Errors
/// Refuses if the member has no such induction.
pub fn revoke(records: &dyn Records, id: MemberId, name: &Slug) -> Planned {
    let path = RecordPath::Induction(id, name.clone());
    let who = look_up::who(records, id);
    if !records.exists(&path) {
        return Err(Refusal::new(format!("{who} has no induction to {name}"))
            .hint(Advice::List(Listed::InductionsOf(id))));
    }
    let subject = Subject::new("induction: revoke").and(id).and("from").and(name);
    let change = Change::new(subject, format!("induction.revoke {id} {name}")).remove(path);
    let mut plan = Plan::from(change);
    for other in records.facilities() {
        let needs = look_up::facility(records, &other)
            .is_ok_and(|facility| facility.inductions_first.contains(name));
        if needs && look_up::induction(records, id, &other).is_some() {
            plan = plan.note(format!("{other} requires it too and no longer opens for {who}"));
        }
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::fixture::{id, refused, run, slug, space};

    #[test]
    fn what_needs_it_first_no_longer_opens() {
        let mut all = space();
        let (subject, notes) = run(&mut all, |all| revoke(all, id(1), &slug("safety")));
        assert_eq!(subject, "induction: revoke 0001 from safety");
        assert_eq!(notes, ["laser requires it too and no longer opens for 0001 Ada Lovelace"]);
        assert!(refused(revoke(&all, id(1), &slug("safety"))).contains("has no induction"));
    }
}
