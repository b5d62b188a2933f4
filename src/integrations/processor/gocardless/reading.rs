//! Reads all customers, their mandates and subscriptions, and what is on its way, in as few requests as
//! pages allow.

use std::collections::{BTreeSet, HashMap};

use jiff::{ToSpan as _, civil::Date};

use super::{
    connection::Connection,
    objects::{CustomerObject, MandateObject, PaymentObject, SubscriptionObject},
};
use crate::{
    domain::{
        follow::{Account, Found, Holding, Terms},
        model::text::shown,
    },
    integrations::processor::{ProcessorError, reference::REFERENCE},
};

/// What is known about a customer, besides what the records have to know.
#[derive(Default)]
pub(super) struct Payer {
    /// The direct debit that can be used.
    pub(super) mandate: Option<Mandate>,
    /// The subscription that goes on.
    pub(super) subscription: Option<Subscription>,
    /// The payments that can still be cancelled, and their days.
    pub(super) pending: Vec<(String, Date)>,
    /// The first local day that no payment on its way pays for.
    pub(super) paid_until: Option<Date>,
}

pub(super) struct Mandate {
    pub(super) id: String,
    pub(super) soonest: Option<Date>,
    is_active: bool,
}

pub(super) struct Subscription {
    pub(super) id: String,
    /// The day of the next payment that is not made yet.
    pub(super) next: Option<Date>,
}

/// Reads everything; what else is known by the ids of customers.
///
/// # Errors
/// GoCardless does not answer, or does not let us in.
pub(super) fn read(
    connection: &Connection,
    currency: &str,
) -> Result<(Found<Terms>, HashMap<String, Payer>), ProcessorError> {
    let (customers, mut complete) =
        connection.all("customers", &[], |_: &[CustomerObject]| true)?;
    let mut payers: HashMap<String, Payer> = HashMap::new();
    let mut owners: HashMap<String, String> = HashMap::new();
    let (mandates, all) = connection.all("mandates", &[], |_: &[MandateObject]| true)?;
    complete &= all;
    for it in mandates {
        let is_active = it.status == "active";
        let payer = payers.entry(it.links.customer.clone()).or_default();
        // They come newest first.
        let is_better = payer.mandate.as_ref().is_none_or(|old| is_active && !old.is_active);
        if is_better
            && (is_active || matches!(it.status.as_str(), "pending_submission" | "submitted"))
        {
            let (id, soonest) = (it.id.clone(), it.next_possible_charge_date);
            payer.mandate = Some(Mandate { id, soonest, is_active });
        }
        owners.insert(it.id, it.links.customer);
    }
    let mut own: HashMap<String, Vec<SubscriptionObject>> = HashMap::new();
    let (subscriptions, all) =
        connection.all("subscriptions", &[], |_: &[SubscriptionObject]| true)?;
    complete &= all;
    let mut told = BTreeSet::new();
    for it in subscriptions {
        if !told.insert(it.id.clone()) || has_ended(&it.status) {
            continue;
        }
        // A subscription of a mandate that was not told shows that something is missing.
        match owners.get(&it.links.mandate) {
            Some(customer) => own.entry(customer.clone()).or_default().push(it),
            None => complete = false,
        }
    }
    let mut on_the_way: HashMap<String, PaymentObject> = HashMap::new();
    for status in ["submitted", "pending_submission"] {
        let (payments, all) =
            connection.all("payments", &[("status", status)], |_: &[PaymentObject]| true)?;
        complete &= all;
        for it in payments {
            let mandate = it.links.mandate.clone().unwrap_or_default();
            // One that was made by hand is for something else than dues.
            let (Some(customer), Some(on), true) =
                (owners.get(&mandate), it.charge_date, it.links.subscription.is_some())
            else {
                continue;
            };
            let payer = payers.entry(customer.clone()).or_default();
            payer.paid_until = payer.paid_until.max(on.checked_add(1.month()).ok());
            if status == "pending_submission" && payer.pending.iter().all(|(id, _)| *id != it.id) {
                payer.pending.push((it.id.clone(), on));
            }
            on_the_way.insert(customer.clone(), it);
        }
    }
    let mut accounts = Vec::new();
    for mut customer in customers {
        let payer = payers.entry(customer.id.clone()).or_default();
        let own = own.remove(&customer.id).unwrap_or_default();
        let holds = match own.as_slice() {
            [] => without(payer, on_the_way.get(&customer.id), currency),
            [one] => holding(one, payer, currency),
            several => Holding::Unclear(format!("has {} subscriptions", several.len())),
        };
        accounts.push(Account {
            mark: customer.metadata.remove(REFERENCE),
            name: name(&customer),
            id: customer.id,
            email: customer.email,
            holds,
        });
    }
    // So does one of a customer who was not told.
    complete &= own.is_empty();
    Ok((Found { accounts, complete }, payers))
}

fn has_ended(status: &str) -> bool {
    matches!(status, "cancelled" | "finished" | "customer_approval_denied")
}

fn name(customer: &CustomerObject) -> Option<String> {
    let parts =
        [&customer.given_name, &customer.family_name].map(|it| it.as_deref().unwrap_or_default());
    let name = parts.join(" ").trim().to_owned();
    if name.is_empty() { customer.company_name.clone() } else { Some(name) }
}

/// Says what somebody has who has no subscription, but perhaps a payment that is on its way.
fn without(payer: &Payer, payment: Option<&PaymentObject>, currency: &str) -> Holding<Terms> {
    let payment = payment.filter(|it| it.currency == currency && payer.mandate.is_some());
    match (payment, payer.pending.iter().map(|(_, on)| *on).min()) {
        // It is taken unless it is cancelled.
        (Some(it), Some(on)) => {
            Holding::Has { what: Terms { monthly: it.amount }, renews: Some(on) }
        }
        (Some(it), None) => {
            Holding::Ends { what: Terms { monthly: it.amount }, on: payer.paid_until }
        }
        (None, _) => Holding::Nothing {
            ready: payer.mandate.is_some(),
            soonest: payer.mandate.as_ref().and_then(|it| it.soonest).max(payer.paid_until),
        },
    }
}

fn holding(it: &SubscriptionObject, payer: &mut Payer, currency: &str) -> Holding<Terms> {
    let unclear = |why: String| Holding::Unclear(format!("has a subscription {why}"));
    if it.status != "active" {
        return unclear(format!("that is {}", shown(&it.status)));
    }
    if it.currency != currency {
        return unclear(format!("in {}", shown(&it.currency)));
    }
    let every = it.interval.unwrap_or(1);
    if it.interval_unit != "monthly" || every != 1 {
        return unclear(format!("that is paid every {every} {}", shown(&it.interval_unit)));
    }
    if let Some(end) = &it.end_date {
        return unclear(format!("that ends on {}", shown(end)));
    }
    let next = it.upcoming_payments.iter().map(|it| it.charge_date).min();
    payer.subscription = Some(Subscription { id: it.id.clone(), next });
    // What can still be cancelled is what comes next.
    let renews = payer.pending.iter().map(|(_, on)| *on).chain(next).min();
    Holding::Has { what: Terms { monthly: it.amount }, renews }
}
