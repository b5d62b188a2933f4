//! Payments, and unmatched transactions.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, CellStyle, Column, PaymentFields, View, named, plain};
use crate::domain::{
    dues,
    model::{MemberId, Payment as Record, Tag, Transaction},
    money::{Amount, Currency},
    payments::Suggestion,
};

/// A payment, with its member.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaymentView {
    /// The name of its file.
    pub id: Tag,
    /// The member who was credited.
    pub member: MemberId,
    /// The name of the member.
    pub name: String,
    /// The record.
    #[serde(flatten, serialize_with = "PaymentFields::serialize")]
    #[schemars(with = "PaymentFields")]
    pub payment: Record,
    /// The first day that it does not pay for.
    pub until: Date,
    /// The amount, for people.
    #[serde(skip)]
    pub amount: Amount,
}

impl PaymentView {
    /// Makes a row of a record.
    #[must_use]
    pub fn new(
        id: Tag,
        member: MemberId,
        name: String,
        payment: Record,
        currency: &Currency,
    ) -> Self {
        let until = dues::end(payment.starts(), payment.paid_months());
        let amount = currency.amount(payment.amount);
        Self { id, member, name, payment, until, amount }
    }

    /// Formats the days that it pays for.
    fn pays_for(&self) -> Cell {
        let payment = &self.payment;
        let words = match payment.returned.last() {
            _ if payment.is_opening() => format!("until {}", payment.date),
            Some(returned) if payment.paid_months() == 0 => format!("nothing: {}", returned.reason),
            _ if payment.paid_months() == 0 => "nothing".to_owned(),
            _ => format!("{} until {}", payment.starts(), self.until),
        };
        (words, if !payment.returned.is_empty() { CellStyle::Warning } else { CellStyle::Plain })
    }
}

impl View for PaymentView {
    const EMPTY: &'static str = "there are no payments";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("ID", |row| plain(short_id(&row.id))),
        Column::new("DATE", |row| plain(row.payment.date)),
        Column::new("AMOUNT", |row| plain(row.amount)),
        Column::new("MEMBER", |row| named(row.member, &row.name)),
        Column::new("FOR", Self::pays_for),
        Column::spare(1, "TEXT", |row| plain(&row.payment.text)),
    ];
}

/// A transaction that could not be credited to a member, and who may be meant.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UnmatchedView {
    /// Its id.
    pub id: Tag,
    /// The record.
    #[serde(flatten)]
    pub transaction: Transaction,
    /// The members who may be meant, likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// The amount, for people.
    #[serde(skip)]
    pub amount: Amount,
}

impl View for UnmatchedView {
    const EMPTY: &'static str = "there are no unmatched transactions";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("ID", |row| plain(short(row.id.as_str()))),
        Column::new("DATE", |row| plain(row.transaction.date)),
        Column::new("AMOUNT", |row| plain(row.amount)),
        Column::new("TEXT", |row| plain(&row.transaction.text)),
        Column::new("WHY", |row| plain(why(&row.transaction.reason, &row.suggestions))),
    ];
}

/// Says why a transaction is unmatched, and who may be meant beside those whom the reason names.
pub(in crate::app) fn why(reason: &str, suggestions: &[Suggestion]) -> String {
    let named: Vec<&str> = reason.split([' ', ':', ';', ',']).collect();
    let others = suggestions.iter().filter(|it| !named.contains(&it.member.to_string().as_str()));
    let perhaps: Vec<String> = others.map(Suggestion::who).collect();
    match perhaps.as_slice() {
        [] => reason.to_owned(),
        some => format!("{reason}; perhaps {}", some.join(" or ")),
    }
}

/// The number of characters of an id that are shown.
const SHOWN_CHARACTERS: usize = 8;

/// Returns the beginning of an id, which is enough for people to tell payments apart.
#[must_use]
pub fn short(id: &str) -> String {
    id.chars().take(SHOWN_CHARACTERS).collect()
}

/// Returns the beginning of the id in the name of a payment's file.
#[must_use]
pub fn short_id(name: &Tag) -> String {
    short(id(name))
}

/// Returns the id in the name of a payment's file, `2026-01-05-<id>`.
#[must_use]
pub fn id(name: &Tag) -> &str {
    name.as_str().get(11..).unwrap_or(name.as_str())
}
