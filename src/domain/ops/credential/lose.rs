//! Ends what a lost fob or passcode opens, at once. The code stays on record: whoever tries it leaves
//! a trace, and an undo brings it back if it turns up.

use jiff::Timestamp;

use crate::domain::{
    model::{Change, Counted, Credential, MemberId, Record, RecordPath, Subject, Tag},
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// Ends the grants of a member's credential, and of all others with the same code.
///
/// # Errors
/// Refuses if the member holds no such credential, or if it opens nothing anyway.
pub fn lose(records: &dyn Records, id: MemberId, tag: &Tag, now: Timestamp) -> Planned {
    let held = look_up::credentials(records, id);
    let Some(code) = held.iter().find(|(it, _)| it == tag).map(|(_, it)| it.code) else {
        let who = look_up::who(records, id);
        return Err(Refusal::new(format!("{who} holds no credential with the tag {tag}")));
    };
    let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let (mut change, mut tags, mut kind) = (Change::new("", ""), Vec::new(), None);
    for (tag, before) in held.into_iter().filter(|(_, it)| it.code == code) {
        let after = ended(before.clone(), now);
        if after == before {
            continue;
        }
        let path = RecordPath::Credential(id, tag.clone());
        change = match after.grants.is_empty() {
            true => change.remove(path),
            false => change.put(path, Record::Credential(after)),
        };
        tags.push(tag);
        kind = Some(before.kind);
    }
    let Some(kind) = kind else {
        return Err(Refusal::new("nothing to do: it opens nothing any more"));
    };
    let subject = Subject::new("credential: lost").and(kind);
    let subject = match tags.as_slice() {
        [tag] => subject.and(tag),
        tags => subject.and("in").and(Counted::new(tags.len(), "credentials")),
    };
    change.subject = subject.and("of").and(id);
    let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    change.trailer = format!("credential.lose {id} {}", tags.join(" "));
    Ok(change.into())
}

/// Ends grants that count or will; those that begin later go.
fn ended(mut credential: Credential, now: Timestamp) -> Credential {
    credential.grants.retain(|it| it.effective < now);
    for grant in &mut credential.grants {
        grant.expiration = Some(grant.expiration.map_or(now, |it| it.min(now)));
    }
    credential
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, id, refused, run, space, tag},
    };

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn now() -> Timestamp {
        "2026-06-01T12:00:00.5Z".parse().unwrap()
    }

    #[test]
    fn a_lost_fob_opens_nothing_under_any_tag_and_stays_on_record() {
        let mut all = space();
        for request in [
            a_fob(1, "T1", 1001, &["frontdoor"]),
            a_fob(1, "T2", 1001, &["workshop"]),
            a_fob(1, "T3", 1003, &["workshop"]),
        ] {
            run(&mut all, |all| credential::add(all, request));
        }
        let (subject, _) = run(&mut all, |all| lose(all, id(1), &tag("T1"), now()));
        assert_eq!(subject, "credential: lost fob in 2 credentials of 0001");
        let held = look_up::credentials(&all, id(1));
        let live = |it: &Credential| {
            it.grants.iter().any(|it| it.expiration.is_none_or(|end| now() < end))
        };
        let live: Vec<_> = held.iter().filter(|(_, it)| live(it)).map(|(it, _)| it).collect();
        assert_eq!((held.len(), live), (3, vec![&tag("T3")]));
        assert!(refused(lose(&all, id(1), &tag("T2"), now())).contains("opens nothing"));
    }

    #[test]
    fn what_begins_later_never_begins() {
        let mut all = space();
        let mut request = a_fob(1, "T1", 1001, &["frontdoor"]);
        request.grants[0].effective = now() + HOUR;
        run(&mut all, |all| credential::add(all, request));
        run(&mut all, |all| lose(all, id(1), &tag("T1"), now()));
        assert_eq!(look_up::credentials(&all, id(1)), []);
    }

    #[test]
    fn nobody_ends_what_somebody_else_holds() {
        let mut all = space();
        run(&mut all, |all| credential::add(all, a_fob(1, "T1", 1001, &["frontdoor"])));
        assert!(refused(lose(&all, id(2), &tag("T1"), now())).contains("holds no credential"));
    }
}
