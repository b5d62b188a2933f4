//! Records a payment that a processor could not take, so that the member is told once.

use jiff::civil::Date;

use crate::domain::{
    follow::{Happening, What},
    model::{
        Change, FailedPayment, MemberId, Record, RecordPath, Slug, Transaction,
        text::{self, line},
    },
    payments::by_bank,
    records::Records,
};

/// The most characters of a processor's words that are kept.
const LONGEST: usize = 200;

/// Plans that a failed payment of a member is on record; `None` if it is, however often the processor tried
/// to take the same dues.
pub(super) fn failed(
    records: &dyn Records,
    service: &Slug,
    it: &Happening,
    member: MemberId,
    on: Date,
) -> Option<Change> {
    let What::Failed { amount, demand, why, .. } = &it.what else { return None };
    // The payment itself may be taken later: that is another identity.
    let demand = demand.as_ref().unwrap_or(&it.payment);
    let id = by_bank(Some(&format!("{service} failed")), demand);
    if records.unmatched().iter().any(|(_, known)| *known == id) {
        return None;
    }
    let why = Some(line(why, LONGEST)).filter(|it| !it.trim().is_empty());
    let record = Transaction {
        date: on,
        amount: amount.unwrap_or_default().max(0),
        text: format!("{service} {}", text::shown(&it.payment)),
        source: Some(it.payment.clone()),
        payer: None,
        reason: format!("{service} could not take it: no money came in"),
        same_as: None,
        payout: None,
        failed: Some(FailedPayment {
            service: service.clone(),
            member,
            why: why.unwrap_or_else(|| "no reason is given".to_owned()),
        }),
    };
    let path = RecordPath::Unmatched(on.year(), id);
    Some(Change::new("", "").put(path, Record::Unmatched(record)))
}
