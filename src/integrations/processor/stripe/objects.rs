//! What Stripe answers, as far as it is looked at.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A page of a list.
#[derive(Deserialize)]
pub(super) struct Page<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// Anything that was made.
#[derive(Deserialize)]
pub(super) struct Id {
    pub(super) id: String,
}

/// A page for a browser.
#[derive(Deserialize)]
pub(super) struct Address {
    pub(super) url: String,
}

/// An error.
#[derive(Deserialize, Default)]
pub(super) struct Failure {
    pub(super) error: FailureBody,
}

/// What an error says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct FailureBody {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct CustomerObject {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    #[serde(default)]
    pub(super) metadata: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) invoice_settings: InvoiceSettings,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct InvoiceSettings {
    pub(super) default_payment_method: Option<serde_json::Value>,
}

#[derive(Deserialize)]
pub(super) struct SubscriptionObject {
    pub(super) id: String,
    pub(super) customer: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) cancel_at_period_end: bool,
    #[serde(default)]
    pub(super) cancel_at: Option<i64>,
    pub(super) items: Page<Item>,
    /// Where it stood before the version of 2025-03-31.
    #[serde(default)]
    pub(super) current_period_end: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Item {
    pub(super) id: String,
    #[serde(default)]
    pub(super) quantity: Option<i64>,
    #[serde(default)]
    pub(super) price: Option<Price>,
    #[serde(default)]
    pub(super) plan: Option<OldPlan>,
    #[serde(default)]
    pub(super) current_period_end: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Price {
    pub(super) currency: String,
    pub(super) unit_amount: Option<i64>,
    pub(super) recurring: Option<Recurring>,
}

#[derive(Deserialize)]
pub(super) struct Recurring {
    pub(super) interval: String,
    pub(super) interval_count: i64,
}

/// What a price was before there were prices.
#[derive(Deserialize)]
pub(super) struct OldPlan {
    pub(super) currency: String,
    pub(super) amount: Option<i64>,
    pub(super) interval: String,
    pub(super) interval_count: i64,
}
