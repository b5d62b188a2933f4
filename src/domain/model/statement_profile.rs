//! How a bank's CSV statements are laid out: `statement-profiles/<name>.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The layout of a bank's CSV file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementProfile {
    /// The display name.
    pub name: String,
    /// The separator of columns: `,`, `;` or a tab.
    pub separator: char,
    /// The character encoding: `utf-8`, `windows-1252`.
    pub encoding: String,
    /// The decimal separator: `.` or `,`.
    pub decimal: char,
    /// The format of dates: `%d/%m/%Y`. A time of day may follow.
    pub date_form: String,
    /// The number of lines above the header line; it is looked for further down if it is not there.
    #[serde(default)]
    pub lines_above: u16,
    /// Whether there is a header line, which names the columns. Otherwise `1` names the first
    /// column, `2` the second.
    #[serde(default = "has_header", skip_serializing_if = "is_usual")]
    pub header: bool,
    /// Which column holds what, by the names in the header line.
    pub columns: Columns,
}

const fn has_header() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_usual(header: &bool) -> bool {
    *header
}

/// The names of the columns.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The booking date.
    pub date: String,
    /// The amount, negative for outgoing money; `None` if there are two columns.
    #[serde(default)]
    pub amount: Option<String>,
    /// Incoming money.
    #[serde(default)]
    pub credit: Option<String>,
    /// Outgoing money.
    #[serde(default)]
    pub debit: Option<String>,
    /// Which way the money went, if the amount has no sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<DirectionColumn>,
    /// Whether the bank has booked the transaction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusColumn>,
    /// What the bank calls the transaction. Returns, reversals, corrections and fees are not
    /// credited to anybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// All columns that may contain a reference.
    pub text: Vec<String>,
    /// The bank's id of the transaction.
    #[serde(default)]
    pub id: Option<String>,
    /// The payer.
    #[serde(default)]
    pub payer: Option<String>,
    /// The currency of the amount.
    #[serde(default)]
    pub currency: Option<String>,
}

/// A column with the direction of the money.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionColumn {
    /// The name of the column.
    pub column: String,
    /// The words for incoming money; without any, the usual ones: `C`, `CR`, `Credit`, `H`, `Bij`.
    #[serde(default, rename = "in")]
    pub incoming: Vec<String>,
    /// The words for outgoing money; without any, the usual ones: `D`, `DR`, `Debit`, `S`, `Af`.
    #[serde(default, rename = "out")]
    pub outgoing: Vec<String>,
}

/// A column with the status of the transaction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusColumn {
    /// The name of the column.
    pub column: String,
    /// The words for booked transactions; without any, the usual ones: `Completed`, `Booked`.
    #[serde(default)]
    pub booked: Vec<String>,
}

impl Columns {
    /// Returns the names of all columns.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let Self {
            date,
            amount,
            credit,
            debit,
            direction,
            status,
            kind,
            text,
            id,
            payer,
            currency,
        } = self;
        let maybe = [amount, credit, debit, kind, id, payer, currency];
        let mut all = vec![date.as_str()];
        all.extend(maybe.into_iter().flatten().map(String::as_str));
        all.extend(text.iter().map(String::as_str));
        all.extend(direction.iter().map(|it| it.column.as_str()));
        all.extend(status.iter().map(|it| it.column.as_str()));
        all
    }
}
