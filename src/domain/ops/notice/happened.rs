//! What happened to a member between two commits and has to be announced.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, civil::Date};

use crate::domain::{
    model::{Member, MemberId, NoticeKind, Payment, Record, RecordPath, Tag},
    notices::{Occasion, OccasionDetail, run_start},
    ops::{dues, look_up},
    records::Records,
};

/// Anything older than this when it is recorded is not news: members taken over from another
/// system, or a year's payments imported at once.
const FRESH_DAYS: i64 = 62;

/// The children of each parent, at one commit.
pub type Children = BTreeMap<MemberId, Vec<MemberId>>;

/// Returns what happened to a member between two moments, whoever recorded it and however.
///
/// `children` are those at either moment.
#[must_use]
pub fn happened(
    [before, after]: [&dyn Records; 2],
    children: [&[MemberId]; 2],
    id: MemberId,
    today: Date,
) -> Vec<Occasion> {
    let Some(member) = member(after, id) else { return Vec::new() };
    let former = member_before(before, id);
    if matches!(former, Former::Unreadable) {
        return Vec::new(); // the occasion cannot be determined
    }
    let mut found = Vec::new();
    match &former {
        Former::Nobody if !is_fresh(member.joined, today) => return found,
        Former::Nobody => {
            found.push(Occasion::of(NoticeKind::Welcome, member.joined.to_string()));
        }
        Former::Member(former) => {
            if let (Some(left), None) = (former.left, member.left) {
                let key = format!("back after {left}");
                found.push(Occasion::of(NoticeKind::Welcome, key));
            }
            found.extend(repriced([before, after], children, id, today));
        }
        Former::Unreadable => {}
    }
    let paths = [paths(before, id), paths(after, id)];
    found.extend(payment([before, after], id, &paths[0], today));
    for path in paths[1].difference(&paths[0]) {
        found.extend(added(after, path, today));
    }
    for path in paths[0].difference(&paths[1]) {
        found.extend(revoked(before, path));
    }
    found
}

/// Returns the members affected by these changes: their own members, and the parents of these.
#[must_use]
pub fn affected<'p>(
    [before, after]: [&dyn Records; 2],
    changed: impl IntoIterator<Item = &'p RecordPath>,
) -> BTreeSet<MemberId> {
    let mut found = BTreeSet::new();
    for path in changed {
        let Some(id) = path.member() else { continue };
        found.insert(id);
        if matches!(path, RecordPath::Member(_) | RecordPath::Contact(_)) {
            found.extend([before, after].into_iter().filter_map(|it| member(it, id)?.parent));
        }
    }
    found
}

enum Former {
    Nobody,
    Unreadable,
    Member(Box<Member>),
}

fn member_before(before: &dyn Records, id: MemberId) -> Former {
    match member(before, id) {
        Some(member) => Former::Member(Box::new(member)),
        None if before.exists(&RecordPath::Member(id)) => Former::Unreadable,
        None => Former::Nobody,
    }
}

fn member(records: &dyn Records, id: MemberId) -> Option<Member> {
    match records.record(&RecordPath::Member(id)) {
        Some(Record::Member(member)) => Some(member),
        _ => None,
    }
}

fn is_fresh(day: Date, today: Date) -> bool {
    let oldest = today.checked_sub(SignedDuration::from_hours(24 * FRESH_DAYS));
    oldest.is_ok_and(|oldest| oldest <= day)
}

fn paths(records: &dyn Records, id: MemberId) -> BTreeSet<RecordPath> {
    records.within(id).into_iter().collect()
}

/// Returns the announcement of changed dues, if they changed.
#[must_use]
pub fn repriced(
    [before, after]: [&dyn Records; 2],
    [children_before, children_after]: [&[MemberId]; 2],
    id: MemberId,
    today: Date,
) -> Option<Occasion> {
    let (former, member) = (member(before, id)?, member(after, id)?);
    let belongs = |it: &Member| it.joined <= today && it.left.is_none_or(|left| today < left);
    if !belongs(&former) || !belongs(&member) || member.parent.is_some() {
        return None;
    }
    let before = dues::owed(before, id, &former, children_before, today).ok()?.amount;
    let after = dues::owed(after, id, &member, children_after, today).ok()?.amount;
    (before != after).then(|| Occasion {
        kind: NoticeKind::DuesChanged,
        key: after.to_string(),
        about: OccasionDetail::Dues { before, after },
    })
}

/// The payment that started the newest paid time, if it came in between.
fn payment(
    [_, after]: [&dyn Records; 2],
    id: MemberId,
    before: &BTreeSet<RecordPath>,
    today: Date,
) -> Option<Occasion> {
    let payments: Vec<(Tag, Payment)> = look_up::payments(after, id).ok()?;
    let (name, about) = run_start(&payments)?;
    let (_, payment) = payments.iter().find(|(other, _)| other == name)?;
    let new = !before.contains(&RecordPath::Payment(id, name.clone()));
    (new && is_fresh(payment.date, today)).then(|| Occasion {
        kind: NoticeKind::PaymentReceived,
        key: name.to_string(),
        about,
    })
}

