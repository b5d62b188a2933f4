//! Suspends a member, until somebody ends it or until a day, and ends the suspension.

use super::contact_data;
use crate::domain::{
    model::{Advice, Change, MemberId, Note, Record, RecordPath, Subject, Suspension},
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Suspends a member: until it ends, the member's credentials open nothing. A suspension that is not
/// over by then keeps its beginning, and gets another end; its reason stays if none is given.
///
/// # Errors
/// Refuses if there is no such member, if the suspension ends before it begins, or if the member is
/// suspended until that very end already.
pub fn suspend(
    records: &dyn Records,
    id: MemberId,
    suspension: impl Into<Suspension>,
    reason: impl Into<Option<String>>,
) -> Planned {
    let Suspension { since, until } = suspension.into();
    let reason = reason.into().map(|it| it.trim().to_owned());
    let mut member = look_up::member(records, id)?;
    let who = look_up::who(records, id);
    let former = member.suspension().filter(|it| !it.is_over(since));
    if let Some(former) = former.filter(|it| it.until == until) {
        if reason.is_none() {
            return Err(Refusal::unchanged(format!("{who} has been suspended since {former}")));
        }
        return Err(Refusal::new(format!("{who} has been suspended since {former}"))
            .hint(Advice::ResumeMember(id)));
    }
    let since = former.map_or(since, |it| it.since.min(since));
    if let Some(until) = until.filter(|until| *until <= since) {
        return Err(Refusal::new(format!(
            "the suspension would end on {until}, but begins on {since}"
        ))
        .hint("name the first day on which the member may come again"));
    }
    (member.suspended, member.suspended_until) = (Some(since), until);
    let subject = Subject::new("member: suspend").and(id);
    let change = Change::new(subject, format!("member.suspend {id}"))
        .put(RecordPath::Member(id), Record::Member(member));
    let keeps = former.is_some() && reason.is_none();
    let plan = contact_data::edit_along(records, id, change, |it| {
        if !keeps {
            it.suspension_reason = reason;
        }
    });
    let children = records.children(id);
    let note = |until| {
        let all: Vec<String> = children.iter().map(|id| look_up::who(records, *id)).collect();
        let all = all.join(", ");
        Note::from(format!("{who} covers nobody until {until}, so the doors stay shut for {all}"))
    };
    let note = until.filter(|_| !children.is_empty()).map(note);
    Ok(note.into_iter().fold(plan, Plan::note))
}

/// Ends a suspension, and removes what one that is over has left.
///
/// # Errors
/// Refuses if there is no such member, or if the member is not suspended.
pub fn resume(records: &dyn Records, id: MemberId) -> Planned {
    let mut member = look_up::member(records, id)?;
    let who = look_up::who(records, id);
    if member.suspended.take().is_none() {
        return Err(Refusal::new(format!("{who} is not suspended")));
    }
    member.suspended_until = None;
    let subject = Subject::new("member: resume").and(id);
    let change = Change::new(subject, format!("member.resume {id}"))
        .put(RecordPath::Member(id), Record::Member(member));
    Ok(contact_data::edit_along(records, id, change, |it| it.suspension_reason = None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ops::{
            fixture::{day, id, newcomer, refused, run, space},
            member::{Add, add},
        },
        records::Catalogue,
    };

    fn reason(all: &Catalogue) -> Option<String> {
        match all.record(&RecordPath::Contact(id(2)))? {
            Record::Contact(contact) => contact.suspension_reason,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_suspension_has_a_reason_and_an_end() {
        let mut all = space();
        let before = look_up::member(&all, id(2)).unwrap();
        assert!(refused(resume(&all, id(2))).contains("is not suspended"));
        let since = day("2026-05-01");
        run(&mut all, |all| suspend(all, id(2), since, " left the laser on ".to_owned()));
        assert_eq!(look_up::member(&all, id(2)).unwrap().suspended, Some(since));
        assert_eq!(reason(&all).as_deref(), Some("left the laser on"));
        assert!(refused(suspend(&all, id(2), since, "again".to_owned())).contains("2026-05-01"));
        let (subject, _) = run(&mut all, |all| resume(all, id(2)));
        assert_eq!(subject, "member: resume 0002");
        assert_eq!(look_up::member(&all, id(2)).unwrap(), before);
        assert!(!all.exists(&RecordPath::Contact(id(2))), "nothing is left of the reason");
    }

    #[test]
    fn a_suspension_may_end_by_itself_and_its_end_may_be_moved() {
        let mut all = space();
        let before = look_up::member(&all, id(2)).unwrap();
        let times = |since: &str, until: Option<&str>| Suspension {
            since: day(since),
            until: until.map(day),
        };
        let may = times("2026-05-01", Some("2026-06-01"));
        run(&mut all, |all| suspend(all, id(2), may, "left the laser on".to_owned()));
        let now = |all: &Catalogue| look_up::member(all, id(2)).unwrap().suspension();
        assert_eq!(now(&all), Some(may));
        let refusal = refused(suspend(&all, id(2), may, None));
        assert!(refusal.contains("since 2026-05-01 until 2026-06-01"), "{refusal}");

        run(&mut all, |all| suspend(all, id(2), times("2026-05-20", Some("2026-07-01")), None));
        assert_eq!(now(&all), Some(times("2026-05-01", Some("2026-07-01"))));
        assert_eq!(reason(&all).as_deref(), Some("left the laser on"));
        run(&mut all, |all| suspend(all, id(2), times("2026-05-20", None), None));
        assert_eq!(now(&all), Some(times("2026-05-01", None)));
        run(&mut all, |all| suspend(all, id(2), may, None));

        // What is over is not what begins anew.
        let august = times("2026-08-01", None);
        run(&mut all, |all| suspend(all, id(2), august, "again".to_owned()));
        assert_eq!((now(&all), reason(&all).as_deref()), (Some(august), Some("again")));
        run(&mut all, |all| resume(all, id(2)));
        assert_eq!(look_up::member(&all, id(2)).unwrap(), before);
    }

    #[test]
    fn a_suspension_ends_after_it_begins() {
        let all = space();
        for until in ["2026-04-30", "2026-05-01"] {
            let times = Suspension { since: day("2026-05-01"), until: Some(day(until)) };
            let refusal = refused(suspend(&all, id(2), times, None));
            assert!(refusal.contains("but begins on 2026-05-01"), "{refusal}");
        }
    }

    #[test]
    fn those_whom_the_member_covers_are_named() {
        let mut all = space();
        run(&mut all, |all| add(all, Add { parent: Some(id(2)), ..newcomer(42, "Grace Hopper") }));
        let times = Suspension { since: day("2026-05-01"), until: Some(day("2026-06-01")) };
        let plan = suspend(&all, id(2), times, "left the laser on".to_owned()).unwrap();
        assert!(plan.notes[0].text.ends_with("shut for 0042 Grace Hopper"), "{:?}", plan.notes);
    }

    #[test]
    fn nobody_stays_in_because_their_contact_data_cannot_be_read() {
        let mut all = space();
        all.insert_unreadable(RecordPath::Contact(id(2)));
        let reason = "left the laser on".to_owned();
        let plan = suspend(&all, id(2), day("2026-05-01"), reason).unwrap();
        let written: Vec<&RecordPath> = plan.change.edits.keys().collect();
        assert_eq!(written, [&RecordPath::Member(id(2))]);
        assert!(plan.notes[0].text.contains("contact.json cannot be read"), "{:?}", plan.notes);
    }
}
