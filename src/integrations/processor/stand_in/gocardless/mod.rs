//! What GoCardless does, as its reference describes it (developer.gocardless.com, version 2015-07-06).
//!
//! Days are those of UTC, and all of them are working days.

mod flows;
mod forms;
mod payments;
mod subscriptions;

use axum::body::Body;
use hyper::Response;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    answered::{Answered, good},
    asked::Asked,
    books::Books,
    company::{Company, paged},
};
use forms::{failure, missing, one, text};

/// The number of entries of a page unless another one is asked for.
const USUAL: usize = 50;

/// The most entries of a page.
const MOST: usize = 500;

/// For how long it is told what a payout consists of: about six months.
const ITEMS_ARE_KEPT: SignedDuration = SignedDuration::from_hours(24 * 183);

/// GoCardless.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct GoCardless;

fn is_list(kind: &str) -> bool {
    matches!(
        kind,
        "customers"
            | "mandates"
            | "subscriptions"
            | "payments"
            | "refunds"
            | "payouts"
            | "events"
            | "payout_items"
    )
}

impl Company for GoCardless {
    fn name(&self) -> &'static str {
        "GoCardless"
    }

    fn is_for_programs(&self, path: &str) -> bool {
        !path.starts_with("/flow/")
    }

    fn answer(&self, books: &mut Books, asked: &Asked) -> Answered {
        if asked.secret.as_deref() != Some(books.secret.as_str()) {
            return failure(
                401,
                "access_token_not_found",
                "The access token you've used is not valid",
            );
        }
        if asked.version.as_deref() != Some("2015-07-06") {
            return failure(400, "version_not_found", "Version not found");
        }
        let path: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
        let [kind] = path.as_slice() else { return act(books, asked, &path) };
        let Some(key) = asked.key.clone().filter(|_| asked.method == "POST") else {
            return act(books, asked, &path);
        };
        if let Some((_, before)) = books.keys.get(&key) {
            let message = "A resource has already been created with this idempotency key";
            let mut conflict = failure(409, "idempotent_creation_conflict", message);
            let id = before.object[*kind]["id"].clone();
            conflict.object["error"]["errors"][0]["links"] =
                json!({ "conflicting_resource_id": id });
            return conflict;
        }
        let answered = act(books, asked, &path);
        if answered.status < 300 {
            books.keys.insert(key, (asked.clone(), answered.clone()));
        }
        answered
    }

    fn page(&self, books: &mut Books, asked: &Asked) -> Response<Body> {
        flows::page(books, asked)
    }

    fn failure(&self, status: u16, code: &str, message: &str) -> Answered {
        failure(status, code, message)
    }

    fn empty(&self, path: &str) -> Answered {
        list(self.kind_of(path), &[], false)
    }

    fn kind_of<'p>(&self, path: &'p str) -> &'p str {
        path.trim_matches('/')
    }

    fn advance(&self, books: &mut Books, to: Timestamp) {
        subscriptions::advance(books, to);
    }

    fn pay(&self, books: &mut Books, page: &str) -> bool {
        flows::complete(books, page.rsplit('/').next().unwrap_or_default()).is_some()
    }

    fn customer(&self, books: &mut Books, name: &str, email: &str) -> String {
        let (given, family) = name.split_once(' ').unwrap_or((name, name));
        let body = json!({ "given_name": given, "family_name": family, "email": email });
        text(&flows::customer(books, &body)["id"])
    }

    fn charge(&self, books: &mut Books, customer: &str, amount: i64, currency: &str) {
        payments::charge(books, customer, amount, currency);
    }

    fn refund(&self, books: &mut Books, payment: &str, amount: Option<i64>) -> bool {
        payments::refund(books, payment, amount).status == 200
    }

    fn dispute(&self, books: &mut Books, payment: &str) {
        payments::change(books, payment, "charged_back", "charged_back", "bank");
    }

    fn win(&self, books: &mut Books, payment: &str) {
        payments::change(books, payment, "paid_out", "chargeback_cancelled", "bank");
    }

    fn decline(&self, books: &mut Books, customer: &str, why: &str) {
        payments::decline(books, customer, why);
    }

    fn pay_out(&self, books: &mut Books) -> Option<i64> {
        payments::pay_out(books)
    }

    /// What the bank does not take is told to people alone.
    fn bounce(&self, _: &mut Books, _: &str) -> bool {
        false
    }

    fn fail_late(&self, books: &mut Books, payment: &str) -> bool {
        payments::change(books, payment, "failed", "failed", "bank");
        true
    }

    fn payments(&self) -> &'static str {
        "payments"
    }

    fn taken(&self, books: &mut Books) -> Vec<(String, i64)> {
        payments::taken(books)
    }

    fn going_on(&self, books: &mut Books) -> Vec<(String, i64)> {
        subscriptions::going_on(books)
    }

    fn webhooks(&self, events: &[Value]) -> Vec<Value> {
        events.chunks(250).map(|some| json!({ "events": some, "meta": {} })).collect()
    }

    /// There is no `retry-after`: the end of the minute is told.
    fn wait(&self, now: Timestamp, seconds: u32) -> Vec<(&'static str, String)> {
        let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
        let text = |at: Timestamp| printer.timestamp_to_rfc9110_string(&at).unwrap_or_default();
        let end = now.saturating_add(SignedDuration::from_secs(seconds.into())).unwrap_or(now);
        vec![
            ("date", text(now)),
            ("ratelimit-remaining", "0".to_owned()),
            ("ratelimit-reset", text(end)),
        ]
    }
}

