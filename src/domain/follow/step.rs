//! One step of a plan.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::model::MemberId;

/// What is done for one member at a service, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Step<T> {
    /// The member.
    pub member: MemberId,
    /// The account; `None` if it has to be opened.
    pub account: Option<String>,
    /// What is done.
    #[serde(flatten)]
    pub action: Action<T>,
    /// Why, in words.
    pub because: String,
}

/// What is done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(tag = "action", rename_all = "kebab-case")]
pub enum Action<T> {
    /// The member gets an account, which has nothing yet.
    Open,
    /// The account gets something that it did not have, or goes on with what would have ended.
    Add {
        /// What it gets.
        after: T,
        /// The first local day to be charged for; `None` for at once.
        from: Option<Date>,
    },
    /// What the account has becomes something else, from the next period on.
    Change {
        /// What it has.
        before: T,
        /// What it gets instead.
        after: T,
    },
    /// What the account has ends with the period that is paid for. The account stays.
    Remove {
        /// What it has.
        before: T,
    },
}

impl<T> Step<T> {
    /// Tells whether it takes something away.
    #[must_use]
    pub const fn removes(&self) -> bool {
        matches!(self.action, Action::Remove { .. })
    }
}

impl<T> Action<T> {
    /// Returns one word for it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Add { .. } => "add",
            Self::Change { .. } => "change",
            Self::Remove { .. } => "remove",
        }
    }

    /// Returns what the account has before and after.
    #[must_use]
    pub const fn sides(&self) -> (Option<&T>, Option<&T>) {
        match self {
            Self::Open => (None, None),
            Self::Add { after, .. } => (None, Some(after)),
            Self::Change { before, after } => (Some(before), Some(after)),
            Self::Remove { before } => (Some(before), None),
        }
    }
}
