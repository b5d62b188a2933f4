//! What events are about: payments as they stand now, and whose they are.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};

use super::{
    connection::Connection,
    objects::{EventObject, MandateObject, PaymentObject, RefundObject},
    payouts,
};
use crate::{
    domain::follow::{BackReason, Happening, What},
    integrations::processor::ProcessorError,
};

/// How many payments or mandates are asked for one by one rather than as a list.
const FEW: usize = 10;

/// What was looked up.
#[derive(Default)]
pub(super) struct Lookup {
    payments: BTreeMap<String, PaymentObject>,
    /// The customers of mandates.
    customers: BTreeMap<String, String>,
}

/// What events say about one payment.
#[derive(Default)]
struct Told {
    at: Timestamp,
    why: Option<String>,
    is_restored: bool,
}

/// Returns what happened to the payments and mandates of events.
///
/// # Errors
/// GoCardless does not answer.
pub(super) fn reported(
    connection: &Connection,
    events: &[EventObject],
    lookup: &mut Lookup,
    zone: &TimeZone,
) -> Result<Vec<Happening>, ProcessorError> {
    let mut order: Vec<String> = Vec::new();
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    let (mut paid_out, mut covered) = (Vec::new(), Vec::new());
    let mut ended: Vec<(&EventObject, String)> = Vec::new();
    for event in events {
        let link = |name: &str| event.links.get(name).cloned();
        let payment = match (event.resource_type.as_str(), event.action.as_str()) {
            (
                "payments",
                "confirmed"
                | "paid_out"
                | "failed"
                | "charged_back"
                | "chargeback_cancelled"
                | "late_failure_settled"
                | "chargeback_settled"
                | "customer_approval_denied",
            ) => link("payment"),
            ("refunds", _) => match link("refund") {
                Some(refund) => connection.get::<RefundObject>("refunds", &refund)?.links.payment,
                None => None,
            },
            ("mandates", "cancelled" | "failed" | "expired" | "blocked") => {
                ended.extend(link("mandate").map(|mandate| (event, mandate)));
                None
            }
            ("payouts", "paid") => {
                if let Some(payout) = link("payout") {
                    paid_out.push(payouts::of(connection, &payout, event.created_at, zone)?);
                    covered.extend(
                        payouts::covered(connection, &payout)?
                            .into_iter()
                            .map(|it| (event.created_at, it)),
                    );
                }
                None
            }
            _ => None,
        };
        let Some(payment) = payment else { continue };
        if !told.contains_key(&payment) {
            order.push(payment.clone());
        }
        let it = told.entry(payment).or_default();
        it.at = event.created_at;
        it.is_restored |= event.action == "chargeback_cancelled";
        if event.action == "failed" || it.why.is_none() {
            it.why = words(event);
        }
    }
    // Nothing that was paid out is missed, even if nobody asked while it was told.
    for (at, payment) in covered {
        told.entry(payment).or_insert_with_key(|payment| {
            order.push(payment.clone());
            Told { at, ..Told::default() }
        });
    }
    lookup.payments(connection, &order)?;
    let mandates = order.iter().filter_map(|id| lookup.payments.get(id)?.links.mandate.clone());
    let mandates: Vec<String> = mandates.chain(ended.iter().map(|(_, it)| it.clone())).collect();
    lookup.customers(connection, &mandates)?;
    let mut happenings = Vec::new();
    for id in order {
        if let (Some(payment), Some(told)) = (lookup.payments.get(&id), told.get(&id)) {
            let mandate = payment.links.mandate.as_ref();
            let account = mandate.and_then(|it| lookup.customers.get(it)).cloned();
            about(&mut happenings, payment, account, told, zone);
        }
    }
    for (event, mandate) in ended {
        let why = words(event).map(|it| format!(": {it}")).unwrap_or_default();
        let why = format!("the direct debit is {}{why}", event.action);
        let account = lookup.customers.get(&mandate).cloned();
        let what = What::Failed { account, amount: None, demand: None, why };
        happenings.push(Happening { at: event.created_at, payment: mandate, what });
    }
    happenings.extend(paid_out);
    Ok(happenings)
}

/// Says what happened to one payment, by how it stands now.
fn about(
    all: &mut Vec<Happening>,
    it: &PaymentObject,
    account: Option<String>,
    told: &Told,
    zone: &TimeZone,
) {
    let day = it.charge_date.and_then(|on| on.to_zoned(zone.clone()).ok());
    let taken = day.map_or(told.at, |it| it.timestamp());
    let mut add = |at: Timestamp, what: What| {
        all.push(Happening { at, payment: it.id.clone(), what });
    };
    let paid = What::Paid {
        account: account.clone(),
        amount: it.amount,
        currency: it.currency.to_ascii_uppercase(),
    };
    match it.status.as_str() {
        "confirmed" | "paid_out" => {
            add(taken, paid);
            if told.is_restored {
                add(told.at, What::Restored);
            }
            if it.amount_refunded > 0 {
                add(
                    told.at,
                    What::Returned { total: it.amount_refunded, reason: BackReason::Refunded },
                );
            }
        }
        "charged_back" => {
            add(taken, paid);
            add(told.at, What::Returned { total: it.amount, reason: BackReason::ChargedBack });
        }
        "failed" | "customer_approval_denied" => {
            let why = told.why.clone().unwrap_or_else(|| "no reason is given".to_owned());
            let amount = Some(it.amount);
            add(told.at, What::Failed { account, amount, demand: None, why });
        }
        // It is tried again.
        _ => {}
    }
}

fn words(event: &EventObject) -> Option<String> {
    event.details.description.clone().or_else(|| event.details.cause.clone())
}

impl Lookup {
    fn payments(&mut self, connection: &Connection, ids: &[String]) -> Result<(), ProcessorError> {
        if ids.len() > FEW {
            let all = listed(connection, ids)?;
            self.payments.extend(all.into_iter().map(|it| (it.id.clone(), it)));
        }
        for id in ids {
            if !self.payments.contains_key(id) {
                self.payments.insert(id.clone(), connection.get("payments", id)?);
            }
        }
        Ok(())
    }

    fn customers(&mut self, connection: &Connection, ids: &[String]) -> Result<(), ProcessorError> {
        if ids.len() > FEW {
            let (all, _) = connection.all("mandates", &[], |_: &[MandateObject]| true)?;
            self.customers.extend(all.into_iter().map(|it| (it.id, it.links.customer)));
        }
        for id in ids {
            if !self.customers.contains_key(id) {
                let mandate: MandateObject = connection.get("mandates", id)?;
                self.customers.insert(id.clone(), mandate.links.customer);
            }
        }
        Ok(())
    }
}

/// Returns all payments that are told newest first until all that are sought have been told.
fn listed(
    connection: &Connection,
    sought: &[String],
) -> Result<Vec<PaymentObject>, ProcessorError> {
    let is_missing =
        |all: &[PaymentObject]| sought.iter().any(|id| all.iter().all(|it| it.id != *id));
    // Whatever lies further back is asked for one by one.
    let most = 1000 + sought.len();
    let more = |all: &[PaymentObject]| all.len() < most && is_missing(all);
    Ok(connection.all("payments", &[], more)?.0)
}
