//! What GoCardless answers, as far as it is looked at.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// Where the neighbours of a page begin; nowhere at the ends of a list.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Cursors {
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
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
    pub(super) message: Option<String>,
    pub(super) errors: Vec<FailureDetail>,
}

/// What an error says about one field.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct FailureDetail {
    pub(super) reason: Option<String>,
    pub(super) message: Option<String>,
    pub(super) field: Option<String>,
    pub(super) links: FailureLinks,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct FailureLinks {
    pub(super) conflicting_resource_id: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct CustomerObject {
    pub(super) id: String,
    #[serde(default)]
    pub(super) email: Option<String>,
    #[serde(default)]
    pub(super) given_name: Option<String>,
    #[serde(default)]
    pub(super) family_name: Option<String>,
    #[serde(default)]
    pub(super) company_name: Option<String>,
    #[serde(default)]
    pub(super) metadata: BTreeMap<String, String>,
}

/// A direct debit that was agreed to.
#[derive(Deserialize)]
pub(super) struct MandateObject {
    pub(super) id: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) next_possible_charge_date: Option<Date>,
    pub(super) links: MandateLinks,
}

#[derive(Deserialize)]
pub(super) struct MandateLinks {
    pub(super) customer: String,
}

#[derive(Deserialize)]
pub(super) struct SubscriptionObject {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) interval_unit: String,
    #[serde(default)]
    pub(super) interval: Option<i64>,
    #[serde(default)]
    pub(super) end_date: Option<String>,
    #[serde(default)]
    pub(super) upcoming_payments: Vec<Upcoming>,
    pub(super) links: OfMandate,
}

#[derive(Deserialize)]
pub(super) struct Upcoming {
    pub(super) charge_date: Date,
}

#[derive(Deserialize)]
pub(super) struct OfMandate {
    #[serde(default)]
    pub(super) mandate: String,
}

#[derive(Clone, Deserialize)]
pub(super) struct PaymentObject {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) amount: i64,
    #[serde(default)]
    pub(super) amount_refunded: i64,
    pub(super) currency: String,
    #[serde(default)]
    pub(super) charge_date: Option<Date>,
    #[serde(default)]
    pub(super) links: PaymentLinks,
}

#[derive(Clone, Deserialize, Default)]
#[serde(default)]
pub(super) struct PaymentLinks {
    pub(super) mandate: Option<String>,
    pub(super) subscription: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RefundObject {
    pub(super) links: RefundLinks,
}

#[derive(Deserialize)]
pub(super) struct RefundLinks {
    #[serde(default)]
    pub(super) payment: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct EventObject {
    pub(super) id: String,
    pub(super) created_at: Timestamp,
    pub(super) resource_type: String,
    pub(super) action: String,
    #[serde(default)]
    pub(super) links: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) details: Details,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Details {
    pub(super) description: Option<String>,
    pub(super) cause: Option<String>,
}
