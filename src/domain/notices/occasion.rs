//! Something that a member has to hear of, and by what it is remembered.

use jiff::civil::Date;

use crate::domain::model::{Credential, Induction, Money, NoticeKind, Slug, Tag};

/// One thing to tell one member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Occasion {
    /// What kind of notice tells it.
    pub kind: NoticeKind,
    /// What it is remembered by; of one kind, two occasions have different keys.
    pub key: String,
    /// What there is to say.
    pub about: About,
}

/// What an occasion is about, as far as the member's record does not say it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum About {
    /// The membership as it stands.
    Membership,
    /// A step of reminding.
    Step {
        /// Which, counted from one.
        step: usize,
        /// How many there are.
        steps: usize,
    },
    /// The payment with which a time begins that is paid for without a gap.
    Payment {
        /// Whether it is the first of all.
        first: bool,
        /// The first day that it pays for, local date.
        from: Date,
    },
    /// Dues that were another amount before.
    Dues {
        /// What was owed a month before, in minor units.
        before: Money,
        /// What is owed a month now.
        after: Money,
    },
    /// An induction.
    Induction(Slug, Induction),
    /// A credential, as it is or was.
    Credential(Tag, Credential),
}

impl Occasion {
    /// Makes an occasion that only the membership itself is about.
    #[must_use]
    pub fn of(kind: NoticeKind, key: impl Into<String>) -> Self {
        Self { kind, key: key.into(), about: About::Membership }
    }
}
