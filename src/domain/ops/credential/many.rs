//! Changes what the fobs of many members open, in one change.

use std::{collections::BTreeSet, fmt};

use super::{Edit, Held, edit, grant, ungrant};
use crate::domain::{
    model::{Change, Counted, CredentialType, Grant, MemberId, Note, Slug, Subject},
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Up to so many members are named in the message of the commit.
const NAMED: usize = 5;

/// A change for many, and whom it concerns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Many {
    /// What is written; the notes say what keeps members from using it.
    pub plan: Plan,
    /// Whose fobs it changes.
    pub done: Vec<MemberId>,
    /// For whom it is so already.
    pub had: Vec<MemberId>,
    /// For whom it cannot be done, and why.
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
) -> Result<Many, Refusal> {
    let facilities: BTreeSet<Slug> = grants.iter().map(|it| it.facility.clone()).collect();
    let names = names(&facilities);
    let many = each(members, |id| grant(records, &Held::FobsOf(id), grants));
    many.finish(
        ("grant", &facilities),
        format_args!("all of them have this for {names}"),
        format_args!("none of them has a fob that could get {names}"),
    )
}

/// Takes all grants for these facilities from the fobs of each of these members, as [`ungrant`] does
/// for one. Who has no fob has nothing that could be taken.
///
/// # Errors
/// Refuses if nobody has such a grant, or if nobody's fob would have any left.
pub fn ungrant_many(
    records: &dyn Records,
    members: &BTreeSet<MemberId>,
    facilities: &BTreeSet<Slug>,
) -> Result<Many, Refusal> {
    let names = names(facilities);
    let many = each(members, |id| {
        if has_fob(records, id) {
            ungrant(records, &Held::FobsOf(id), facilities)
        } else {
            Err(Refusal::unchanged(format_args!("{id} has no fob")))
        }
    });
    many.finish(
        ("ungrant", facilities),
        format_args!("none of them has a grant for {names}"),
        format_args!("their fobs open nothing but {names}"),
    )
}

/// Changes the grants of the fobs of each of these members, as [`edit`] does for one.
///
/// # Errors
/// Refuses if nothing would change, or if nobody has such a grant.
pub fn edit_many(
    records: &dyn Records,
    members: &BTreeSet<MemberId>,
    request: &Edit,
) -> Result<Many, Refusal> {
    let facilities = request.facility.clone().into_iter().collect();
    let many = each(members, |id| edit(records, &Held::FobsOf(id), request));
    many.finish(
        ("edit", &facilities),
        "the grants of all of them have these values",
        "none of them has a grant that this changes",
    )
}

fn has_fob(records: &dyn Records, id: MemberId) -> bool {
    look_up::credentials(records, id).iter().any(|(_, it)| it.kind == CredentialType::Fob)
}

fn names(facilities: &BTreeSet<Slug>) -> String {
    facilities.iter().map(Slug::as_str).collect::<Vec<_>>().join(" ")
}

/// Plans it for each member, and puts the plans together.
fn each(members: &BTreeSet<MemberId>, verb: impl Fn(MemberId) -> Planned) -> Many {
    let plan = Plan::from(Change::new("", ""));
    let mut many = Many { plan, done: vec![], had: vec![], left_out: vec![] };
    for id in members.iter().copied() {
        match verb(id) {
            Ok(plan) => {
                many.done.push(id);
                many.plan.notes.extend(plan.notes);
                many.plan.change.edits.extend(plan.change.edits);
            }
            Err(refusal) if refusal.unchanged => many.had.push(id),
            Err(refusal) => {
                let note = Note { text: refusal.message, advice: refusal.advice };
                many.left_out.push((id, note));
            }
        }
    }
    many
}

impl Many {
    /// Says what was done for whom, or why nothing is.
    fn finish(
        mut self,
        (verb, facilities): (&str, &BTreeSet<Slug>),
        so_already: impl fmt::Display,
        impossible: impl fmt::Display,
    ) -> Result<Self, Refusal> {
        if self.done.is_empty() {
            return Err(match (self.had.is_empty(), self.left_out.is_empty()) {
                (false, true) => Refusal::unchanged(so_already),
                (true, true) => Refusal::new("no member is meant"),
                (_, false) => Refusal::new(impossible.to_string()),
            });
        }
        let subject = Subject::new(match verb {
            "grant" => "credential: grant",
            "ungrant" => "credential: ungrant",
            _ => "credential: edit",
        });
        let subject = match self.done.len() {
            ..=NAMED => subject.all(self.done.iter().copied()),
            count => subject.and(Counted::new(count, "members")),
        };
        let change = &mut self.plan.change;
        change.subject = match facilities.is_empty() {
            true => subject,
            false => subject.and("for").all(facilities),
        };
        let ids: Vec<String> = self.done.iter().map(ToString::to_string).collect();
        let (names, ids) = (names(facilities), ids.join(" "));
        change.trailer = match verb {
            "grant" => format!("credential.grant_many {names} to {ids}"),
            _ => format!("credential.{verb}_many {names} of {ids}"),
        };
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{self, a_fob, id, run, slug, space},
    };

    #[test]
    fn who_has_a_fob_gets_it_and_the_others_are_named() {
        let mut all = space();
        run(&mut all, |all| credential::add(all, a_fob(1, "T1", 1001, &["frontdoor"])));
        let more = [fixture::grant("workshop")];
        let both = BTreeSet::from([id(1), id(2)]);
        let done = grant_many(&all, &both, &more).unwrap();
        assert_eq!((done.done.as_slice(), done.had.len()), (&[id(1)][..], 0));
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

    #[test]
    fn what_many_have_is_taken_or_changed_in_one_change() {
        let mut all = space();
        for (member, name, code, opens) in
            [(1, "T1", 1001, &["frontdoor", "workshop"][..]), (2, "T2", 1002, &["workshop"])]
        {
            run(&mut all, |all| credential::add(all, a_fob(member, name, code, opens)));
        }
        let both = BTreeSet::from([id(1), id(2)]);
        let raised =
            Edit { priority: Some(3), facility: Some(slug("workshop")), ..Edit::default() };
        let done = edit_many(&all, &both, &raised).unwrap();
        assert_eq!(done.done, [id(1), id(2)]);
        let (subject, _) = run(&mut all, |_| Ok(done.plan.clone()));
        assert_eq!(subject, "credential: edit 0001, 0002 for workshop");
        assert!(edit_many(&all, &both, &raised).unwrap_err().unchanged);

        let workshop = BTreeSet::from([slug("workshop")]);
        let done = ungrant_many(&all, &both, &workshop).unwrap();
        assert_eq!(done.done, [id(1)]);
        assert!(done.left_out[0].1.text.contains("the fob T2 opens nothing but workshop"));
        let (subject, _) = run(&mut all, |_| Ok(done.plan.clone()));
        assert_eq!(subject, "credential: ungrant 0001 for workshop");
        let refusal = ungrant_many(&all, &both, &workshop).unwrap_err();
        assert!(refusal.message.contains("open nothing but workshop"), "{refusal:?}");
        let ones = BTreeSet::from([id(1)]);
        assert!(ungrant_many(&all, &ones, &workshop).unwrap_err().unchanged);
    }

    #[test]
    fn who_has_no_fob_has_nothing_to_lose() {
        let all = space();
        let some = BTreeSet::from([id(2)]);
        assert!(ungrant_many(&all, &some, &[slug("workshop")].into()).unwrap_err().unchanged);
    }
}
