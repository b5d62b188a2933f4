//! Reads what happened at GoCardless since the last time: its events, from a cursor, oldest first.
//!
//! An event says which payment it is about, and the payment how it stands now. So what is reported is
//! how it stands, in whatever order events come.

use jiff::{SignedDuration, tz::TimeZone};

use super::{
    connection::Connection,
    objects::EventObject,
    payments::{Lookup, reported},
};
use crate::{domain::follow::News, integrations::processor::ProcessorError};

/// The number of pages that are read at once: five thousand events.
const PAGES: usize = 10;

/// How far back is looked the first time, in hours: a month, as at other processors.
const FIRST_LOOK: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Reads what happened after an event; without one, what happened in the month before the last one.
///
/// # Errors
/// GoCardless does not answer, or does not let us in.
pub(super) fn read(
    connection: &Connection,
    after: Option<&str>,
    zone: &TimeZone,
) -> Result<News, ProcessorError> {
    let (events, cursor, gap) = match after {
        None => the_last_month(connection, false)?,
        Some(after) => since(connection, after)?,
    };
    let mut lookup = Lookup::default();
    let happenings = reported(connection, &events, &mut lookup, zone)?;
    Ok(News { happenings, cursor, gap })
}

/// Events oldest first, the cursor for the next time, and whether some may be missing.
type Events = (Vec<EventObject>, Option<String>, bool);

fn since(connection: &Connection, after: &str) -> Result<Events, ProcessorError> {
    let (mut events, mut cursor) = (Vec::new(), after.to_owned());
    for _ in 0..PAGES {
        let page = match connection.page::<EventObject>("events", &[("before", &cursor)]) {
            // GoCardless keeps them for eighteen months.
            Err(ProcessorError::Refused(_)) if events.is_empty() => {
                return the_last_month(connection, true);
            }
            page => page?,
        };
        if let Some(newest) = page.entries.first() {
            cursor.clone_from(&newest.id);
        }
        events.extend(page.entries.into_iter().rev());
        if page.cursors.before.is_none() {
            break;
        }
    }
    Ok((events, Some(cursor), false))
}

fn the_last_month(connection: &Connection, gap: bool) -> Result<Events, ProcessorError> {
    let oldest = |all: &[EventObject]| {
        all.first().map(|it| it.created_at.saturating_sub(FIRST_LOOK).unwrap_or(it.created_at))
    };
    let is_recent = |all: &[EventObject]| {
        all.last().zip(oldest(all)).is_some_and(|(last, oldest)| last.created_at >= oldest)
    };
    let (mut events, complete) = connection.all("events", &[], is_recent)?;
    if !complete {
        return Err(ProcessorError::Down("GoCardless did not tell all that happened".to_owned()));
    }
    let cursor = events.first().map(|it| it.id.clone());
    if let Some(oldest) = oldest(&events) {
        events.retain(|it| it.created_at >= oldest);
    }
    events.reverse();
    Ok((events, cursor, gap))
}