fn list(kind: &str, page: &[&Value], more: bool) -> Answered {
    let cursor = |it: Option<&&Value>| it.filter(|_| more).map(|it| it["id"].clone());
    let cursors = json!({ "before": cursor(page.first()), "after": cursor(page.last()) });
    good(json!({ kind: page, "meta": { "cursors": cursors, "limit": page.len() } }))
}

/// Returns a page of a list.
fn read(books: &Books, asked: &Asked, kind: &str) -> Answered {
    let query = &asked.query;
    let is = |it: &Value, name: &str, value: &Value| {
        query.get(name).is_none_or(|wanted| *value == wanted) || it.is_null()
    };
    let fits = |it: &Value| {
        is(it, "status", &it["status"])
            && is(it, "resource_type", &it["resource_type"])
            && is(it, "payout", &it["links"]["payout"])
            && is(it, "customer", &it["links"]["customer"])
            && query
                .get("charge_date[gte]")
                .is_none_or(|from| it["charge_date"].as_str() >= Some(from))
    };
    if kind == "payout_items" {
        let payout = query.get("payout").unwrap_or_default();
        let made = books.all("payouts").iter().find(|it| it["id"] == payout);
        let made = made.and_then(|it| it["created_at"].as_str()?.parse::<Timestamp>().ok());
        match made.map(|it| books.now.duration_since(it)) {
            None => return failure(422, "invalid", "payout must be given"),
            Some(age) if age > ITEMS_ARE_KEPT => {
                return failure(410, "payout_items_data_archived", "The items are archived");
            }
            Some(_) => {}
        }
    }
    let limit = query.number("limit").and_then(|it| usize::try_from(it).ok()).unwrap_or(USUAL);
    if limit > MOST {
        return failure(422, "invalid", "limit must be at most 500");
    }
    let limit = limit.clamp(1, books.page.unwrap_or(MOST));
    match paged(books.all(kind), fits, query, ["after", "before"], limit) {
        Ok((page, more)) => list(kind, &page, more),
        Err(_) => failure(400, "invalid_cursor", "The cursor is not known"),
    }
}

fn act(books: &mut Books, asked: &Asked, path: &[&str]) -> Answered {
    let body = |kind: &str| &asked.body[kind];
    match (asked.method.as_str(), path) {
        ("GET", [kind]) if is_list(kind) => read(books, asked, kind),
        ("GET", [kind, id]) if is_list(kind) => {
            books.object(kind, id).cloned().map_or_else(missing, |it| one(kind, it))
        }
        ("POST", ["customers"]) => flows::new_customer(books, body("customers")),
        ("POST", ["billing_requests"]) => flows::new_request(books, body("billing_requests")),
        ("POST", ["billing_request_flows"]) => {
            flows::new_flow(books, body("billing_request_flows"))
        }
        ("POST", ["subscriptions"]) => subscriptions::new(books, body("subscriptions")),
        ("PUT", ["subscriptions", id]) => subscriptions::change(books, id, body("subscriptions")),
        ("POST", ["subscriptions", id, "actions", "cancel"]) => subscriptions::cancel(books, id),
        ("POST", ["payments", id, "actions", "cancel"]) => payments::cancel(books, id),
        ("POST", ["refunds"]) => {
            let (id, amount) = (&body("refunds")["links"]["payment"], &body("refunds")["amount"]);
            payments::refund(books, id.as_str().unwrap_or_default(), amount.as_i64())
        }
        _ => missing(),
    }
}
