//! The input and output of the readers of all formats.

use crate::domain::{
    model::{Slug, StatementProfile},
    money::Currency,
    payments::StatementRow,
};

/// The reason for a line in which the file ends.
pub(super) const CUT: &str = "the file ends in the middle of it";

/// The reason for a line that the bank has not booked yet.
pub(super) const PENDING: &str = "it is not booked yet; import it again once it is";

/// What is needed to read a statement.
#[derive(Clone, Copy, Debug)]
pub struct StatementContext<'a> {
    /// The space's currency, used where the bank names none.
    pub currency: &'a str,
    /// How tables may be laid out.
    pub layout: Layout<'a>,
    /// Whether the days of a table are in the form of its profile, although some do not fit it.
    pub trust_days: bool,
}

/// How a table is laid out.
#[derive(Clone, Copy, Debug)]
pub enum Layout<'a> {
    /// As a profile says.
    Profile(&'a StatementProfile),
    /// As one of these profiles says, the one whose columns the header line has. Of equal names,
    /// the first counts.
    OneOf(&'a [(Slug, StatementProfile)]),
}

impl StatementContext<'_> {
    /// Returns the currency named by the bank, or else the space's.
    pub(super) fn currency(&self, named: Option<&str>) -> Currency {
        Currency::named(named.unwrap_or(self.currency))
    }
}

/// The rows found in a document.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<StatementRow>,
    /// Whether the document is incomplete.
    pub(super) truncated: bool,
    /// Whether the last line of a table has no line break, which may be harmless.
    pub(super) no_final_newline: bool,
}
