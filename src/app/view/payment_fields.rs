//! A payment for programs: like its record, but what was returned is always a list.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::domain::model::{Money, Part, Payment, Returned};

/// The fields of a payment.
#[derive(Serialize, JsonSchema)]
pub struct PaymentFields {
    /// The day it was paid, local date.
    date: Date,
    /// The amount, in minor units.
    amount: Money,
    /// How many months it bought.
    months: u16,
    /// The first day that it pays for, local date; `null` means the day of payment.
    from: Option<Date>,
    /// The text that came with it.
    text: String,
    /// The bank's id of the transaction, or how else the payment came (`cash`).
    source: Option<String>,
    /// What was returned of the money, in the order in which that happened.
    returned: Vec<Returned>,
    /// How the transfer was split, if this is only a part of it: all parts, this one included.
    split: Vec<Part>,
}

impl PaymentFields {
    /// Writes a payment in this form.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn serialize<S: Serializer>(payment: &Payment, to: S) -> Result<S::Ok, S::Error> {
        let Payment { date, amount, months, from, text, source, returned, split } = payment;
        let fields = Self {
            date: *date,
            amount: *amount,
            months: *months,
            from: *from,
            text: text.clone(),
            source: source.clone(),
            returned: returned.clone(),
            split: split.clone(),
        };
        Serialize::serialize(&fields, to)
    }
}
