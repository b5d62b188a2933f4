//! The pages on which a member says by what to pay, and what somebody who tries this out may let
//! happen.

use axum::{
    body::Body,
    response::{Html, IntoResponse as _, Redirect},
};
use hyper::{Response, StatusCode};
use serde_json::json;

use super::{
    forms::{failure, missing},
    subscriptions::price,
};
use crate::integrations::processor::stand_in::{
    answered::{Answered, good},
    asked::{Asked, Fields},
    books::Books,
};

impl Books {
    pub(super) fn new_session(&mut self, form: &Fields) -> Answered {
        let customer = form.get("customer").unwrap_or_default().to_owned();
        if self.object("customers", &customer).is_none() {
            return missing("customer", &customer);
        }
        let Some(price) = price(form, "line_items[0]") else {
            return failure(400, "parameter_missing", "Missing required param: line_items.");
        };
        if form.get("mode") != Some("subscription") || form.get("success_url").is_none() {
            return failure(400, "parameter_missing", "Missing required param: success_url.");
        }
        let begins = form.number("subscription_data[trial_end]");
        if begins.is_some_and(|it| it < self.now.as_second() + 48 * 3600) {
            let words = "The `trial_end` date has to be at least 2 days in the future.";
            return failure(400, "parameter_invalid", words);
        }
        let id = self.id("cs_");
        let url = format!("{}/pay/{id}", self.address);
        let session = json!({
            "id": id, "object": "checkout.session", "status": "open", "url": url,
            "customer": customer, "client_reference_id": form.get("client_reference_id"),
            "success_url": form.get("success_url"), "price": price, "begins": begins,
            "metadata": form.inside("subscription_data[metadata]"),
        });
        good(self.add("sessions", session))
    }

    pub(super) fn new_portal(&mut self, form: &Fields) -> Answered {
        let customer = form.get("customer").unwrap_or_default().to_owned();
        if self.object("customers", &customer).is_none() {
            return missing("customer", &customer);
        }
        let id = self.id("bps_");
        let url = format!("{}/portal/{id}", self.address);
        good(json!({ "id": id, "object": "billing_portal.session", "url": url }))
    }

    /// Completes a session, once: the subscription begins, and the customer can pay from then on.
    pub(super) fn complete(&mut self, id: &str) -> bool {
        let Some(session) = self.object("sessions", id) else { return false };
        if session["status"] != "open" {
            return false;
        }
        session["status"] = "complete".into();
        let session = session.clone();
        let customer = session["customer"].as_str().unwrap_or_default().to_owned();
        let method = self.id("pm_");
        if let Some(it) = self.object("customers", &customer) {
            it["invoice_settings"]["default_payment_method"] = method.into();
        }
        let begins = session["begins"].as_i64();
        let (price, metadata) = (session["price"].clone(), session["metadata"].clone());
        self.subscribe(&customer, price, begins, metadata);
        self.happened("checkout.session.completed", session);
        true
    }
}

/// Answers a browser.
pub(super) fn page(books: &mut Books, asked: &Asked) -> Response<Body> {
    let path: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    match (asked.method.as_str(), path.as_slice()) {
        ("GET", ["pay", id]) => {
            let Some(session) = books.object("sessions", id).cloned() else {
                return (StatusCode::NOT_FOUND, "there is no such page").into_response();
            };
            let amount = session["price"]["unit_amount"].as_i64().unwrap_or_default();
            let is_open = session["status"] == "open";
            Html(pay(amount, session["price"]["currency"].as_str().unwrap_or_default(), is_open))
                .into_response()
        }
        ("POST", ["pay", id]) => {
            let back = books
                .object("sessions", id)
                .and_then(|it| it["success_url"].as_str().map(ToOwned::to_owned));
            match (books.complete(id), back) {
                (true, Some(back)) => Redirect::to(&back).into_response(),
                _ => (StatusCode::NOT_FOUND, "there is no such page").into_response(),
            }
        }
        ("GET", ["portal", _]) => {
            Html(frame("Here a member would change the card.")).into_response()
        }
        _ => (StatusCode::NOT_FOUND, "there is no such page").into_response(),
    }
}

fn pay(amount: i64, currency: &str, is_open: bool) -> String {
    let words = if is_open { "Nobody pays anything here." } else { "This was paid already." };
    maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { title { "A stand-in for Stripe" } }
            body {
                h1 { "A stand-in for Stripe" }
                p { (amount) " minor units of " (currency) " a month. " (words) }
                @if is_open { form method="post" { button { "Pay" } } }
            }
        }
    }
    .into_string()
}

fn frame(words: &str) -> String {
    maud::html! {
        (maud::DOCTYPE)
        html lang="en" { head { title { "A stand-in for Stripe" } } body { p { (words) } } }
    }
    .into_string()
}
