//! What a bank says about a transaction that keeps it from being plain income.

use std::fmt;

use crate::domain::model::Money;

/// What a bank calls a transaction, beyond its amount and direction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum LineKind {
    /// Nothing special.
    #[default]
    Plain,
    /// It undoes another transaction.
    Reversal,
    /// A payment that was sent and came back; the amount of that payment in minor units, if the
    /// bank states it apart from its fees.
    Return(Option<Money>),
    /// It replaces or removes another transaction; the bank's id of that one, if it is stated.
    Correction(Option<String>),
    /// Another transaction of the statement replaces or removes it.
    Corrected,
    /// The bank calls it outgoing, although its amount has no sign.
    Debit,
    /// It is a fee of the bank's, or the return of one.
    Fee,
}

impl LineKind {
    /// Tells whether money of this kind goes back to where it came from, or says how much did.
    #[must_use]
    pub const fn takes_back(&self) -> bool {
        matches!(self, Self::Reversal | Self::Return(_) | Self::Correction(_))
    }
}

impl fmt::Display for LineKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "nothing special about it",
            Self::Reversal => "it reverses another transaction",
            Self::Return(_) => "it is the return of a payment",
            Self::Correction(_) => "it corrects another transaction",
            Self::Corrected => "another transaction corrects it",
            Self::Debit => "the bank calls it outgoing, although its amount is not negative",
            Self::Fee => "the bank calls it a fee",
        })
    }
}
