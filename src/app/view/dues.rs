//! What members owe, how it is made up, and who pays less.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CellStyle, Column, View, maybe, plain};
use crate::domain::{
    model::{MemberId, Slug},
    money::Amount,
};

/// What a member owes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DuesView {
    /// The member.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Their tier.
    pub tier: Slug,
    /// The dues per month.
    pub month: Amount,
    /// The price of a year, if they can pay for a year.
    pub year: Option<Amount>,
    /// The first day that is not paid for.
    pub paid_until: Option<Date>,
}

impl View for DuesView {
    const EMPTY: &'static str = "there are no members";
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DuesLineView {
    /// The member.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// What it is for.
    pub what: String,
    /// The amount.
    pub amount: Amount,
}

impl View for DuesLineView {
    const EMPTY: &'static str = "there are no members";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| plain(row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("WHAT", |row| plain(&row.what)),
        Column::new("AMOUNT", |row| plain(row.amount)),
    ];
}

/// A member who pays less than is due now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct UnderpaymentView {
    /// The member.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// The day of their last payment.
    pub paid_on: Date,
    /// The amount of that payment.
    pub paid: Amount,
    /// How many months it bought.
    pub months: u16,
    /// What these months cost now.
    pub due: Amount,
    /// The difference.
    #[serde(skip)]
    pub missing: Amount,
}

impl View for UnderpaymentView {
    const EMPTY: &'static str = "nobody pays less than is due";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| plain(row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("LAST PAID", |row| plain(row.paid_on)),
        Column::new("AMOUNT", |row| plain(row.paid)),
        Column::new("MONTHS", |row| plain(row.months)),
        Column::new("DUE NOW", |row| plain(row.due)),
        Column::new("MISSING", |row| (row.missing.to_string(), CellStyle::Warning)),
    ];
}
