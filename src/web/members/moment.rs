//! Moments as members read them.

use jiff::{Timestamp, civil::Date};

use crate::{app::texts::Texts, web::members::session::Own};

/// Writes a moment in the time zone of the space.
pub(super) fn moment(own: &Own<'_>, texts: Texts, at: Timestamp) -> String {
    let local = at.to_zoned(own.zone.clone());
    let (day, time) = (texts.day(local.date()), local.strftime("%H:%M").to_string());
    texts.fill("moment", &[("day", &day), ("time", &time)])
}

/// Writes a day, or that there is none.
pub(super) fn of_day(texts: Texts, day: Option<Date>) -> String {
    day.map_or_else(|| "–".to_owned(), |day| texts.day(day))
}
