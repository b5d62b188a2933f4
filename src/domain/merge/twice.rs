//! Money that two admins imported from two files, in which it has two identities.
//!
//! A payment is put aside if the other side has credited the same member with the same amount about the
//! same day and neither knew of the other's. The earlier one stands; a person says whether the later one
//! is the same money, as after an import. What one of the sides had both of was told apart there.

use std::collections::BTreeMap;

use jiff::{SignedDuration, civil::Date};

use super::{
    joined::{Joined, content},
    reason::{self, TWICE},
};
use crate::domain::{
    model::{Change, MemberId, Money, Payment, Record, RecordPath, Tag, Transaction},
    payments::{self, NEAR_DAYS},
    records::Records,
};

/// What a side says about some money.
#[derive(Clone, Debug)]
struct Claim {
    members: Vec<MemberId>,
    amount: Money,
    date: Date,
    /// Whether somebody is credited with it, as opposed to put aside.
    credited: Option<Tag>,
}

/// Puts aside what may be the same money as what the other side has recorded.
pub(super) fn put_aside(joined: &mut Joined<'_>) {
    let sides = [claims(joined.base, joined.ours), claims(joined.base, joined.theirs)];
    let [ours, theirs] = &sides;
    for (side, other) in [(ours, theirs), (theirs, ours)] {
        for (id, claim) in side {
            let Some(name) = &claim.credited else { continue };
            let shares = |it: &Claim| it.members.iter().any(|one| claim.members.contains(one));
            let is_twin = |(known, it): (&Tag, &Claim)| {
                known != id
                    && (it.date, known) < (claim.date, id)
                    && !side.get(known).is_some_and(shares)
                    && it.amount == claim.amount
                    && shares(it)
                    && claim.date.duration_since(it.date).abs()
                        <= SignedDuration::from_hours(24 * NEAR_DAYS)
            };
            let told_apart = other.get(id).is_some_and(|it| it.credited.is_some());
            if !told_apart && other.iter().any(is_twin) {
                aside(joined, id, name, claim);
            }
        }
    }
}

fn aside(joined: &mut Joined<'_>, id: &Tag, name: &Tag, claim: &Claim) {
    let credit = claim.members.iter().find_map(|member| {
        let path = RecordPath::Payment(*member, name.clone());
        match joined.change.edits.get(&path).and_then(content) {
            Some(Record::Payment(it)) => Some((member, it, path)),
            _ => None,
        }
    });
    let Some((member, it, path)) = credit else { return }; // it was put aside for another reason
    let whole = Transaction {
        date: it.date,
        amount: it.amount,
        text: it.text.clone(),
        source: it.source.clone(),
        payer: None,
        reason: format!("{TWICE}{member}"),
        same_as: None,
        payout: None,
        failed: None,
    };
    joined.note(format!(
        "the payment of member {member} of {} may be on record twice, from two files: it waits until \
         somebody says so",
        whole.date
    ));
    joined.remove(path);
    joined.put(RecordPath::Unmatched(whole.date.year(), id.clone()), Record::Unmatched(whole));
}

/// Returns what a side has imported since the base, by its identity.
fn claims(base: &dyn Records, side: &Change) -> BTreeMap<Tag, Claim> {
    let mut found = BTreeMap::new();
    for (path, edit) in &side.edits {
        let claim = match (path, content(edit)) {
            (RecordPath::Payment(member, name), Some(Record::Payment(it))) => {
                let id = name.as_str().get(11..).and_then(|id| id.parse::<Tag>().ok());
                id.filter(|_| is_plain(it)).map(|id| {
                    let members = vec![*member];
                    let credited = Some(name.clone());
                    (id, Claim { members, amount: it.amount, date: it.date, credited })
                })
            }
            (RecordPath::Unmatched(_, id), Some(Record::Unmatched(it))) => {
                let members: Vec<MemberId> = reason::members(&it.reason);
                let claim = Claim { members, amount: it.amount, date: it.date, credited: None };
                (!claim.members.is_empty()).then(|| (id.clone(), claim))
            }
            _ => None,
        };
        if let Some((id, claim)) = claim
            && payments::is_imported(&id)
            && !base.exists(path)
        {
            // Whom a side has credited with the same money, it has all named.
            let known: &mut Claim = found.entry(id).or_insert_with(|| claim.clone());
            known.members.extend(claim.members);
            known.members.sort_unstable();
            known.members.dedup();
            known.credited = known.credited.take().or(claim.credited);
        }
    }
    found
}

