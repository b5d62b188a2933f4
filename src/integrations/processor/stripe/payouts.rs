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
    let Ok(at) = Timestamp::from_second(it.arrival_date.unwrap_or(created)) else {
        return Ok(None);
    };
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
    let parts = parts.iter().filter(|it| it.kind != "payout");
    let (mut taken, mut fees, mut count) = (0_i64, 0_i64, 0_usize);
    for part in parts {
        taken = taken.saturating_add(part.amount);
        fees = fees.saturating_add(part.fee);
        count += 1;
    }
    if count == 0 {
        (taken, fees) = (it.amount, 0);
    }
    let what = What::PaidOut {
        amount: it.amount,
        currency: it.currency.to_ascii_uppercase(),
        taken,
        fees,
        named: "STRIPE".to_owned(),
    };
    Ok(Some(Happening { at, payment: it.id, what }))
}
