//! Customers, and the pages on which they agree to a direct debit.

use axum::{
    body::Body,
    response::{Html, IntoResponse as _, Redirect},
};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};

use super::forms::{day, days_after, failure, happened, missing, one, text};
use crate::integrations::processor::stand_in::{answered::Answered, asked::Asked, books::Books};

/// How many days after the agreement money can be taken first, as with Bacs.
const FIRST: i64 = 3;

pub(super) fn new_customer(books: &mut Books, body: &Value) -> Answered {
    let is_there = |name: &str| body[name].as_str().is_some_and(|it| !it.is_empty());
    let has_name = is_there("given_name") && is_there("family_name");
    if !has_name && !is_there("company_name") {
        return failure(
            422,
            "invalid",
            "given_name and family_name, or company_name, must be given",
        );
    }
    if !is_there("email") {
        return failure(422, "invalid", "email is required");
    }
    if body["metadata"].as_object().is_some_and(|it| it.len() > 3) {
        return failure(422, "invalid", "metadata may have at most three keys");
    }
    let customer = customer(books, body);
    one("customers", customer)
}

/// Makes a customer.
pub(super) fn customer(books: &mut Books, body: &Value) -> Value {
    let metadata = body["metadata"].as_object().cloned().unwrap_or_default();
    let customer = json!({
        "id": books.id("CU"), "created_at": books.now.to_string(), "email": body["email"],
        "given_name": body["given_name"], "family_name": body["family_name"],
        "company_name": body["company_name"], "metadata": metadata,
    });
    books.add("customers", customer)
}

pub(super) fn new_request(books: &mut Books, body: &Value) -> Answered {
    let customer = text(&body["links"]["customer"]);
    if books.object("customers", &customer).is_none() {
        return failure(422, "resource_not_found", &format!("No such customer: {customer}"));
    }
    let Some(currency) = body["mandate_request"]["currency"].as_str() else {
        return failure(422, "invalid", "mandate_request.currency must be given");
    };
    let request = json!({
        "id": books.id("BRQ"), "status": "pending", "created_at": books.now.to_string(),
        "mandate_request": { "currency": currency, "scheme": body["mandate_request"]["scheme"] },
        "metadata": body["metadata"], "links": { "customer": customer },
    });
    one("billing_requests", books.add("billing_requests", request))
}

pub(super) fn new_flow(books: &mut Books, body: &Value) -> Answered {
    let request = text(&body["links"]["billing_request"]);
    if books.object("billing_requests", &request).is_none() {
        return missing();
    }
    if !body["redirect_uri"].is_string() {
        return failure(422, "invalid", "redirect_uri must be given");
    }
    let id = books.id("BRF");
    let flow = json!({
        "id": id, "authorisation_url": format!("{}/flow/{id}", books.address),
        "redirect_uri": body["redirect_uri"], "exit_uri": body["exit_uri"],
        "links": { "billing_request": request },
    });
    one("billing_request_flows", books.add("billing_request_flows", flow))
}

/// Agrees on a page, once; returns where it leads back to.
pub(super) fn complete(books: &mut Books, flow: &str) -> Option<String> {
    let flow = books.object("billing_request_flows", flow)?.clone();
    let id = text(&flow["links"]["billing_request"]);
    let request = books.object("billing_requests", &id)?;
    if request["status"] != "pending" {
        return None;
    }
    request["status"] = "fulfilled".into();
    let (customer, currency) =
        (text(&request["links"]["customer"]), text(&request["mandate_request"]["currency"]));
    mandate(books, &customer, &currency);
    happened(books, "billing_requests", "fulfilled", &id, json!({ "origin": "customer" }));
    Some(text(&flow["redirect_uri"]))
}

/// Makes a mandate of a customer.
pub(super) fn mandate(books: &mut Books, customer: &str, currency: &str) -> String {
    let soonest = days_after(day(books.now), FIRST);
    let mandate = json!({
        "id": books.id("MD"), "created_at": books.now.to_string(), "status": "active",
        "scheme": if currency == "GBP" { "bacs" } else { "sepa_core" },
        "next_possible_charge_date": soonest.to_string(), "links": { "customer": customer },
    });
    let id = text(&books.add("mandates", mandate)["id"]);
    happened(books, "mandates", "created", &id, json!({ "origin": "customer" }));
    id
}

/// Lets the first day on which money can be taken move on as the days pass.
pub(super) fn move_on(books: &mut Books) {
    let soonest = days_after(day(books.now), FIRST).to_string();
    for it in books.all_mut("mandates") {
        it["next_possible_charge_date"] = soonest.clone().into();
    }
}

/// Answers a browser.
pub(super) fn page(books: &mut Books, asked: &Asked) -> Response<Body> {
    let none = || (StatusCode::NOT_FOUND, "there is no such page").into_response();
    let id = asked.path.rsplit('/').next().unwrap_or_default();
    if books.object("billing_request_flows", id).is_none() {
        return none();
    }
    if asked.method == "POST" {
        return complete(books, id).map_or_else(none, |back| Redirect::to(&back).into_response());
    }
    let page = maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { title { "A stand-in for GoCardless" } }
            body {
                h1 { "A stand-in for GoCardless" }
                p { "Nobody pays anything here." }
                form method="post" { button { "Agree to a direct debit" } }
            }
        }
    };
    Html(page.into_string()).into_response()
}
