//! How a bank writes statements as tables: `statement-profiles/<name>.json`.

use serde::{Deserialize, Serialize};

/// What stands where in a bank's CSV file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementProfile {
    /// What people call it.
    pub name: String,
    /// The character between two columns: `,`, `;` or a tabulator.
    pub separator: char,
    /// The name of the encoding: `utf-8`, `windows-1252`.
    pub encoding: String,
    /// What stands before the minor units: `.` or `,`.
    pub decimal: char,
    /// How days are written: `%d/%m/%Y`.
    pub date_form: String,
    /// How many lines stand above the line with the names of the columns.
    #[serde(default)]
    pub lines_above: u16,
    /// Which column is what, by the names in the first line.
    pub columns: Columns,
}

/// The names of the columns.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The day it was booked.
    pub date: String,
    /// The amount, below zero for money that went out; nothing where there are two columns.
    #[serde(default)]
    pub amount: Option<String>,
    /// Money that came in.
    #[serde(default)]
    pub credit: Option<String>,
    /// Money that went out.
    #[serde(default)]
    pub debit: Option<String>,
    /// All columns in which a reference may stand.
    pub text: Vec<String>,
    /// The bank's id of the line.
    #[serde(default)]
    pub id: Option<String>,
    /// Who paid.
    #[serde(default)]
    pub payer: Option<String>,
    /// The currency of the amount.
    #[serde(default)]
    pub currency: Option<String>,
}
