//! What members owe, how it comes about, and who pays less.

use jiff::civil::Date;
use serde::Serialize;

use super::{Column, Look, View, maybe, plain};
use crate::domain::{
    model::{MemberId, Slug},
    money::Amount,
};

/// What a member owes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Owed {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// What kind of member.
    pub tier: Slug,
    /// What a month costs.
    pub month: Amount,
    /// What a year costs, where they can pay for a year.
    pub year: Option<Amount>,
    /// The first day that is not paid.
    pub paid_until: Option<Date>,
}

impl View for Owed {
    const EMPTY: &'static str = "nobody";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| plain(row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("TIER", |row| plain(&row.tier)),
        Column::new("MONTH", |row| plain(row.month)),
        Column::new("YEAR", |row| maybe(row.year)),
        Column::new("PAID UNTIL", |row| maybe(row.paid_until)),
    ];
}

/// One of the lines that add up to what a member owes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DuesLine {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// What it is for.
    pub what: String,
    /// How much.
    pub amount: Amount,
}

impl View for DuesLine {
    const EMPTY: &'static str = "nobody";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| plain(row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("WHAT", |row| plain(&row.what)),
        Column::new("AMOUNT", |row| plain(row.amount)),
    ];
}

/// A member who pays less than is due now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Short {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// When they paid last.
    pub paid_on: Date,
    /// How much that was.
    pub paid: Amount,
    /// How many months it bought.
    pub months: u16,
    /// What they would cost now.
    pub due: Amount,
    /// The difference.
    #[serde(skip)]
    pub missing: Amount,
}

impl View for Short {
    const EMPTY: &'static str = "nobody pays less than is due";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| plain(row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("LAST PAID", |row| plain(row.paid_on)),
        Column::new("AMOUNT", |row| plain(row.paid)),
        Column::new("MONTHS", |row| plain(row.months)),
        Column::new("DUE NOW", |row| plain(row.due)),
        Column::new("MISSING", |row| (row.missing.to_string(), Look::Odd)),
    ];
}
