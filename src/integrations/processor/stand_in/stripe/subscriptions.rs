//! Subscriptions: made, changed, renewed each month, and ended with their period.

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use serde_json::{Value, json};

use super::forms::{failure, missing};
use crate::integrations::processor::stand_in::{
    answered::{Answered, good},
    asked::Fields,
    books::Books,
};

/// Returns a month later.
fn month_after(second: i64) -> i64 {
    let at = Timestamp::from_second(second).unwrap_or_default().to_zoned(TimeZone::UTC);
    at.checked_add(1.month()).map_or(second, |it| it.timestamp().as_second())
}

/// Returns the price that fields describe.
pub(super) fn price(form: &Fields, item: &str) -> Option<Value> {
    let field = |name: &str| form.get(&format!("{item}[price_data]{name}"));
    Some(json!({
        "object": "price", "currency": field("[currency]")?, "product": field("[product]")?,
        "unit_amount": field("[unit_amount]")?.parse::<i64>().ok()?,
        "recurring": { "interval": field("[recurring][interval]")?, "interval_count": 1 },
    }))
}

impl Books {
    pub(super) fn new_subscription(&mut self, form: &Fields) -> Answered {
        let customer = form.get("customer").unwrap_or_default().to_owned();
        let Some(object) = self.object("customers", &customer) else {
            return missing("customer", &customer);
        };
        if object["invoice_settings"]["default_payment_method"].is_null() {
            let words = "This customer has no attached payment source or default payment method.";
            return failure(400, "resource_missing", words);
        }
        let Some(price) = price(form, "items[0]") else {
            return failure(400, "parameter_missing", "Missing required param: items.");
        };
        let metadata = form.inside("metadata").into();
        good(self.subscribe(&customer, price, form.number("trial_end"), metadata))
    }

    /// Makes a subscription, and charges for its first month unless it begins later.
    pub(super) fn subscribe(
        &mut self,
        customer: &str,
        price: Value,
        begins: Option<i64>,
        metadata: Value,
    ) -> Value {
        let now = self.now.as_second();
        let begins = begins.filter(|it| *it > now);
        let (status, end) = match begins {
            Some(begins) => ("trialing", begins),
            None => ("active", month_after(now)),
        };
        let (id, item) = (self.id("sub_"), self.id("si_"));
        let subscription = json!({
            "id": id, "object": "subscription", "customer": customer, "status": status,
            "created": now, "cancel_at_period_end": false, "cancel_at": null,
            "metadata": metadata,
            "items": { "object": "list", "has_more": false, "data": [{
                "id": item, "object": "subscription_item", "quantity": 1, "price": price,
                "current_period_start": now, "current_period_end": end,
            }] },
        });
        let made = self.add("subscriptions", subscription);
        if begins.is_none() {
            self.charge_for(&made);
        }
        made
    }

    pub(super) fn change_subscription(&mut self, id: &str, form: &Fields) -> Answered {
        let price = price(form, "items[0]");
        let Some(it) = self.object("subscriptions", id) else {
            return missing("subscription", id);
        };
        if it["status"] == "canceled" {
            return failure(400, "resource_missing", "This subscription is canceled.");
        }
        if let Some(price) = price {
            let item = form.get("items[0][id]").unwrap_or_default();
            if it["items"]["data"][0]["id"] != item {
                return failure(400, "resource_missing", "No such subscription item");
            }
            it["items"]["data"][0]["price"] = price;
        }
        match form.get("cancel_at_period_end") {
            Some("true") => it["cancel_at_period_end"] = true.into(),
            Some(_) => it["cancel_at_period_end"] = false.into(),
            None => {}
        }
        let changed = it.clone();
        self.happened("customer.subscription.updated", changed.clone());
        good(changed)
    }

    /// Lets time pass: what is due is charged for, or ends.
    pub(super) fn advance(&mut self, to: Timestamp) {
        while let Some((due, id)) = self.next_due().filter(|(due, _)| *due <= to.as_second()) {
            self.now = Timestamp::from_second(due).unwrap_or(self.now).max(self.now);
            let Some(it) = self.object("subscriptions", &id) else { break };
            if it["cancel_at_period_end"] == true {
                it["status"] = "canceled".into();
                let ended = it.clone();
                self.happened("customer.subscription.deleted", ended);
                continue;
            }
            it["status"] = "active".into();
            let item = &mut it["items"]["data"][0];
            item["current_period_start"] = due.into();
            item["current_period_end"] = month_after(due).into();
            let renewed = it.clone();
            self.charge_for(&renewed);
        }
        self.now = self.now.max(to);
    }

    /// Returns the subscription whose period ends first, and when.
    fn next_due(&self) -> Option<(i64, String)> {
        let live = self.all("subscriptions").iter().filter(|it| it["status"] != "canceled");
        let due = live.filter_map(|it| {
            let end = it["items"]["data"][0]["current_period_end"].as_i64()?;
            Some((end, it["id"].as_str()?.to_owned()))
        });
        due.min()
    }
}
