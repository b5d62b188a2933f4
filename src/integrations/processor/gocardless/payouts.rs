//! What GoCardless paid out, and what it kept.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::connection::Connection;
use crate::{
    domain::follow::{Happening, What},
    integrations::processor::ProcessorError,
};

#[derive(Deserialize)]
struct PayoutObject {
    amount: i64,
    #[serde(default)]
    deducted_fees: i64,
    currency: String,
    #[serde(default)]
    arrival_date: Option<Date>,
}

/// Reads a payout. The fees stand with it; its items, which have half pence, are not asked for.
pub(super) fn of(
    connection: &Connection,
    id: &str,
    at: Timestamp,
    zone: &TimeZone,
) -> Result<Happening, ProcessorError> {
    let it: PayoutObject = connection.get("payouts", id)?;
    let arrives = it.arrival_date.and_then(|on| on.to_zoned(zone.clone()).ok());
    let what = What::PaidOut {
        amount: it.amount,
        currency: it.currency.to_ascii_uppercase(),
        taken: it.amount.saturating_add(it.deducted_fees),
        fees: it.deducted_fees,
        named: "GOCARDLESS".to_owned(),
    };
    let at = arrives.map_or(at, |it| it.timestamp());
    Ok(Happening { at, payment: id.to_owned(), what })
}
