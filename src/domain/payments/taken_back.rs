//! What is known about money that goes back.

use jiff::civil::Date;

use crate::domain::model::{MemberId, Tag};

/// Money that goes back to a member, or a payment that the bank corrects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TakenBack {
    /// Who had paid it.
    pub member: MemberId,
    /// The name and the day of the payment that it probably takes back.
    pub payment: Option<(Tag, Date)>,
    /// The day on which that payment is recorded as returned.
    pub recorded: Option<Date>,
}
