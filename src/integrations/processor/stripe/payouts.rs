//! What Stripe paid out, and what it kept: the sum of what a payout consists of.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::connection::Connection;
use crate::{
    domain::follow::{Happening, What},
    integrations::processor::ProcessorError,
};

#[derive(Deserialize)]
struct PayoutObject {
    id: String,
    amount: i64,
    currency: String,
    #[serde(default)]
    arrival_date: Option<i64>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    failure_message: Option<String>,
}

/// A charge, a refund, a fee or the payout itself, as it counts in the balance.
#[derive(Deserialize)]
struct BalanceTransaction {
    id: String,
    amount: i64,
    #[serde(default)]
    fee: i64,
    #[serde(rename = "type", default)]
    kind: String,
}

/// Reads a payout; nothing if the event has none.
pub(super) fn of(
    connection: &Connection,
    object: &Value,
    created: i64,
) -> Result<Option<Happening>, ProcessorError> {
    let Ok(it) = serde_json::from_value::<PayoutObject>(object.clone()) else { return Ok(None) };
    let came_back = (it.status == "failed")
        .then(|| it.failure_message.clone().unwrap_or_else(|| "no reason is given".to_owned()));
    let arrives = it.arrival_date.filter(|_| came_back.is_none());
    let Ok(at) = Timestamp::from_second(arrives.unwrap_or(created)) else { return Ok(None) };
    let query = [("payout", it.id.as_str())];
    let listed =
        connection.all("/v1/balance_transactions", &query, |it: &BalanceTransaction| &it.id);
    let parts = match listed {
        Ok((parts, true)) => parts,
        // What a payout by hand consists of is not told.
        Err(ProcessorError::Refused(_)) => Vec::new(),
        Ok((_, false)) => {
            return Err(ProcessorError::Down(format!("Stripe did not tell all of {}", it.id)));
        }
        Err(error) => return Err(error),
    };
    // `payout` is this one. `payout_failure` is one before it that came back and is paid out again: what
    // that had taken and kept counts there.
    let parts: Vec<&BalanceTransaction> = parts.iter().filter(|it| it.kind != "payout").collect();
    let is_told = !parts.is_empty();
    let (mut taken, mut fees) = (0_i64, 0_i64);
    for part in parts.iter().filter(|it| !it.kind.starts_with("payout")) {
        taken = taken.saturating_add(part.amount);
        fees = fees.saturating_add(part.fee);
    }
    if !is_told {
        (taken, fees) = (it.amount, 0);
    }
    let what = What::PaidOut {
        amount: it.amount,
        currency: it.currency.to_ascii_uppercase(),
        taken,
        fees,
        named: "STRIPE".to_owned(),
        came_back,
    };
    Ok(Some(Happening { at, payment: it.id, what }))
}