fn added(after: &dyn Records, path: &RecordPath, today: Date) -> Option<Occasion> {
    match (path, after.record(path)?) {
        (RecordPath::Credential(_, tag), Record::Credential(credential)) => Some(Occasion {
            kind: NoticeKind::CredentialAdded,
            key: tag.to_string(),
            about: OccasionDetail::Credential(tag.clone(), credential),
        }),
        (RecordPath::Induction(_, facility), Record::Induction(induction))
            if is_fresh(induction.on, today) =>
        {
            Some(Occasion {
                kind: NoticeKind::InductionRecorded,
                key: format!("{facility} {}", induction.on),
                about: OccasionDetail::Induction(facility.clone(), induction),
            })
        }
        _ => None,
    }
}

fn revoked(before: &dyn Records, path: &RecordPath) -> Option<Occasion> {
    match (path, before.record(path)?) {
        (RecordPath::Credential(_, tag), Record::Credential(credential)) => Some(Occasion {
            kind: NoticeKind::CredentialRevoked,
            key: tag.to_string(),
            about: OccasionDetail::Credential(tag.clone(), credential),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ops::{
            Field, credential,
            fixture::{a_fob, day, id, inducted, newcomer, run, slug, space, tag},
            induction, member as members,
            payment::{self as payments, Add},
            tier,
        },
        records::Catalogue,
    };

    /// Returns what happened to a member through some verbs.
    fn occasions(number: u64, change: impl FnOnce(&mut Catalogue)) -> Vec<String> {
        let before = space();
        let mut after = before.clone();
        change(&mut after);
        let children = [before.children(id(number)), after.children(id(number))];
        let children = children.each_ref().map(Vec::as_slice);
        let found = happened([&before, &after], children, id(number), day("2026-03-02"));
        found.iter().map(|it| format!("{} {}", it.kind, it.key)).collect()
    }

    #[test]
    fn new_members_are_welcomed_unless_they_are_new_on_record_only() {
        let joined = |day_: &str| {
            let request = members::Add { joined: day(day_), ..newcomer(7, "Eve") };
            occasions(7, |all| drop(run(all, |all| members::add(all, request))))
        };
        assert_eq!(joined("2026-03-01"), ["welcome 2026-03-01"]);
        assert_eq!(joined("2019-03-01"), [""; 0]);
        assert_eq!(occasions(9, |_| ()), [""; 0], "nobody");
    }

    #[test]
    fn credentials_inductions_and_dues() {
        let found = occasions(2, |all| {
            run(all, |all| credential::add(all, a_fob(2, "T1", 1001, &["frontdoor"])));
            run(all, |all| induction::add(all, inducted(2, "safety", Some(1), false)));
            let edit = tier::Edit { price: Field::Set(2500), ..tier::Edit::default() };
            run(all, |all| tier::edit(all, &slug("standard"), edit));
        });
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0], "dues-changed 2500");
        assert!(found.contains(&"credential-added T1".into()), "{found:?}");
        assert!(found[2].starts_with("induction-recorded safety 2026-"), "{found:?}");
    }

    #[test]
    fn a_credential_added_and_revoked_in_between_is_not_announced() {
        let mut before = space();
        run(&mut before, |all| credential::add(all, a_fob(2, "T1", 1001, &["frontdoor"])));
        let mut after = before.clone();
        run(&mut after, |all| {
            credential::revoke(all, &credential::Which::Tags(vec![tag("T1")]), None)
        });
        run(&mut after, |all| credential::add(all, a_fob(2, "T2", 1002, &["frontdoor"])));
        run(&mut after, |all| {
            credential::revoke(all, &credential::Which::Tags(vec![tag("T2")]), None)
        });
        let found = happened([&before, &after], [&[], &[]], id(2), day("2026-03-02"));
        let [revoked] = &found[..] else { panic!("{found:?}") };
        assert_eq!((revoked.kind, revoked.key.as_str()), (NoticeKind::CredentialRevoked, "T1"));
        assert!(
            matches!(&revoked.about, OccasionDetail::Credential(tag, _) if tag.as_str() == "T1")
        );
    }

    #[test]
    fn the_first_payment_and_not_the_second() {
        let pay = |all: &mut Catalogue, on: &str| {
            let request = Add {
                member: id(2),
                id: tag(&on.replace('-', "")),
                date: day(on),
                amount: 2000,
                months: None,
                text: String::new(),
                source: None,
            };
            run(all, |all| payments::add(all, request.clone()));
        };
        let found = occasions(2, |all| pay(all, "2026-02-20"));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("payment-received 2026-02-20-"), "{found:?}");
        assert_eq!(occasions(2, |all| pay(all, "2020-02-20")), [""; 0], "long ago");
        let mut before = space();
        pay(&mut before, "2026-02-01");
        let mut after = before.clone();
        pay(&mut after, "2026-03-01");
        assert_eq!(happened([&before, &after], [&[], &[]], id(2), day("2026-03-02")), []);
    }

    #[test]
    fn who_comes_back_is_welcomed_and_a_childs_change_concerns_the_parent() {
        let keep = members::Credentials::Keep;
        let mut before = space();
        run(&mut before, |all| members::leave(all, id(2), day("2026-02-01"), keep));
        let mut after = before.clone();
        run(&mut after, |all| members::rejoin(all, id(2)));
        let found = happened([&before, &after], [&[], &[]], id(2), day("2026-03-02"));
        assert_eq!(found[0].key, "back after 2026-02-01");
        let child = members::Add { parent: Some(id(1)), ..newcomer(44, "Byron King") };
        let path = RecordPath::Member(id(44));
        run(&mut after, |all| members::add(all, child));
        let concerned = affected([&before, &after], [&path]);
        assert_eq!(concerned, [id(1), id(44)].into());
    }
}
