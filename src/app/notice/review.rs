//! The review of the previous month, for the directors.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde_json::Value;

use crate::{
    app::{
        AppError, look_up,
        notice::{
            deliver::{self, DeliveryStatus, Prepared},
            mailer,
        },
        progress::Progress,
        report, zone,
    },
    config::MailConfig,
    domain::{
        model::{Notice, NoticeKind, Record, RecordPath},
        notices::{Letter, Occasion},
        ops,
    },
    store::{Author, OutboxState, Revision, Store},
};

/// Prepares the review for those directors who have not got it yet.
///
/// # Errors
/// Fails if the records cannot be read, or if the template is not valid.
pub fn prepare(
    store: &Store,
    head: &Revision<'_>,
    posted: &OutboxState,
    today: Date,
    progress: &dyn Progress,
) -> Result<Vec<Prepared>, AppError> {
    let (kind, rules) = (NoticeKind::Review, look_up::space(head)?.notices);
    if rules.off.contains(&kind) || rules.directors.is_empty() {
        return Ok(Vec::new());
    }
    let already_sent = match head.record(&RecordPath::SpaceNotice(kind)) {
        Ok(Some(Record::SpaceNotice(notice))) => notice,
        _ => Notice::default(),
    };
    let month = crate::domain::report::of_day(end_of_last_month(today));
    let key = |address: &str| {
        // Identify the director without storing the address in clear.
        let hash = blake3::hash(address.as_bytes()).to_hex();
        format!("{month} {}", &hash[..8])
    };
    let is_posted =
        |key: &str| posted.sent().iter().any(|sent| sent.kind == kind && sent.occasion == key);
    let missing: Vec<&String> = rules
        .directors
        .iter()
        .filter(|address| !already_sent.has(&key(address)) && !is_posted(&key(address)))
        .collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let (_, review) = last_month(store, head, today, progress)?;
    let one = |address: &String| {
        let key = key(address);
        let letter = letter(head, address, &review, &key, today)?;
        Ok(Prepared { member: None, occasions: vec![Occasion::of(kind, key)], letter })
    };
    missing.into_iter().map(one).collect()
}

/// Sends the review of the previous month to those directors who have not got it yet, and returns it.
///
/// # Errors
/// Fails if another process is sending, the template is not valid, or the server accepts no mail.
pub fn send(
    store: &Store,
    head: &Revision<'_>,
    author: &Author,
    now: Timestamp,
    progress: &dyn Progress,
) -> Result<(Value, Vec<DeliveryStatus>), AppError> {
    let space = look_up::space(head)?;
    let today = now.to_zoned(zone::of(head)?).date();
    let (_, review) = last_month(store, head, today, progress)?;
    let mut posted = store.open_outbox(now)?;
    let letters = prepare(store, head, &posted, today, progress)?;
    if letters.is_empty() {
        return Ok((review, Vec::new()));
    }
    let mut post = mailer::mailer(&MailConfig::load()?, &space, store)?;
    let delivered = deliver::deliver(&letters, &mut post, &mut posted, now, progress)?;
    let through = posted.through();
    deliver::record_sent(store, &mut posted, &BTreeMap::new(), through, author, now)?;
    Ok((review, delivered.statuses))
}

/// Reviews the month before that of a day; returns the month and the review.
///
/// # Errors
/// Fails if the history cannot be read.
pub fn last_month(
    store: &Store,
    head: &Revision<'_>,
    today: Date,
    progress: &dyn Progress,
) -> Result<(String, Value), AppError> {
    let zone = zone::of(head)?;
    let (review, _) = report::review::of(store, head, end_of_last_month(today), &zone, progress)?;
    let value = serde_json::to_value(&review)
        .map_err(|error| AppError::internal(format!("cannot write the review: {error}")))?;
    Ok((review.month.to_string(), value))
}

/// Writes a review to one address.
///
/// # Errors
/// Fails if the template is not valid.
pub fn letter(
    head: &Revision<'_>,
    address: &str,
    review: &Value,
    key: &str,
    today: Date,
) -> Result<Letter, AppError> {
    ops::notice::review_letter(head, address, review, key, today)
        .map_err(|why| AppError::data(format!("the review cannot be written: {why}")))
}

/// Returns the last day of the previous month.
fn end_of_last_month(today: Date) -> Date {
    today.first_of_month().yesterday().unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        dues::AllMembers,
        model::Basis,
        notices,
        report::{Changes, review},
    };

    /// Returns the keys of a value, including nested ones.
    fn shape(value: &Value) -> Vec<String> {
        match value {
            Value::Object(fields) => fields
                .iter()
                .flat_map(|(key, value)| {
                    let inner = shape(value);
                    let inner = inner.into_iter().map(move |it| format!("{key}.{it}"));
                    std::iter::once(key.clone()).chain(inner)
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn the_example_that_templates_are_checked_with_is_shaped_like_a_review() {
        let basis = Basis::default();
        let everybody = AllMembers::new(&basis, Vec::new());
        let day = jiff::civil::date(2026, 2, 28);
        let real = review(&everybody, day, Some(Changes::default()));
        let real = serde_json::to_value(&real).unwrap();
        assert_eq!(shape(&notices::review()), shape(&real));
    }
}
