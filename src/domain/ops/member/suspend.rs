//! Suspends a member for a while, and ends the suspension.

use jiff::civil::Date;

use super::contact_data;
use crate::domain::{
    model::{Advice, Change, MemberId, Record, RecordPath, Subject},
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// Suspends a member: until it ends, the member's credentials open nothing.
///
/// # Errors
/// Refuses if there is no such member, or if the member is already suspended.
pub fn suspend(records: &dyn Records, id: MemberId, since: Date, reason: String) -> Planned {
    let mut member = look_up::member(records, id)?;
    let who = look_up::who(records, id);
    if let Some(former) = member.suspended {
        return Err(Refusal::new(format!("{who} has been suspended since {former}"))
            .hint(Advice::ResumeMember(id)));
    }
    member.suspended = Some(since);
    let subject = Subject::new("member: suspend").and(id);
    let change = Change::new(subject, format!("member.suspend {id}"))
        .put(RecordPath::Member(id), Record::Member(member));
    let reason = reason.trim().to_owned();
    Ok(contact_data::edit_along(records, id, change, |it| it.suspension_reason = Some(reason)))
}

/// Ends a suspension.
///
/// # Errors
/// Refuses if there is no such member, or if the member is not suspended.
pub fn resume(records: &dyn Records, id: MemberId) -> Planned {
    let mut member = look_up::member(records, id)?;
    let who = look_up::who(records, id);
    if member.suspended.take().is_none() {
        return Err(Refusal::new(format!("{who} is not suspended")));
    }
    let subject = Subject::new("member: resume").and(id);
    let change = Change::new(subject, format!("member.resume {id}"))
        .put(RecordPath::Member(id), Record::Member(member));
    Ok(contact_data::edit_along(records, id, change, |it| it.suspension_reason = None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ops::fixture::{day, id, refused, run, space},
        records::Catalogue,
    };

    #[test]
    fn a_suspension_has_a_reason_and_an_end() {
        let mut all = space();
        let before = look_up::member(&all, id(2)).unwrap();
        assert!(refused(resume(&all, id(2))).contains("is not suspended"));
        let since = day("2026-05-01");
        run(&mut all, |all| suspend(all, id(2), since, " left the laser on ".into()));
        assert_eq!(look_up::member(&all, id(2)).unwrap().suspended, Some(since));
        let reason = |all: &Catalogue| match all.record(&RecordPath::Contact(id(2)))? {
            Record::Contact(contact) => contact.suspension_reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(reason(&all).as_deref(), Some("left the laser on"));
        assert!(refused(suspend(&all, id(2), since, "again".into())).contains("2026-05-01"));
        let (subject, _) = run(&mut all, |all| resume(all, id(2)));
        assert_eq!(subject, "member: resume 0002");
        assert_eq!(look_up::member(&all, id(2)).unwrap(), before);
        assert!(!all.exists(&RecordPath::Contact(id(2))), "nothing is left of the reason");
    }

    #[test]
    fn nobody_stays_in_because_their_contact_data_cannot_be_read() {
        let mut all = space();
        all.insert_unreadable(RecordPath::Contact(id(2)));
        let plan = suspend(&all, id(2), day("2026-05-01"), "left the laser on".into()).unwrap();
        let written: Vec<&RecordPath> = plan.change.edits.keys().collect();
        assert_eq!(written, [&RecordPath::Member(id(2))]);
        assert!(plan.notes[0].text.contains("contact.json cannot be read"), "{:?}", plan.notes);
    }
}
