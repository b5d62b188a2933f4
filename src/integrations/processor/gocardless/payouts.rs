//! What GoCardless paid out, what it kept, and which payments that consists of.

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

/// A part of a payout. Its amount is not read: it may have half pence, and the sums stand with the payout.
#[derive(Deserialize)]
struct Item {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    links: ItemLinks,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ItemLinks {
    payment: Option<String>,
}

/// Returns the payments that a payout consists of, whatever was told of them; none if that is so long ago
/// that nobody says so any more.
///
/// # Errors
/// GoCardless does not answer.
pub(super) fn covered(connection: &Connection, id: &str) -> Result<Vec<String>, ProcessorError> {
    let listed = connection.all("payout_items", &[("payout", id)], |_: &[Item]| true);
    let items = match listed {
        Ok((items, true)) => items,
        Ok((_, false)) => {
            return Err(ProcessorError::Down(format!("GoCardless did not tell all of {id}")));
        }
        // They are kept for six months.
        Err(ProcessorError::Refused(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let paid = items.into_iter().filter(|it| it.kind == "payment_paid_out");
    Ok(paid.filter_map(|it| it.links.payment).collect())
}

/// Reads a payout. The fees stand with it.
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
        came_back: None,
    };
    let at = arrives.map_or(at, |it| it.timestamp());
    Ok(Happening { at, payment: id.to_owned(), what })
}
