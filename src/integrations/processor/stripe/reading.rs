//! Reads all customers and their subscriptions, in as few requests as pages allow.

use std::collections::{BTreeSet, HashMap};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    connection::Connection,
    objects::{CustomerObject, Item, SubscriptionObject},
};
use crate::{
    domain::{
        follow::{Account, Found, Holding, Terms},
        model::text::shown,
    },
    integrations::processor::{ProcessorError, reference::REFERENCE},
};

/// The subscription of a customer.
pub(super) struct Subscription {
    pub(super) id: String,
    pub(super) item: String,
}

/// Reads everything; subscriptions by the id of their customer.
///
/// # Errors
/// Stripe does not answer, or does not let us in.
pub(super) fn read(
    connection: &Connection,
    currency: &str,
    zone: &TimeZone,
) -> Result<(Found<Terms>, HashMap<String, Subscription>), ProcessorError> {
    let (customers, all_customers) =
        connection.all("/v1/customers", &[], |it: &CustomerObject| &it.id)?;
    // Without a status, Stripe leaves out those that have ended.
    let (subscriptions, all_subscriptions) =
        connection.all("/v1/subscriptions", &[], |it: &SubscriptionObject| &it.id)?;
    let mut by_customer: HashMap<String, Vec<SubscriptionObject>> = HashMap::new();
    let mut told = BTreeSet::new();
    for it in subscriptions {
        if told.insert(it.id.clone()) && !has_ended(&it.status) {
            by_customer.entry(it.customer.clone()).or_default().push(it);
        }
    }
    let mut known = HashMap::new();
    let mut accounts = Vec::new();
    for mut customer in customers {
        let own = by_customer.remove(&customer.id).unwrap_or_default();
        let ready =
            customer.invoice_settings.default_payment_method.is_some_and(|it| !it.is_null());
        let holds = match own.as_slice() {
            [] => Holding::Nothing { ready, soonest: None },
            [one] => holding(one, currency, zone),
            several => Holding::Unclear(format!("has {} subscriptions", several.len())),
        };
        if let ([one], Holding::Has { .. } | Holding::Ends { .. }) = (own.as_slice(), &holds)
            && let Some(item) = one.items.data.first()
        {
            let subscription = Subscription { id: one.id.clone(), item: item.id.clone() };
            known.insert(customer.id.clone(), subscription);
        }
        accounts.push(Account {
            mark: customer.metadata.remove(REFERENCE),
            id: customer.id,
            name: customer.name,
            email: customer.email,
            holds,
        });
    }
    // A subscription whose customer was not told shows that something is missing.
    let complete = all_customers && all_subscriptions && by_customer.is_empty();
    Ok((Found { accounts, complete }, known))
}

fn has_ended(status: &str) -> bool {
    matches!(status, "canceled" | "incomplete" | "incomplete_expired" | "ended")
}

fn holding(it: &SubscriptionObject, currency: &str, zone: &TimeZone) -> Holding<Terms> {
    let unclear = |why: String| Holding::Unclear(format!("has a subscription {why}"));
    if !matches!(it.status.as_str(), "active" | "trialing" | "past_due") {
        return unclear(format!("that is {}", shown(&it.status)));
    }
    let item = match it.items.data.as_slice() {
        [item] if !it.items.has_more => item,
        items => return unclear(format!("with {} items", items.len())),
    };
    let what = match terms(item, currency) {
        Ok(terms) => terms,
        Err(why) => return unclear(why),
    };
    let day = |seconds: i64| -> Option<Date> {
        Some(Timestamp::from_second(seconds).ok()?.to_zoned(zone.clone()).date())
    };
    let renews = item.current_period_end.or(it.current_period_end);
    if it.cancel_at_period_end || it.cancel_at.is_some() {
        let on = it.cancel_at.or(renews).and_then(day);
        return Holding::Ends { what, on };
    }
    Holding::Has { what, renews: renews.and_then(day) }
}

fn terms(item: &Item, currency: &str) -> Result<Terms, String> {
    let (code, amount, interval, count) = match (&item.price, &item.plan) {
        (Some(price), _) => match &price.recurring {
            Some(it) => (&price.currency, price.unit_amount, &it.interval, it.interval_count),
            None => return Err("that does not recur".to_owned()),
        },
        (None, Some(it)) => (&it.currency, it.amount, &it.interval, it.interval_count),
        (None, None) => return Err("without a price".to_owned()),
    };
    if code != currency {
        return Err(format!("in {}", shown(code)));
    }
    if interval != "month" || count != 1 {
        return Err(format!("that is paid every {count} {}", shown(interval)));
    }
    let amount = amount.and_then(|it| it.checked_mul(item.quantity.unwrap_or(1)));
    amount
        .map(|monthly| Terms { monthly })
        .ok_or_else(|| "whose price is no whole amount".to_owned())
}
