//! Subscriptions: made, changed and cancelled; payments are made three days before they are due.

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date};
use serde_json::{Value, json};

use super::{
    flows,
    forms::{day, days_after, failure, happened, missing, one, text},
    payments,
};
use crate::integrations::processor::stand_in::{answered::Answered, books::Books};

/// How many days before its day a payment is made.
const AHEAD: i64 = 3;

/// How often the amount may be changed.
const MOST_CHANGES: u64 = 10;

/// The number of payments that are told in advance.
const UPCOMING: i64 = 3;

pub(super) fn new(books: &mut Books, body: &Value) -> Answered {
    let mandate = text(&body["links"]["mandate"]);
    let Some(found) = books.object("mandates", &mandate).cloned() else {
        return failure(422, "resource_not_found", &format!("No such mandate: {mandate}"));
    };
    if found["status"] != "active" {
        return failure(422, "mandate_is_inactive", "The mandate is not active");
    }
    let Some(amount) = body["amount"].as_i64().filter(|it| *it > 0) else {
        return failure(422, "invalid", "amount must be greater than zero");
    };
    let soonest: Option<Date> =
        found["next_possible_charge_date"].as_str().and_then(|it| it.parse().ok());
    let soonest = soonest.unwrap_or_default().max(days_after(day(books.now), AHEAD));
    let start = match body["start_date"].as_str().map(str::parse::<Date>) {
        None => soonest,
        Some(Ok(start)) if start >= soonest && start <= days_after(day(books.now), 365) => start,
        Some(_) => {
            let words = "start_date must be on or after the mandate's next_possible_charge_date, and \
                         within one year";
            return failure(422, "invalid", words);
        }
    };
    let subscription = json!({
        "id": books.id("SB"), "created_at": books.now.to_string(), "status": "active",
        "amount": amount, "currency": body["currency"], "name": body["name"],
        "interval": body["interval"], "interval_unit": body["interval_unit"], "count": null,
        "start_date": start.to_string(), "end_date": null, "metadata": body["metadata"],
        "changes": 0, "made": 0, "upcoming_payments": [], "links": { "mandate": mandate },
    });
    let id = text(&books.add("subscriptions", subscription)["id"]);
    happened(books, "subscriptions", "created", &id, json!({ "origin": "api" }));
    make_due(books);
    books.object("subscriptions", &id).cloned().map_or_else(missing, |it| one("subscriptions", it))
}

pub(super) fn change(books: &mut Books, id: &str, body: &Value) -> Answered {
    let Some(it) = books.object("subscriptions", id) else { return missing() };
    if it["status"] != "active" {
        return failure(422, "subscription_not_active", "The subscription is not active");
    }
    let Some(amount) = body["amount"].as_i64().filter(|it| *it > 0) else {
        return failure(422, "invalid", "amount must be greater than zero");
    };
    let changes = it["changes"].as_u64().unwrap_or_default();
    if changes >= MOST_CHANGES {
        let words = "This subscription's amount has been changed 10 times";
        return failure(422, "number_of_subscription_amendments_exceeded", words);
    }
    (it["changes"], it["amount"]) = ((changes + 1).into(), amount.into());
    make_due(books);
    happened(books, "subscriptions", "amended", id, json!({ "origin": "api" }));
    books.object("subscriptions", id).cloned().map_or_else(missing, |it| one("subscriptions", it))
}

pub(super) fn cancel(books: &mut Books, id: &str) -> Answered {
    let Some(it) = books.object("subscriptions", id) else { return missing() };
    if it["status"] != "active" {
        return failure(422, "cancellation_failed", "The subscription is not active");
    }
    (it["status"], it["upcoming_payments"]) = ("cancelled".into(), json!([]));
    let after = it.clone();
    happened(books, "subscriptions", "cancelled", id, json!({ "origin": "api" }));
    one("subscriptions", after)
}

/// Lets time pass, day by day.
pub(super) fn advance(books: &mut Books, to: Timestamp) {
    while books.now < to {
        let next = books.now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(to);
        books.now = next.min(to);
        flows::move_on(books);
        make_due(books);
        payments::move_on(books);
    }
}

/// Makes the payments that are due soon, and tells of those after them.
fn make_due(books: &mut Books) {
    let until = days_after(day(books.now), AHEAD);
    let mut due = Vec::new();
    for it in books.all_mut("subscriptions").iter_mut().filter(|it| it["status"] == "active") {
        let Some(start) = it["start_date"].as_str().and_then(|it| it.parse::<Date>().ok()) else {
            continue;
        };
        let on = |number: i64| start.saturating_add(number.months());
        let mut made = it["made"].as_i64().unwrap_or_default();
        while on(made) <= until {
            due.push((it.clone(), on(made)));
            made += 1;
        }
        it["made"] = made.into();
        let amount = it["amount"].clone();
        let upcoming = (made..made + UPCOMING)
            .map(|number| json!({ "charge_date": on(number).to_string(), "amount": amount }));
        it["upcoming_payments"] = upcoming.collect();
    }
    for (subscription, on) in due {
        payments::of(books, &subscription, on);
    }
}

/// Returns what is taken from whom each month, as far as it goes on.
pub(super) fn going_on(books: &mut Books) -> Vec<(String, i64)> {
    let active = books.all("subscriptions").iter().filter(|it| it["status"] == "active");
    let all: Vec<Value> = active.cloned().collect();
    all.iter()
        .map(|it| {
            let customer = payments::customer_of(books, &text(&it["links"]["mandate"]));
            (customer, it["amount"].as_i64().unwrap_or_default())
        })
        .collect()
}
