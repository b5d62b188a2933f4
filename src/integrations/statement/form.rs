//! What readers of all forms are given, and what they hand back.

use jiff::tz::TimeZone;

use crate::domain::{model::StatementProfile, money::Currency, payments::Row};

/// The reason of a line in the midst of which the file ends.
pub(super) const CUT: &str = "the file ends in the midst of it";

/// The reason of a line that the bank has not booked.
pub(super) const PENDING: &str = "it is not booked yet; it comes again when it is";

/// What has to be known to read a statement.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// The space's time zone, in which days are meant.
    pub zone: &'a TimeZone,
    /// The space's currency, which is meant where the bank names none.
    pub currency: &'a str,
    /// What stands where in a table.
    pub profile: Option<&'a StatementProfile>,
}

impl How<'_> {
    /// Returns the currency that a bank names, else that of the space.
    pub(super) fn currency(&self, named: Option<&str>) -> Currency {
        Currency::named(named.unwrap_or(self.currency))
    }
}

/// What was found in a document.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Whether the document ends before its end.
    pub(super) truncated: bool,
    /// Whether the last line of a table has no end, which need not mean anything.
    pub(super) unended: bool,
}
