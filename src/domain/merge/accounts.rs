//! No money is credited twice, and until when somebody has paid follows from all payments.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    joined::{Joined, content},
    reason::{self, DISPUTED},
    twice,
};
use crate::domain::{
    model::{Change, Edit, Member, MemberId, Payment, Record, RecordPath, Tag, Transaction},
    payments,
    records::{Overlay, Records as _},
};

/// Joins what both sides did with the same money, then works out anew until when members have paid.
pub(super) fn settle(joined: &mut Joined<'_>) {
    let before: BTreeSet<RecordPath> = payments_in(&joined.change);
    for (id, places) in transactions(joined) {
        one_credit(joined, &id, places);
    }
    both_put_aside(joined);
    twice::put_aside(joined);
    // What was taken from a member here may have paid for what later payments extend.
    let after = payments_in(&joined.change);
    let taken: BTreeSet<MemberId> =
        before.difference(&after).filter_map(RecordPath::member).collect();
    let members: BTreeSet<MemberId> = joined
        .change
        .edits
        .keys()
        .filter(|path| matches!(path, RecordPath::Payment(..) | RecordPath::Member(_)))
        .filter_map(RecordPath::member)
        .collect();
    let records = joined.records();
    let settled: Vec<_> = members
        .into_iter()
        .flat_map(|id| settle_member(joined, &records, id, taken.contains(&id)))
        .collect();
    drop(records);
    settled.into_iter().for_each(|(path, record)| joined.put(path, record));
}

/// Returns the payments that a change writes.
fn payments_in(change: &Change) -> BTreeSet<RecordPath> {
    let written = change.edits.iter().filter(|(_, edit)| content(edit).is_some());
    let payments = written.filter(|(path, _)| matches!(path, RecordPath::Payment(..)));
    payments.map(|(path, _)| path.clone()).collect()
}

/// Where a transaction is on record.
#[derive(Default)]
struct Places {
    credited: Vec<(MemberId, Tag)>,
    unmatched: Vec<i16>,
}

/// Finds the transactions that one of the sides had a hand in, by the id in the names of files.
fn transactions(joined: &Joined<'_>) -> BTreeMap<Tag, Places> {
    let mut found: BTreeMap<Tag, Places> = BTreeMap::new();
    for (path, edit) in &joined.change.edits {
        let is_there = content(edit).is_some();
        match path {
            RecordPath::Payment(member, name) if is_there => {
                let id = name.as_str().get(11..).and_then(|id| id.parse::<Tag>().ok());
                if let Some(id) = id.filter(|id| id.as_str() != Payment::OPENING) {
                    found.entry(id).or_default().credited.push((*member, name.clone()));
                }
            }
            RecordPath::Unmatched(year, id) => {
                found.entry(id.clone()).or_default().unmatched.push(*year)
            }
            _ => {}
        }
    }
    found.retain(|_, it| it.credited.len() + it.unmatched.len() > 1);
    found
}

fn one_credit(joined: &mut Joined<'_>, id: &Tag, Places { credited, unmatched }: Places) {
    let payments: Vec<(MemberId, Tag, Payment)> = credited
        .into_iter()
        .filter_map(|(member, name)| {
            match joined.change.edits.get(&RecordPath::Payment(member, name.clone())) {
                Some(Edit::Put(record)) => match &**record {
                    Record::Payment(it) => Some((member, name, it.clone())),
                    _ => None,
                },
                _ => None,
            }
        })
        .collect();
    let Some((_, _, first)) = payments.first() else { return };
    let members: BTreeSet<MemberId> = payments.iter().map(|(member, ..)| *member).collect();
    let sides = [joined.ours, joined.theirs];
    let disputes: Vec<Transaction> =
        sides.into_iter().filter_map(|side| disputed(side, &unmatched, id, &members)).collect();
    let mut named = members.clone();
    named.extend(disputes.iter().flat_map(|it| reason::members(&it.reason)));
    let disputed = disputes.into_iter().next();
    let parts: BTreeSet<MemberId> = first.split.iter().map(|part| part.member).collect();
    let agrees = payments.iter().all(|(.., it)| it.split == first.split);
    let is_one = members.len() == 1 && agrees && parts.len() < 2;
    let is_split = agrees && parts == members && payments.len() == parts.len();
    if disputed.is_none() && is_split {
        unmatched.iter().for_each(|year| drop_unmatched(joined, *year, id));
        return;
    }
    if disputed.is_none() && is_one {
        // The day may differ between exports; the first name stands.
        for (member, name, _) in payments.iter().skip(1) {
            joined.remove(RecordPath::Payment(*member, name.clone()));
        }
        unmatched.iter().for_each(|year| drop_unmatched(joined, *year, id));
        return;
    }
    let whole = Transaction {
        date: first.date,
        amount: first.transferred(),
        text: first.text.clone(),
        source: first.source.clone(),
        payer: None,
        reason: String::new(),
        same_as: None,
        payout: None,
        failed: None,
    };
    let reason = reason::disputed(&named);
    for (member, name, _) in &payments {
        joined.remove(RecordPath::Payment(*member, name.clone()));
    }
    let whole = Transaction { reason, ..disputed.unwrap_or(whole) };
    joined.note(format!(
        "the money of {} was credited to different members ({}) and waits to be assigned again",
        whole.date,
        whole.reason.trim_start_matches(DISPUTED)
    ));
    let year = whole.date.year();
    joined.put(RecordPath::Unmatched(year, id.clone()), Record::Unmatched(whole));
}

