//! A text that could be two days.

use jiff::civil::Date;

use crate::domain::model::text::shown;

const COULD_MEAN: &str = " could mean ";

/// Says that a text could be two days.
pub(super) fn could_mean(text: &str, one: Date, other: Date) -> String {
    format!("`{}`{COULD_MEAN}{one} or {other}: write one of these", shown(text))
}

/// Tells whether a sentence says that a text could be two days.
pub(super) fn is_doubt(sentence: &str) -> bool {
    sentence.contains(COULD_MEAN)
}
