//! Finds records kept longer than the settings allow, and removes them.

mod letter;
mod term;

pub use letter::letter;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use self::term::after;
use super::{Plan, Refusal, look_up};
use crate::domain::{
    model::{
        Advice, Change, Counted, Induction, MemberId, Note, Payment, Record, RecordPath, Retention,
        Slug, Space, Subject, Tag,
    },
    payments,
    records::Records,
};

/// Why a record is overdue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RetentionKind {
    /// Contact data of a member who left.
    Contact,
    /// A payment of a member who left.
    Payment,
    /// Something else about a member who left.
    Member,
    /// An unmatched transaction.
    Unmatched,
    /// A remembered payer, which may be an account number: it goes with the contact data.
    Payer,
}

/// A record that has been kept for too long.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Overdue {
    /// Where it lies.
    pub path: RecordPath,
    /// Which kind it is.
    pub kind: RetentionKind,
    /// The member it is about, if that is on record.
    pub member: Option<MemberId>,
    /// The day from which the retention is counted, local date.
    pub since: Date,
    /// The first day on which it may no longer be kept.
    pub until: Date,
}

/// What the review needs, gathered from all records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// Members who have left or are going to, with the first day without membership.
    pub left: Vec<(MemberId, Date)>,
    /// Remembered payers, with their members.
    pub payers: Vec<(Tag, MemberId)>,
    /// Inductions: the member, the facility, and the inductor.
    pub given: Vec<(MemberId, Slug, MemberId)>,
}

/// The overdue records, and the reasons for keeping others.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RetentionReview {
    /// The overdue records, sorted by place.
    pub overdue: Vec<Overdue>,
    /// Why some records stay although they are old enough.
    pub stays: Vec<Note>,
    /// Records that name a removed member, rewritten without the name.
    pub rewritten: Vec<(RecordPath, Record)>,
}

/// Finds the records kept longer than the settings allow on a local day.
///
/// Payments of members who have not left are never included, because their cover follows from
/// them. The number of a removed member is never reused.
///
/// # Errors
/// Refuses if the settings cannot be read.
pub fn review(
    records: &dyn Records,
    scope: &Scope,
    today: Date,
) -> Result<RetentionReview, Refusal> {
    let space = look_up::space(records)?;
    let rules = space.retention;
    let mut review = RetentionReview::default();
    let mut going = BTreeMap::new();
    for (id, left) in scope.left.iter().filter(|(_, left)| *left <= today) {
        if let Some(days) = member(records, rules, (*id, *left), today, &mut review) {
            going.insert(*id, (*left, days));
        }
        let over = |days: &u32| after(*left, *days) <= today;
        if let Some(days) = [rules.contact_days, rules.member_days].into_iter().flatten().find(over)
        {
            let payers = scope.payers.iter().filter(|(_, member)| member == id);
            let path = |tag: &Tag| RecordPath::Payer(tag.clone());
            let kind = RetentionKind::Payer;
            review
                .overdue
                .extend(payers.map(|(tag, _)| held(path(tag), kind, Some(*id), *left, days)));
        }
    }
    for id in parents(records, &mut going) {
        let who = look_up::who(records, id);
        review.stays.push(Note::new(
            format!("{who} is kept: they are the parent of a child who stays"),
            Advice::EditMember(id),
        ));
    }
    for (id, (left, days)) in &going {
        let overdue = |path, kind| held(path, kind, Some(*id), *left, *days);
        review.overdue.push(overdue(RecordPath::Member(*id), RetentionKind::Member));
        let messages = RecordPath::MemberMessages(*id);
        if records.exists(&messages) {
            review.overdue.push(overdue(messages, RetentionKind::Member));
        }
    }
    if let Some(days) = rules.payment_days {
        for (year, id) in records.unmatched() {
            let path = RecordPath::Unmatched(year, id);
            let Some(Record::Unmatched(it)) = records.record(&path) else { continue };
            let overdue = held(path, RetentionKind::Unmatched, None, it.date, days);
            review.overdue.extend(Some(overdue).filter(|it| it.until <= today));
        }
    }
    review.overdue.sort();
    for (to, facility, _) in scope.given.iter().filter(|(.., by)| going.contains_key(by)) {
        let path = RecordPath::Induction(*to, facility.clone());
        let goes = review.overdue.iter().any(|it| it.path == path);
        if let Some(induction) = look_up::induction(records, *to, facility).filter(|_| !goes) {
            let without = Induction { by: None, ..induction };
            review.rewritten.push((path, Record::Induction(without)));
        }
    }
    if let Some((highest, _)) = going.last_key_value()
        && let Ok(next) = MemberId::new(highest.number() + 1)
        && space.next_member.is_none_or(|known| known < next)
    {
        let space = Space { next_member: Some(next), ..space };
        review.rewritten.push((RecordPath::Space, Record::Space(space)));
    }
    Ok(review)
}