/// Returns the transaction that a side has put back because it was credited to several members, or
/// to one that is none of these.
fn disputed(
    side: &Change,
    years: &[i16],
    id: &Tag,
    credited: &BTreeSet<MemberId>,
) -> Option<Transaction> {
    years.iter().find_map(|year| {
        match side.edits.get(&RecordPath::Unmatched(*year, id.clone())).and_then(content) {
            Some(Record::Unmatched(it))
                if it.reason.starts_with(DISPUTED)
                    || reason::members(&it.reason).iter().any(|it| !credited.contains(it)) =>
            {
                Some(it.clone())
            }
            _ => None,
        }
    })
}

/// Names everybody to whom either side had credited what both have put aside.
fn both_put_aside(joined: &mut Joined<'_>) {
    let waits = |side: &Change, path: &RecordPath| match side.edits.get(path).and_then(content) {
        Some(Record::Unmatched(it)) => Some(it.clone()),
        _ => None,
    };
    let paths = joined.ours.edits.keys().filter(|it| matches!(it, RecordPath::Unmatched(..)));
    let both: Vec<(RecordPath, String)> = paths
        .filter_map(|path| {
            let (one, other) = (waits(joined.ours, path)?, waits(joined.theirs, path)?);
            Some((path.clone(), reason::joined(&one, &other)?))
        })
        .collect();
    for (path, reason) in both {
        if let Some(Record::Unmatched(it)) = joined.change.edits.get(&path).and_then(content) {
            let record = Record::Unmatched(Transaction { reason, ..it.clone() });
            joined.put(path, record);
        }
    }
}

/// Removes a transaction that was credited, unless it is only kept to be recognised.
fn drop_unmatched(joined: &mut Joined<'_>, year: i16, id: &Tag) {
    let path = RecordPath::Unmatched(year, id.clone());
    if let Some(Record::Unmatched(it)) = joined.change.edits.get(&path).and_then(content)
        && it.waits()
    {
        joined.remove(path);
    }
}

/// Returns what is to be written so that a member's payments and what they bought agree.
fn settle_member(
    joined: &Joined<'_>,
    records: &Overlay<'_>,
    id: MemberId,
    was_taken: bool,
) -> Vec<(RecordPath, Record)> {
    let Some(Record::Member(member)) = records.record(&RecordPath::Member(id)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for path in records.within(id) {
        if let RecordPath::Payment(_, name) = &path
            && let Some(Record::Payment(payment)) = records.record(&path)
        {
            all.push((name.clone(), payment));
        }
    }
    let grace = match records.record(&RecordPath::Space) {
        Some(Record::Space(space)) => space.grace_days,
        _ => 0,
    };
    let (ours, theirs) = (touched(joined.ours, id), touched(joined.theirs, id));
    if all.is_empty() {
        let had_any = joined.base.within(id).iter().any(|it| matches!(it, RecordPath::Payment(..)));
        let before = match joined.base.record(&RecordPath::Member(id)) {
            Some(Record::Member(it)) if !had_any => it.paid_until,
            _ => None,
        };
        // What a payment bought that does not count is not paid for.
        let is_left = !ours.is_empty() || !theirs.is_empty();
        if !is_left || member.paid_until == before {
            return Vec::new();
        }
        let member = Member { paid_until: before, ..member };
        return vec![(RecordPath::Member(id), Record::Member(member))];
    }
    let from_both = match joined.theirs.edits.is_empty() {
        true => ours.len() > 1,
        false => !ours.is_empty() && !theirs.is_empty(),
    };
    let agrees = payments::paid_until(&all) == member.paid_until;
    let first = ours.into_iter().chain(theirs).min();
    let since = (from_both || was_taken || !agrees).then(|| first.unwrap_or(Date::MIN));
    let Some(since) = since else { return Vec::new() };
    let before = all.clone();
    let paid_until = payments::settle(&mut all, grace, since);
    let changed = |(name, payment): &(Tag, Payment)| {
        before.iter().any(|(known, it)| known == name && it != payment)
    };
    let mut written: Vec<(RecordPath, Record)> = all
        .into_iter()
        .filter(changed)
        .map(|(name, payment)| (RecordPath::Payment(id, name), Record::Payment(payment)))
        .collect();
    if member.paid_until != paid_until {
        let member = Member { paid_until, ..member };
        written.push((RecordPath::Member(id), Record::Member(member)));
    }
    written
}

/// Returns the days of the payments of a member that a side changed.
fn touched(change: &Change, id: MemberId) -> Vec<Date> {
    let of_member =
        |path: &&RecordPath| matches!(path, RecordPath::Payment(member, _) if *member == id);
    change.edits.keys().filter(of_member).filter_map(day).collect()
}

/// Returns the day in the name of a payment; an opening comes before all of them.
fn day(path: &RecordPath) -> Option<Date> {
    let RecordPath::Payment(_, name) = path else { return None };
    if name.as_str().get(11..) == Some(Payment::OPENING) {
        return Some(Date::MIN);
    }
    name.as_str().get(..10)?.parse().ok()
}
