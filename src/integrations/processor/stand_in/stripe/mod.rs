//! What Stripe does, as its reference describes it (docs.stripe.com/api, version 2025-03-31).

mod browser;
mod charges;
mod customers;
mod forms;
mod lists;
mod subscriptions;

use axum::body::Body;
use hyper::Response;
use jiff::Timestamp;

use super::{
    answered::{Answered, good},
    asked::Asked,
    books::Books,
    company::Company,
};
use forms::{failure, missing};

/// Stripe.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stripe;

impl Company for Stripe {
    fn name(&self) -> &'static str {
        "Stripe"
    }

    fn is_for_programs(&self, path: &str) -> bool {
        path.starts_with("/v1/")
    }

    fn answer(&self, books: &mut Books, asked: &Asked) -> Answered {
        if asked.secret.as_deref() != Some(books.secret.as_str()) {
            return failure(401, "api_key_invalid", "Invalid API Key provided");
        }
        if asked.version.as_deref().is_none_or(|it| !it.starts_with("20")) {
            return failure(400, "version", "Invalid Stripe API version");
        }
        let Some(key) = asked.key.clone().filter(|_| asked.method == "POST") else {
            return act(books, asked);
        };
        if let Some((before, answered)) = books.keys.get(&key) {
            if (&before.path, &before.form) != (&asked.path, &asked.form) {
                let words = "Keys for idempotent requests can only be used with the same parameters \
                             they were first used with";
                return failure(400, "idempotency_error", words);
            }
            return answered.clone();
        }
        let answered = act(books, asked);
        books.keys.insert(key, (asked.clone(), answered.clone()));
        answered
    }

    fn page(&self, books: &mut Books, asked: &Asked) -> Response<Body> {
        browser::page(books, asked)
    }

    fn failure(&self, status: u16, code: &str, message: &str) -> Answered {
        failure(status, code, message)
    }

    fn empty(&self, _: &str) -> Answered {
        lists::empty()
    }

    fn kind_of<'p>(&self, path: &'p str) -> &'p str {
        path.trim_start_matches("/v1/")
    }

    fn advance(&self, books: &mut Books, to: Timestamp) {
        books.advance(to);
    }

    fn pay(&self, books: &mut Books, page: &str) -> bool {
        books.complete(page.rsplit('/').next().unwrap_or_default())
    }

    fn customer(&self, books: &mut Books, name: &str, email: &str) -> String {
        books.customer_by_hand(name, email)
    }

    fn charge(&self, books: &mut Books, customer: &str, amount: i64, currency: &str) {
        books.charge(customer, amount, &currency.to_ascii_lowercase());
    }

    fn refund(&self, books: &mut Books, payment: &str, amount: Option<i64>) -> bool {
        books.refund(payment, amount).status == 200
    }

    fn dispute(&self, books: &mut Books, payment: &str) {
        books.dispute(payment, "needs_response");
    }

    fn win(&self, books: &mut Books, payment: &str) {
        books.dispute(payment, "won");
    }

    fn decline(&self, books: &mut Books, customer: &str, why: &str) {
        books.decline(customer, why);
    }

    fn pay_out(&self, books: &mut Books) -> Option<i64> {
        books.pay_out()
    }

    fn bounce(&self, books: &mut Books, why: &str) -> bool {
        books.bounce(why)
    }

    /// Cards do not.
    fn fail_late(&self, _: &mut Books, _: &str) -> bool {
        false
    }

    fn payments(&self) -> &'static str {
        "charges"
    }

    fn taken(&self, books: &mut Books) -> Vec<(String, i64)> {
        let all = books.all("charges").iter();
        all.map(|it| (text(&it["customer"]), it["amount"].as_i64().unwrap_or_default())).collect()
    }

    fn going_on(&self, books: &mut Books) -> Vec<(String, i64)> {
        let goes_on = |it: &&serde_json::Value| {
            it["status"] != "canceled" && it["cancel_at_period_end"] == false
        };
        let what = |it: &serde_json::Value| {
            let amount = &it["items"]["data"][0]["price"]["unit_amount"];
            (text(&it["customer"]), amount.as_i64().unwrap_or_default())
        };
        books.all("subscriptions").iter().filter(goes_on).map(what).collect()
    }

    fn webhooks(&self, events: &[serde_json::Value]) -> Vec<serde_json::Value> {
        events.to_vec()
    }

    fn wait(&self, _: Timestamp, seconds: u32) -> Vec<(&'static str, String)> {
        vec![("retry-after", seconds.to_string())]
    }
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn act(books: &mut Books, asked: &Asked) -> Answered {
    let path: Vec<&str> = asked.path.trim_start_matches("/v1/").split('/').collect();
    match (asked.method.as_str(), path.as_slice()) {
        (
            "GET",
            [
                kind @ ("customers"
                | "subscriptions"
                | "charges"
                | "events"
                | "payouts"
                | "balance_transactions"),
            ],
        ) => lists::page(books, asked, kind),
        ("GET", [kind, id]) => {
            books.object(kind, id).cloned().map_or_else(|| missing(kind, id), good)
        }
        ("POST", ["customers"]) => books.new_customer(&asked.form),
        ("POST", ["products"]) => books.new_product(&asked.form),
        ("POST", ["subscriptions"]) => books.new_subscription(&asked.form),
        ("POST", ["subscriptions", id]) => books.change_subscription(id, &asked.form),
        ("POST", ["checkout", "sessions"]) => books.new_session(&asked.form),
        ("POST", ["billing_portal", "sessions"]) => books.new_portal(&asked.form),
        ("POST", ["refunds"]) => books.new_refund(&asked.form),
        _ => failure(404, "unknown_url", "Unrecognized request URL"),
    }
}