/// Keeps parents of children who stay; returns who they are.
fn parents(
    records: &dyn Records,
    going: &mut BTreeMap<MemberId, (Date, u32)>,
) -> BTreeSet<MemberId> {
    let mut stay = BTreeSet::new();
    loop {
        let kept =
            |id: &&MemberId| records.children(**id).iter().any(|child| !going.contains_key(child));
        let Some(id) = going.keys().find(kept).copied() else { return stay };
        going.remove(&id);
        stay.insert(id);
    }
}

/// Checks one member who left; returns the days from which the whole folder may go, if it may.
fn member(
    records: &dyn Records,
    rules: Retention,
    (id, left): (MemberId, Date),
    today: Date,
    review: &mut RetentionReview,
) -> Option<u32> {
    let over = |days: Option<u32>| days.filter(|days| after(left, *days) <= today);
    let (contact, all) = (over(rules.contact_days), over(rules.member_days));
    let payments = payments_over(records, rules, id, today);
    let mut goes: BTreeSet<RecordPath> = payments.iter().map(|it| it.path.clone()).collect();
    review.overdue.extend(payments);
    let within = records.within(id);
    for path in &within {
        let (kind, days) = match path {
            // At the latest with the rest: without a member record, nobody can be notified.
            RecordPath::Contact(_) => (RetentionKind::Contact, contact.or(all)),
            RecordPath::Member(_) | RecordPath::Payment(..) => continue,
            _ => (RetentionKind::Member, all),
        };
        if let Some(days) = days {
            goes.insert(path.clone());
            review.overdue.push(held(path.clone(), kind, Some(id), left, days));
        }
    }
    let days = all?;
    if within.iter().any(|path| !goes.contains(path) && *path != RecordPath::Member(id)) {
        let who = look_up::who(records, id);
        let why = format!("{who} is kept: their payments must not be removed yet");
        review.stays.push(why.into());
        return None;
    }
    Some(days)
}

/// Returns the overdue payments of a member who left. If the remaining ones would lead to another
/// date than the member's `paid_until`, all of them stay.
fn payments_over(
    records: &dyn Records,
    rules: Retention,
    id: MemberId,
    today: Date,
) -> Vec<Overdue> {
    let Some(days) = rules.payment_days else { return Vec::new() };
    let Ok(all) = look_up::payments(records, id) else { return Vec::new() };
    let old = |it: &&(Tag, Payment)| after(it.1.date, days) <= today;
    let stays: Vec<(Tag, Payment)> = all.iter().filter(|it| !old(it)).cloned().collect();
    let until = look_up::member(records, id).ok().and_then(|member| member.paid_until);
    if !stays.is_empty() && payments::paid_until(&stays) != until {
        return Vec::new();
    }
    let overdue = |(name, payment): &(Tag, Payment)| {
        held(
            RecordPath::Payment(id, name.clone()),
            RetentionKind::Payment,
            Some(id),
            payment.date,
            days,
        )
    };
    all.iter().filter(old).map(overdue).collect()
}

fn held(
    path: RecordPath,
    kind: RetentionKind,
    member: Option<MemberId>,
    since: Date,
    days: u32,
) -> Overdue {
    Overdue { path, kind, member, since, until: after(since, days) }
}

/// Removes the overdue records, as one change.
#[must_use]
pub fn apply(review: &RetentionReview) -> Plan {
    let count = review.overdue.len();
    let word = if count == 1 { "record" } else { "records" };
    let subject = Subject::new("retention: remove").and(Counted::new(count, word));
    let subject = subject.and("held for too long");
    let change = Change::new(subject, format!("retention.apply {count}"));
    let change = review.overdue.iter().fold(change, |change, it| change.remove(it.path.clone()));
    let rewritten = review.rewritten.iter().cloned();
    let change = rewritten.fold(change, |change, (path, record)| change.put(path, record));
    Plan { change, notes: review.stays.clone() }
}

#[cfg(test)]
mod tests;
