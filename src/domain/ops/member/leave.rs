//! Records that a member left or came back.

use jiff::civil::Date;

use crate::domain::{
    model::{Advice, Change, MemberId, Note, Record, RecordPath, Subject},
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// What happens to the credentials of a member who leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Credentials {
    /// They stay, open nothing, and work again if the member returns.
    Keep,
    /// They are revoked, so that a fob can be given to somebody else.
    Revoke,
}

/// Records that a member left; `on` is the first day without membership.
///
/// # Errors
/// Refuses if there is no such member, or if the member has already left.
pub fn leave(records: &dyn Records, id: MemberId, on: Date, credentials: Credentials) -> Planned {
    let mut member = look_up::member(records, id)?;
    let who = look_up::who(records, id);
    if let Some(left) = member.left {
        return Err(
            Refusal::new(format!("{who} already left on {left}")).hint(Advice::ReturnMember(id))
        );
    }
    member.left = Some(on);
    let subject = Subject::new("member:").and(id).and("leaves on").and(on);
    let change = Change::new(subject, format!("member.leave {id}"))
        .put(RecordPath::Member(id), Record::Member(member));
    let held: Vec<RecordPath> = records
        .within(id)
        .into_iter()
        .filter(|path| matches!(path, RecordPath::Credential(..)))
        .collect();
    let mut plan = Plan::from(change);
    match (credentials, held.len()) {
        (_, 0) => {}
        (Credentials::Revoke, _) => {
            plan.change = held.into_iter().fold(plan.change, Change::remove);
        }
        (Credentials::Keep, count) => {
            plan.notes.push(Note::new(
                format!(
                    "{count} of their credentials stay on record but open nothing from {on} on"
                ),
                Advice::RevokeCredentials(id),
            ));
        }
    }
    Ok(plan)
}

/// Cancels the departure of a member.
///
/// # Errors
/// Refuses if there is no such member, or if the member has not left.
pub fn rejoin(records: &dyn Records, id: MemberId) -> Planned {
    let mut member = look_up::member(records, id)?;
    let who = look_up::who(records, id);
    if member.left.take().is_none() {
        return Err(Refusal::new(format!("{who} has not left")));
    }
    let subject = Subject::new("member:").and(id).and("returns");
    let change = Change::new(subject, format!("member.return {id}"))
        .put(RecordPath::Member(id), Record::Member(member));
    Ok(change.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, day, id, refused, run, space},
    };

    fn with_a_fob() -> crate::domain::records::Catalogue {
        let mut all = space();
        run(&mut all, |all| credential::add(all, a_fob(1, "T1", 1001, &["frontdoor"])));
        all
    }

    #[test]
    fn credentials_stay_unless_they_are_to_be_revoked() {
        for (credentials, held, notes) in [(Credentials::Keep, 1, 1), (Credentials::Revoke, 0, 0)] {
            let mut all = with_a_fob();
            let on = day("2026-06-30");
            let (subject, found) = run(&mut all, |all| leave(all, id(1), on, credentials));
            assert_eq!(subject, "member: 0001 leaves on 2026-06-30");
            assert_eq!(look_up::credentials(&all, id(1)).len(), held);
            assert_eq!(found.len(), notes, "{found:?}");
            let again = refused(leave(&all, id(1), on, credentials));
            assert!(again.contains("already left on 2026-06-30"), "{again}");
        }
    }

    #[test]
    fn who_returns_is_as_before() {
        let mut all = with_a_fob();
        let before = look_up::member(&all, id(1)).unwrap();
        assert!(refused(rejoin(&all, id(1))).contains("has not left"));
        run(&mut all, |all| leave(all, id(1), day("2026-06-30"), Credentials::Keep));
        run(&mut all, |all| rejoin(all, id(1)));
        assert_eq!(look_up::member(&all, id(1)).unwrap(), before);
    }
}
