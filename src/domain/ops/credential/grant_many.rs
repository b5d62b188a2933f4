//! Lets the fobs of many members open more, in one change.

use std::collections::BTreeSet;

use super::{Held, grant};
use crate::domain::{
    model::{Change, Counted, Grant, MemberId, Note, Slug, Subject},
    ops::{Plan, Refusal},
    records::Records,
};

/// Up to so many members are named in the message of the commit.
const NAMED: usize = 5;

/// A grant to many, and whom it concerns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrantMany {
    /// What is written; the notes say what keeps members from using it.
    pub plan: Plan,
    /// Who gets it.
    pub given: Vec<MemberId>,
    /// Who has it already.
    pub had: Vec<MemberId>,
    /// Who cannot get it, since they hold no fob or their records cannot be read, and why.
    pub left_out: Vec<(MemberId, Note)>,
}

/// Gives the fobs of each of these members the grants too, as [`grant`] does for one.
///
/// # Errors
/// Refuses if nobody would get them: they are there already, or there is no fob that could have them.
pub fn grant_many(
    records: &dyn Records,
    members: &BTreeSet<MemberId>,
    grants: &[Grant],
) -> Result<GrantMany, Refusal> {
    let (mut given, mut had, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    let (mut change, mut notes) = (Change::new("", ""), Vec::<Note>::new());
    for id in members.iter().copied() {
        match grant(records, &Held::FobsOf(id), grants) {
            Ok(plan) => {
                given.push(id);
                notes.extend(plan.notes);
                change.edits.extend(plan.change.edits);
            }
            Err(refusal) if refusal.unchanged => had.push(id),
            Err(refusal) => {
                left_out.push((id, Note { text: refusal.message, advice: refusal.advice }))
            }
        }
    }
    let facilities: BTreeSet<Slug> = grants.iter().map(|it| it.facility.clone()).collect();
    let names: Vec<&str> = facilities.iter().map(Slug::as_str).collect();
    let names = names.join(" ");
    if given.is_empty() {
        return Err(match (had.is_empty(), left_out.pop()) {
            (false, None) => Refusal::unchanged(format_args!("all of them have this for {names}")),
            (true, None) => Refusal::new("no member is meant"),
            (_, Some(_)) => Refusal::new(format!("none of them has a fob that could get {names}")),
        });
    }
    let subject = Subject::new("credential: grant");
    change.subject = match given.len() {
        ..=NAMED => subject.all(given.iter().copied()),
        count => subject.and(Counted::new(count, "members")),
    }
    .and("for")
    .all(&facilities);
    let ids: Vec<String> = given.iter().map(ToString::to_string).collect();
    change.trailer = format!("credential.grant_many {names} to {}", ids.join(" "));
    Ok(GrantMany { plan: Plan { change, notes }, given, had, left_out })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{self, a_fob, id, run, space},
    };

    #[test]
    fn who_has_a_fob_gets_it_and_the_others_are_named() {
        let mut all = space();
        run(&mut all, |all| credential::add(all, a_fob(1, "T1", 1001, &["frontdoor"])));
        let more = [fixture::grant("workshop")];
        let both = BTreeSet::from([id(1), id(2)]);
        let done = grant_many(&all, &both, &more).unwrap();
        assert_eq!((done.given.as_slice(), done.had.len()), (&[id(1)][..], 0));
        assert_eq!(done.left_out[0].0, id(2));
        assert!(done.left_out[0].1.text.contains("has no fob yet"));
        let (subject, _) = run(&mut all, |_| Ok(done.plan.clone()));
        assert_eq!(subject, "credential: grant 0001 for workshop");
        let refusal = grant_many(&all, &both, &more).unwrap_err();
        assert!(refusal.message.contains("none of them has a fob"), "{refusal:?}");
        let again = grant_many(&all, &BTreeSet::from([id(1)]), &more).unwrap_err();
        assert!(again.unchanged, "{again:?}");
        let nobody = grant_many(&all, &BTreeSet::new(), &more).unwrap_err();
        assert!(!nobody.unchanged, "{nobody:?}");
    }
}
