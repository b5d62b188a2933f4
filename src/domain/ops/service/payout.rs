//! Records what a processor paid out.

use jiff::civil::Date;

use crate::domain::{
    follow::{Happening, What},
    model::{Change, Payout, Record, RecordPath, Slug, Tag, Transaction, text},
    ops::Plan,
    payments::{PAYOUT_DAYS, by_bank, is_about},
    records::Records,
};

/// Plans that a payout is on record, or that it came back; nothing if that is so. The bank's line about it,
/// if that is waiting already, is settled as of the same money.
pub(super) fn payout(records: &dyn Records, service: &Slug, it: &Happening, on: Date) -> Plan {
    let mut change = Change::new("", "");
    let What::PaidOut { amount, taken, fees, named, came_back, .. } = &it.what else {
        return change.into();
    };
    let returned = came_back.as_ref().map(|_| on);
    let id = by_bank(Some(service.as_str()), &it.payment);
    if let Some((year, id)) = records.unmatched().into_iter().find(|(_, known)| *known == id) {
        let path = RecordPath::Unmatched(year, id);
        // What it had taken and kept stands: the next payout only pays the rest of it once more.
        if let (Some(Record::Unmatched(mut known)), Some(on)) = (records.record(&path), returned)
            && let Some(payout) = known.payout.as_mut().filter(|it| it.returned.is_none())
        {
            payout.returned = Some(on);
            return change.put(path, Record::Unmatched(known)).into();
        }
        return change.into();
    }
    let payout = Payout {
        service: service.clone(),
        taken: *taken,
        fees: *fees,
        named: named.clone(),
        returned,
    };
    if let Some((path, line)) = waiting(records, &payout, *amount, on) {
        let settled = Transaction { same_as: Some(id.clone()), ..line };
        change = change.put(path, Record::Unmatched(settled));
    }
    let record = Transaction {
        date: on,
        amount: *amount,
        text: format!("{service} {}", text::shown(&it.payment)),
        source: Some(it.payment.clone()),
        payer: None,
        reason: format!("what {service} paid out: its payments are credited already"),
        same_as: None,
        payout: Some(payout),
        failed: None,
    };
    change.put(RecordPath::Unmatched(on.year(), id), Record::Unmatched(record)).into()
}

/// Finds the bank's line about a payout among those that wait: the one closest to the day.
fn waiting(
    records: &dyn Records,
    payout: &Payout,
    amount: i64,
    on: Date,
) -> Option<(RecordPath, Transaction)> {
    let read = |(year, id): (i16, Tag)| {
        let path = RecordPath::Unmatched(year, id);
        match records.record(&path) {
            Some(Record::Unmatched(it)) => Some((path, it)),
            _ => None,
        }
    };
    let fits = |(_, it): &(RecordPath, Transaction)| {
        it.waits()
            && it.amount == amount
            && it.date.duration_since(on).abs() <= PAYOUT_DAYS
            && is_about(payout, &it.text, it.payer.as_deref())
    };
    let found = records.unmatched().into_iter().filter_map(read).filter(fits);
    found.min_by_key(|(_, it)| it.date.duration_since(on).abs())
}
