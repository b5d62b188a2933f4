//! Payments: made, submitted, confirmed, paid out; failed, taken back and given back.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{
    flows,
    forms::{day, days_after, failure, happened, missing, one, text},
};
use crate::integrations::processor::stand_in::{answered::Answered, books::Books};

/// How many days after its day a payment is confirmed.
const CONFIRMED_AFTER: i64 = 2;

/// Returns the customer of a mandate.
pub(super) fn customer_of(books: &mut Books, mandate: &str) -> String {
    books.object("mandates", mandate).map(|it| text(&it["links"]["customer"])).unwrap_or_default()
}

fn make(
    books: &mut Books,
    mandate: &str,
    amount: i64,
    currency: &Value,
    on: Date,
    status: &str,
) -> String {
    let payment = json!({
        "id": books.id("PM"), "created_at": books.now.to_string(), "status": status,
        "amount": amount, "amount_refunded": 0, "currency": currency,
        "charge_date": on.to_string(), "metadata": {}, "links": { "mandate": mandate },
    });
    text(&books.add("payments", payment)["id"])
}

/// Makes a payment of a subscription.
pub(super) fn of(books: &mut Books, subscription: &Value, on: Date) {
    let mandate = text(&subscription["links"]["mandate"]);
    let amount = subscription["amount"].as_i64().unwrap_or_default();
    let id = make(books, &mandate, amount, &subscription["currency"], on, "pending_submission");
    if let Some(it) = books.object("payments", &id) {
        it["links"]["subscription"] = subscription["id"].clone();
    }
    happened(books, "payments", "created", &id, json!({ "origin": "gocardless" }));
}

/// Lets payments move on as the days pass.
pub(super) fn move_on(books: &mut Books) {
    let today = day(books.now);
    let mut moved = Vec::new();
    for it in books.all_mut("payments") {
        let Some(on) = it["charge_date"].as_str().and_then(|it| it.parse::<Date>().ok()) else {
            continue;
        };
        let status = it["status"].as_str().unwrap_or_default();
        let next = match status {
            "pending_submission" if today >= days_after(on, -1) => "submitted",
            "submitted" if today >= days_after(on, CONFIRMED_AFTER) => "confirmed",
            _ => continue,
        };
        it["status"] = next.into();
        moved.push((text(&it["id"]), next));
    }
    for (id, action) in moved {
        happened(books, "payments", action, &id, json!({ "origin": "gocardless" }));
    }
}

/// Takes money by hand, which arrives at once.
pub(super) fn charge(books: &mut Books, customer: &str, amount: i64, currency: &str) {
    let currency = currency.to_ascii_uppercase();
    let mandate = mandate_of(books, customer, &currency);
    let today = day(books.now);
    let id = make(books, &mandate, amount, &currency.into(), today, "confirmed");
    for action in ["created", "confirmed"] {
        happened(books, "payments", action, &id, json!({ "origin": "api" }));
    }
}

fn mandate_of(books: &mut Books, customer: &str, currency: &str) -> String {
    let own = books.all("mandates").iter().find(|it| it["links"]["customer"] == customer);
    own.map(|it| text(&it["id"])).unwrap_or_else(|| flows::mandate(books, customer, currency))
}

/// Fails to take money from a customer.
pub(super) fn decline(books: &mut Books, customer: &str, why: &str) {
    let mandate = mandate_of(books, customer, "GBP");
    let today = day(books.now);
    let id = make(books, &mandate, 2500, &"GBP".into(), today, "failed");
    let details = json!({
        "origin": "bank", "cause": "insufficient_funds", "description": why,
        "will_attempt_retry": false,
    });
    happened(books, "payments", "failed", &id, details);
}

/// Changes the status of a payment.
pub(super) fn change(books: &mut Books, id: &str, status: &str, action: &str, origin: &str) {
    let Some(it) = books.object("payments", id) else { return };
    it["status"] = status.into();
    happened(books, "payments", action, id, json!({ "origin": origin }));
}

