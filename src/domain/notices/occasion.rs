//! Something that a member has to be told, and the key that it is remembered by.

use jiff::civil::Date;

use crate::domain::model::{Credential, Induction, Money, NoticeKind, Slug, Tag, Transaction};

/// One thing to tell one member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Occasion {
    /// The kind of notice.
    pub kind: NoticeKind,
    /// The key that it is remembered by; occasions of one kind have different keys.
    pub key: String,
    /// What it is about.
    pub about: OccasionDetail,
}

/// What an occasion is about, apart from the member's record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OccasionDetail {
    /// The membership itself.
    Membership,
    /// A reminder.
    Step {
        /// Its number, counted from 1.
        step: usize,
        /// The number of reminders in all.
        steps: usize,
    },
    /// The payment that starts an uninterrupted paid time.
    Payment {
        /// Whether it is the first payment of all.
        first: bool,
        /// The first day that it pays for, local date.
        from: Date,
    },
    /// A payment that a payment processor could not take.
    Failed(Box<Transaction>),
    /// A change of dues.
    Dues {
        /// The former monthly dues, in minor units.
        before: Money,
        /// The new monthly dues.
        after: Money,
    },
    /// An induction.
    Induction(Slug, Induction),
    /// A credential, as it is, or was before it was revoked.
    Credential(Tag, Credential),
}

impl Occasion {
    /// Makes an occasion about the membership itself.
    #[must_use]
    pub fn of(kind: NoticeKind, key: impl Into<String>) -> Self {
        Self { kind, key: key.into(), about: OccasionDetail::Membership }
    }
}
