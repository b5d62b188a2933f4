//! How a bank's CSV statements are laid out: `statement-profiles/<name>.json`.

use serde::{Deserialize, Serialize};

/// The layout of a bank's CSV file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
    /// The format of dates: `%d/%m/%Y`.
    pub date_form: String,
    /// The number of lines above the header line.
    #[serde(default)]
    pub lines_above: u16,
    /// Which column holds what, by the names in the header line.
    pub columns: Columns,
}

/// The names of the columns.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
