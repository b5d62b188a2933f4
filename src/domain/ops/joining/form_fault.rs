//! The fields of the form for newcomers, and what can be wrong with them.

use crate::domain::model::Money;

/// A field of the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is named like the field of the form")]
pub enum FormField {
    Name,
    Email,
    Phone,
    Address,
    Born,
    Tier,
    Concession,
    Amount,
    HeardOfUs,
    HouseRules,
    Privacy,
    ChildName,
    ChildBorn,
}

impl FormField {
    /// Returns its name in the form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Born => "born",
            Self::Tier => "tier",
            Self::Concession => "concession",
            Self::Amount => "amount",
            Self::HeardOfUs => "heard",
            Self::HouseRules => "house-rules",
            Self::Privacy => "privacy",
            Self::ChildName => "child-name",
            Self::ChildBorn => "child-born",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FormFault {
    /// Nothing is in it.
    Missing,
    /// It is too long.
    TooLong,
    /// It has characters that nobody can read, or a line break where none may be.
    Unreadable,
    /// There can be no such e-mail address.
    NoAddress,
    /// It is not a year and month.
    NoMonth,
    /// It lies in the future.
    Future,
    /// It lies too far back.
    TooOld,
    /// It is not among what is offered.
    NotOffered,
    /// It is not an amount.
    NoAmount,
    /// It is less than the dues, which are given.
    BelowDues(Money),
    /// It has to be agreed to.
    NotAgreed,
}

impl FormFault {
    /// Returns a short name of it: `not-offered`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong => "too-long",
            Self::Unreadable => "unreadable",
            Self::NoAddress => "no-address",
            Self::NoMonth => "no-month",
            Self::Future => "future",
            Self::TooOld => "too-old",
            Self::NotOffered => "not-offered",
            Self::NoAmount => "no-amount",
            Self::BelowDues(_) => "below-dues",
            Self::NotAgreed => "not-agreed",
        }
    }
}
