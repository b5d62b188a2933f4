//! Reads what happened at Stripe since the last time: its events, from a cursor, oldest first.

use jiff::Timestamp;
use serde::Deserialize;

use super::{connection::Connection, objects::Page, payouts};
use crate::{
    domain::follow::{BackReason, Happening, News, What},
    integrations::processor::ProcessorError,
};

/// The kinds of events that are looked at.
const KINDS: [&str; 7] = [
    "charge.succeeded",
    "charge.failed",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.closed",
    "payout.paid",
    "payout.failed",
];

/// The number of pages that are read at once: a thousand events.
const PAGES: usize = 10;

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: serde_json::Value,
}

/// A charge, or a dispute about one.
#[derive(Deserialize)]
struct Object {
    id: String,
    #[serde(default)]
    amount: i64,
    #[serde(default)]
    amount_refunded: i64,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    customer: Option<String>,
    #[serde(default)]
    created: Option<i64>,
    #[serde(default)]
    failure_message: Option<String>,
    /// The same for all attempts to charge for one invoice.
    #[serde(default)]
    payment_intent: Option<String>,
    #[serde(default)]
    charge: Option<String>,
    #[serde(default)]
    status: String,
}

/// Reads what happened after an event; without one, all that Stripe still has.
///
/// # Errors
/// Stripe does not answer, or does not let us in.
pub(super) fn read(connection: &Connection, after: Option<&str>) -> Result<News, ProcessorError> {
    let kinds = KINDS.map(|kind| ("types[]", kind));
    let Some(after) = after else { return from_the_beginning(connection, &kinds, false) };
    let mut news = News { happenings: Vec::new(), cursor: Some(after.to_owned()), gap: false };
    for _ in 0..PAGES {
        let cursor = news.cursor.clone().unwrap_or_default();
        let mut query = kinds.to_vec();
        query.push(("ending_before", &cursor));
        let page: Page<Event> = match connection.page("/v1/events", &query) {
            // Stripe keeps them for thirty days.
            Err(ProcessorError::Refused(_)) if news.happenings.is_empty() => {
                return from_the_beginning(connection, &kinds, true);
            }
            page => page?,
        };
        if let Some(newest) = page.data.first() {
            news.cursor = Some(newest.id.clone());
        }
        add(connection, &mut news.happenings, page.data.iter().rev())?;
        if !page.has_more {
            break;
        }
    }
    Ok(news)
}

fn from_the_beginning(
    connection: &Connection,
    kinds: &[(&str, &str)],
    gap: bool,
) -> Result<News, ProcessorError> {
    let (all, complete) = connection.all("/v1/events", kinds, |it: &Event| &it.id)?;
    if !complete {
        return Err(ProcessorError::Down("Stripe did not tell all that happened".to_owned()));
    }
    let cursor = all.first().map(|it| it.id.clone());
    let mut happenings = Vec::new();
    add(connection, &mut happenings, all.iter().rev())?;
    Ok(News { happenings, cursor, gap })
}

/// Adds what events say, oldest first.
fn add<'e>(
    connection: &Connection,
    all: &mut Vec<Happening>,
    events: impl Iterator<Item = &'e Event>,
) -> Result<(), ProcessorError> {
    for event in events {
        match event.kind.as_str() {
            "payout.paid" | "payout.failed" => {
                all.extend(payouts::of(connection, &event.data.object, event.created)?)
            }
            _ => all.extend(happening(event)),
        }
    }
    Ok(())
}

fn happening(event: &Event) -> Option<Happening> {
    let it: Object = serde_json::from_value(event.data.object.clone()).ok()?;
    let at = |seconds: i64| Timestamp::from_second(seconds).ok();
    let happened = at(event.created)?;
    let about = |payment: Option<String>, what: What| {
        Some(Happening { at: happened, payment: payment?, what })
    };
    match event.kind.as_str() {
        "charge.succeeded" => Some(Happening {
            at: it.created.and_then(at).unwrap_or(happened),
            payment: it.id,
            what: What::Paid {
                account: it.customer,
                amount: it.amount,
                currency: it.currency.to_ascii_uppercase(),
            },
        }),
        "charge.failed" => {
            let why = it.failure_message.unwrap_or_else(|| "no reason is given".to_owned());
            let (amount, demand) = (Some(it.amount), it.payment_intent);
            about(Some(it.id), What::Failed { account: it.customer, amount, demand, why })
        }
        "charge.refunded" => about(
            Some(it.id),
            What::Returned { total: it.amount_refunded, reason: BackReason::Refunded },
        ),
        "charge.dispute.created" => {
            about(it.charge, What::Returned { total: it.amount, reason: BackReason::Disputed })
        }
        "charge.dispute.closed" if it.status == "won" => about(it.charge, What::Restored),
        _ => None,
    }
}