fn is_plain(payment: &Payment) -> bool {
    !payment.is_opening()
        && payment.source.as_deref() != Some(Payment::GIFT)
        && payment.split.is_empty()
        && payment.returned.is_empty()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::{merge::merge, model::Edit, records::Catalogue};

    /// A payment of 25.00 as an import from one of two formats records it.
    fn pay(change: Change, member: u16, day: i8, format: &str) -> Change {
        let date = jiff::civil::date(2026, 1, day);
        let id = payments::by_content(date, 2500, format, 0);
        let name: Tag = format!("{date}-{id}").parse().unwrap();
        let payment: Payment = serde_json::from_value(json!({
            "date": date, "amount": 2500, "months": 1, "from": null, "text": "SM0001 dues",
            "source": null, "returned": null,
        }))
        .unwrap();
        let member = MemberId::new(member.into()).unwrap();
        change.put(RecordPath::Payment(member, name), Record::Payment(payment))
    }

    /// Joins two sides in both directions; returns on which days somebody is credited, and on which
    /// something waits.
    fn joined(ours: &Change, theirs: &Change) -> (Vec<i8>, Vec<i8>) {
        let base = Catalogue::default();
        let mut found = Vec::new();
        for (one, other) in [(ours, theirs), (theirs, ours)] {
            let mut all = other.edits.clone();
            all.extend(merge(&base, one, other).change.edits);
            let put = all.values().filter_map(|edit| match edit {
                Edit::Put(record) => Some(&**record),
                Edit::Remove => None,
            });
            let (mut credited, mut waiting) = (Vec::new(), Vec::new());
            for record in put {
                match record {
                    Record::Payment(it) => credited.push(it.date.day()),
                    Record::Unmatched(it) => waiting.push(it.date.day()),
                    _ => {}
                }
            }
            credited.sort_unstable();
            found.push((credited, waiting));
        }
        assert_eq!(found[0], found[1], "it does not depend on the direction");
        found.remove(0)
    }

    fn nothing() -> Change {
        Change::new("", "")
    }

    #[test]
    fn one_payment_in_two_formats_counts_once_and_the_other_waits() {
        let (ofx, camt) = (pay(nothing(), 1, 5, "ofx"), pay(nothing(), 1, 6, "camt"));
        assert_eq!(joined(&ofx, &camt), (vec![5], vec![6]));
    }

    #[test]
    fn what_cannot_be_the_same_money_counts_twice() {
        let first = pay(nothing(), 1, 5, "ofx");
        for other in [pay(nothing(), 2, 5, "camt"), pay(nothing(), 1, 9, "camt")] {
            let (credited, waiting) = joined(&first, &other);
            assert_eq!((credited.len(), waiting.len()), (2, 0));
        }
        assert_eq!(
            joined(&first, &first.clone()),
            (vec![5], vec![]),
            "one identity is one payment"
        );
    }

    #[test]
    fn two_that_one_side_has_told_apart_stay_two() {
        let both = pay(pay(nothing(), 1, 5, "ofx"), 1, 6, "camt");
        assert_eq!(joined(&both, &pay(nothing(), 1, 5, "ofx")), (vec![5, 6], vec![]));
        assert_eq!(joined(&both, &pay(nothing(), 1, 6, "camt")), (vec![5, 6], vec![]));
    }

    #[test]
    fn what_waits_already_is_known_as_well() {
        let (ofx, camt) = (pay(nothing(), 1, 5, "ofx"), pay(nothing(), 1, 7, "camt"));
        let first = merge(&Catalogue::default(), &camt, &ofx).change;
        let mut server = ofx;
        server.edits.extend(first.edits);
        // A third file says so on yet another day.
        let third = pay(nothing(), 1, 9, "csv");
        let (credited, waiting) = joined(&third, &server);
        assert_eq!(credited, [5]);
        assert_eq!(waiting.len(), 2);
    }
}
