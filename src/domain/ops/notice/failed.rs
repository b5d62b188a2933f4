//! Payments that a payment processor could not take, and that their members have to be told of.

use jiff::{SignedDuration, civil::Date};

use crate::domain::{
    model::{MemberId, NoticeKind, Record, RecordPath, Transaction},
    notices::{Occasion, OccasionDetail},
    ops::look_up,
    records::Records,
};

/// What failed longer ago is no news any more.
const FRESH: SignedDuration = SignedDuration::from_hours(24 * 31);

/// Returns the payments that failed between two moments, by what changed in between. Who has paid since,
/// or has left, is not told.
pub fn failed<'p>(
    [before, after]: [&dyn Records; 2],
    changed: impl IntoIterator<Item = &'p RecordPath>,
    today: Date,
) -> Vec<(MemberId, Occasion)> {
    let mut found = Vec::new();
    for path in changed {
        let RecordPath::Unmatched(_, id) = path else { continue };
        let Some(Record::Unmatched(it)) = after.record(path) else { continue };
        let Some(member) = it.failed.as_ref().map(|it| it.member) else { continue };
        let is_fresh = today.duration_since(it.date) <= FRESH;
        if before.exists(path) || !is_fresh || !concerns(after, member, &it, today) {
            continue;
        }
        let (kind, key) = (NoticeKind::PaymentFailed, id.to_string());
        found.push((member, Occasion { kind, key, about: OccasionDetail::Failed(Box::new(it)) }));
    }
    found
}

/// Tells whether somebody still belongs to the space and has not paid since.
fn concerns(records: &dyn Records, id: MemberId, failed: &Transaction, today: Date) -> bool {
    let Ok(member) = look_up::member(records, id) else { return false };
    let payments = look_up::payments(records, id).unwrap_or_default();
    let has_paid =
        payments.iter().any(|(_, it)| !it.is_opening() && it.kept() > 0 && it.date >= failed.date);
    member.left.is_none_or(|left| today < left) && !has_paid
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::{
        follow::{Happening, What},
        ops::{
            fixture::{day, id, run, slug, space},
            member, service,
        },
        records::Catalogue,
    };

    fn take(all: &mut Catalogue, payment: &str, what: What) -> Vec<RecordPath> {
        let at = "2026-02-20T12:00:00Z".parse().unwrap();
        let happening = Happening { at, payment: payment.into(), what };
        let accounts = BTreeMap::from([("cus_1".to_owned(), id(1))]);
        let stripe = slug("stripe");
        let (zone, today) = (TimeZone::UTC, day("2026-03-02"));
        let done = service::receive(all, &stripe, &[happening], &accounts, &zone, today).unwrap();
        all.apply(&done.plan.change);
        done.plan.change.edits.into_keys().collect()
    }

    fn declined(demand: &str) -> What {
        What::Failed {
            account: Some("cus_1".into()),
            amount: Some(2000),
            demand: Some(demand.into()),
            why: "the card is declined".into(),
        }
    }

    /// Returns whom what changed concerns, once the payments are as they are afterwards.
    fn told(before: &Catalogue, after: &Catalogue, paths: &[RecordPath]) -> Vec<MemberId> {
        let found = failed([before, after], paths, day("2026-03-02"));
        assert!(found.iter().all(|(_, it)| it.kind == NoticeKind::PaymentFailed));
        found.into_iter().map(|(member, _)| member).collect()
    }

    #[test]
    fn each_failed_payment_is_news_once_however_often_it_was_tried() {
        let before = space();
        let mut all = before.clone();
        let mut paths = take(&mut all, "ch_1", declined("pi_1"));
        assert_eq!(take(&mut all, "ch_2", declined("pi_1")), [], "the same dues once more");
        assert_eq!(told(&before, &all, &paths), [id(1)]);
        assert_eq!(told(&all, &all, &paths), [], "it was there before");
        paths.extend(take(&mut all, "ch_3", declined("pi_2")));
        assert_eq!(told(&before, &all, &paths), [id(1); 2]);
    }

    #[test]
    fn who_has_paid_since_or_left_is_not_told() {
        let before = space();
        let mut all = before.clone();
        let paths = take(&mut all, "ch_1", declined("pi_1"));
        let mut gone = all.clone();
        run(&mut gone, |all| {
            member::leave(all, id(1), day("2026-02-25"), member::Credentials::Keep)
        });
        assert_eq!(told(&before, &gone, &paths), []);
        let (account, currency) = (Some("cus_1".into()), "GBP".into());
        take(&mut all, "ch_2", What::Paid { account, amount: 2000, currency });
        assert_eq!(told(&before, &all, &paths), []);
    }
}