pub(super) fn cancel(books: &mut Books, id: &str) -> Answered {
    let Some(it) = books.object("payments", id) else { return missing() };
    if it["status"] != "pending_submission" {
        return failure(422, "cancellation_failed", "The payment was submitted already");
    }
    change(books, id, "cancelled", "cancelled", "api");
    books.object("payments", id).cloned().map_or_else(missing, |it| one("payments", it))
}

/// Gives a payment back, or a part of it.
pub(super) fn refund(books: &mut Books, id: &str, amount: Option<i64>) -> Answered {
    let Some(it) = books.object("payments", id) else { return missing() };
    let number = |value: &Value| value.as_i64().unwrap_or_default();
    let left = number(&it["amount"]) - number(&it["amount_refunded"]);
    let amount = amount.unwrap_or(left);
    if !(1..=left).contains(&amount) || it["status"] == "failed" {
        return failure(422, "total_amount_confirmation_invalid", "There is not so much left");
    }
    it["amount_refunded"] = (number(&it["amount_refunded"]) + amount).into();
    let currency = it["currency"].clone();
    let refund = json!({
        "id": books.id("RF"), "created_at": books.now.to_string(), "amount": amount,
        "currency": currency, "status": "submitted", "links": { "payment": id },
    });
    let refund = books.add("refunds", refund);
    happened(books, "refunds", "created", &text(&refund["id"]), json!({ "origin": "api" }));
    one("refunds", refund)
}

/// Returns what was taken of whom, or is on its way.
pub(super) fn taken(books: &mut Books) -> Vec<(String, i64)> {
    let counts = |it: &&Value| it["status"] != "failed" && it["status"] != "cancelled";
    let all: Vec<Value> = books.all("payments").iter().filter(counts).cloned().collect();
    all.iter()
        .map(|it| {
            let customer = customer_of(books, &text(&it["links"]["mandate"]));
            (customer, it["amount"].as_i64().unwrap_or_default())
        })
        .collect()
}

/// What is kept of a payment, in tenths of minor units: 1 % and 20 minor units.
fn fee(amount: i64) -> i64 {
    amount / 10 + 200
}

/// An amount in tenths as payout items have it: `45.5`.
fn decimal(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// Pays out what was confirmed and not paid out yet.
pub(super) fn pay_out(books: &mut Books) -> Option<i64> {
    let (mut amount, mut fees, mut paid, mut items) = (0, 0, Vec::new(), Vec::new());
    for it in books.all_mut("payments").iter_mut().filter(|it| it["status"] == "confirmed") {
        it["status"] = "paid_out".into();
        let own = it["amount"].as_i64().unwrap_or_default();
        let back = it["amount_refunded"].as_i64().unwrap_or_default();
        amount += own - back;
        fees += fee(own);
        let id = text(&it["id"]);
        items.push(("payment_paid_out", own * 10, id.clone()));
        items.push(("gocardless_fee", -fee(own), id.clone()));
        items.extend((back > 0).then(|| ("payment_refunded", -back * 10, id.clone())));
        paid.push(id);
    }
    let fees = (fees + 5) / 10;
    if amount <= fees {
        return None;
    }
    let amount = amount - fees;
    let payout = json!({
        "id": books.id("PO"), "created_at": books.now.to_string(), "amount": amount,
        "deducted_fees": fees, "currency": "GBP", "status": "paid",
        "arrival_date": day(books.now).to_string(), "reference": "MAKERS-PO",
    });
    let id = text(&books.add("payouts", payout)["id"]);
    for (kind, tenths, payment) in items {
        let item = json!({
            "id": books.id("PI"), "type": kind, "amount": decimal(tenths), "taxes": [],
            "links": { "payment": payment, "payout": id },
        });
        books.add("payout_items", item);
    }
    for payment in paid {
        happened(books, "payments", "paid_out", &payment, json!({ "origin": "gocardless" }));
    }
    happened(books, "payouts", "paid", &id, json!({ "origin": "gocardless" }));
    Some(amount)
}
