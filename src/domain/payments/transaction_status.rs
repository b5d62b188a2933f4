//! What happens to a transaction, and why.

use std::fmt;

use jiff::civil::Date;

use super::{LineKind, Recorded};
use crate::domain::model::{MemberId, Money, Slug, text::shown};

/// What happens to a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TransactionStatus {
    /// It buys a member time.
    Credited {
        /// Who is credited.
        member: MemberId,
        /// How many months.
        months: u16,
        /// How the member was found.
        matched_by: MatchedBy,
    },
    /// It was imported before.
    Known(KnownFrom),
    /// It is kept until somebody assigns it.
    Unmatched(UnmatchedReason),
    /// It is not a payment to us.
    Ignored(IgnoredReason),
}

/// How the member was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MatchedBy {
    /// By the member's own reference.
    Reference,
    /// By the reference of a child.
    Child(MemberId),
    /// By the payer, remembered from an earlier payment.
    Payer,
}

/// Where a transaction is known from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KnownFrom {
    /// It is a recorded payment of this member.
    Payment(MemberId),
    /// It is unmatched and waits to be assigned.
    Unmatched,
    /// It occurs twice in these statements.
    Twice,
}

/// Why it could not be credited to a member.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the sentences below say what each means")]
pub enum UnmatchedReason {
    NoReference,
    SeveralReferences(Vec<MemberId>),
    DoubtfulReference(String),
    UnknownMember(MemberId),
    Unreadable(MemberId),
    Left(MemberId, Date),
    OwesNothing(MemberId),
    NotWholeMonths { member: MemberId, due: Money, year: Option<Money> },
    DuesChanged { member: MemberId, then: Money, now: Money, months: u16 },
    SameId,
    Batch,
    PerhapsKnown(Box<Recorded>),
    NotIncome(LineKind),
}

impl UnmatchedReason {
    /// Returns the stable name, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoReference => "no-reference",
            Self::SeveralReferences(_) => "several-references",
            Self::DoubtfulReference(_) => "doubtful-reference",
            Self::UnknownMember(_) => "unknown-member",
            Self::Unreadable(_) => "unreadable-member",
            Self::Left(..) => "left",
            Self::OwesNothing(_) => "owes-nothing",
            Self::NotWholeMonths { .. } => "not-whole-months",
            Self::DuesChanged { .. } => "dues-changed",
            Self::SameId => "same-id",
            Self::Batch => "batch",
            Self::PerhapsKnown(_) => "perhaps-known",
            Self::NotIncome(_) => "not-income",
        }
    }
}

impl fmt::Display for UnmatchedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoReference => f.write_str("the text has no reference"),
            Self::SeveralReferences(ids) => {
                f.write_str("the text has the references of several members:")?;
                ids.iter().take(4).try_for_each(|id| write!(f, " {id}"))
            }
            Self::DoubtfulReference(written) => {
                write!(f, "`{}` looks like a reference, but is not one", shown(written))
            }
            Self::UnknownMember(id) => write!(f, "there is no member {id}"),
            Self::Unreadable(id) => write!(f, "the record of {id} cannot be read"),
            Self::Left(id, day) => write!(f, "{id} left on {day}"),
            Self::OwesNothing(id) => write!(f, "{id} owes no dues"),
            Self::NotWholeMonths { member, due, year } => {
                write!(f, "no whole number of months: {member} owes {} a month", Minor(*due))?;
                year.map_or(Ok(()), |year| write!(f, " or {} a year", Minor(year)))
            }
            Self::DuesChanged { member, then, now, months } => {
                let what = if *months == 1 { "month" } else { "months" };
                write!(f, "no whole number of months of the {} that {member} owed ", Minor(*then))?;
                write!(f, "on that day; it is {months} {what} of the {} owed now", Minor(*now))
            }
            Self::SameId => {
                f.write_str("another transaction has the same bank id, so it may be the same one")
            }
            Self::Batch => f.write_str(
                "a batch of several transactions, which the bank does not list with their amounts",
            ),
            Self::PerhapsKnown(twin) => {
                f.write_str("perhaps known: ")?;
                match twin.member {
                    Some(id) => write!(f, "the payment of {id}")?,
                    None => f.write_str("the unmatched transaction")?,
                }
                write!(f, " of {} with id {}", twin.date, twin.short_id())?;
                f.write_str(" may be the same money")
            }
            Self::NotIncome(kind) => kind.fmt(f),
        }
    }
}

/// Why a line is ignored.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the sentences below say what each means")]
pub enum IgnoredReason {
    NotACredit,
    MoneyBack,
    OtherCurrency(String),
    InTheFuture,
    Unreadable(String),
    Payout(Slug),
}

impl IgnoredReason {
    /// Returns the stable name, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotACredit => "not-a-credit",
            Self::MoneyBack => "money-back",
            Self::OtherCurrency(_) => "other-currency",
            Self::InTheFuture => "in-the-future",
            Self::Unreadable(_) => "unreadable",
            Self::Payout(_) => "payout",
        }
    }
}

impl fmt::Display for IgnoredReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotACredit => f.write_str("not an incoming payment"),
            Self::MoneyBack => f.write_str("money that went back"),
            Self::OtherCurrency(code) => {
                write!(f, "in {code}, which is not the currency of the space")
            }
            Self::InTheFuture => {
                f.write_str("dated in the future; import it again once that day has come")
            }
            Self::Unreadable(why) => f.write_str(why),
            Self::Payout(service) => {
                write!(f, "what {service} paid out: its payments are credited already")
            }
        }
    }
}

/// What makes a transaction worth a look.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the sentences below say what each means")]
pub enum ReviewFlag {
    Future,
    Currency,
    LongAgo,
    MuchAtOnce(u16),
    PerhapsIncluded(Date),
    Suspended,
    DuesChanged { then: Money, now: Money },
}

impl fmt::Display for ReviewFlag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Future => f.write_str("dated in the future"),
            Self::Currency => f.write_str("another currency"),
            Self::LongAgo => f.write_str("more than a year ago"),
            Self::MuchAtOnce(months) => write!(f, "{months} months at once"),
            Self::PerhapsIncluded(day) => {
                write!(f, "`paid_until` {day} was set by hand and may already include it")
            }
            Self::Suspended => f.write_str("the member is suspended"),
            Self::DuesChanged { then, now } => {
                let (then, now) = (Minor(*then), Minor(*now));
                write!(f, "the dues were {then} a month on that day and are {now} now")
            }
        }
    }
}

/// Writes minor units as a decimal number; most currencies have a hundred to the unit.
struct Minor(Money);

impl fmt::Display for Minor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, (self.0 % 100).abs())
    }
}
