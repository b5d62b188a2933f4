//! One step of a plan.

use super::{Account, Found, Having};
use crate::domain::model::MemberId;

/// What is done for one member at a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step<T> {
    /// The member gets something, in the account that is there or in a new one.
    Add {
        /// The member.
        member: MemberId,
        /// The account, if there is one already.
        account: Option<String>,
        /// What the member gets.
        wanted: T,
    },
    /// What the member has becomes something else.
    Change {
        /// The member.
        member: MemberId,
        /// The account.
        account: String,
        /// What it has.
        has: T,
        /// What it gets instead.
        wanted: T,
    },
    /// What the member has is taken away. The account stays.
    Remove {
        /// The member.
        member: MemberId,
        /// The account.
        account: String,
        /// What it has.
        has: T,
    },
}

impl<T: Having> Step<T> {
    /// Returns the member.
    #[must_use]
    pub const fn member(&self) -> MemberId {
        match self {
            Self::Add { member, .. }
            | Self::Change { member, .. }
            | Self::Remove { member, .. } => *member,
        }
    }

    /// Tells whether it takes something away.
    #[must_use]
    pub const fn removes(&self) -> bool {
        matches!(self, Self::Remove { .. })
    }

    /// Does to a picture of the service what the step does to the service. Doing it again changes
    /// nothing.
    pub fn apply(&self, to: &mut Found<T>) {
        let (member, account, has) = match self {
            Self::Add { member, account, wanted } => (member, account.as_ref(), Some(wanted)),
            Self::Change { member, account, wanted, .. } => (member, Some(account), Some(wanted)),
            Self::Remove { member, account, .. } => (member, Some(account), None),
        };
        let is_it = |it: &&mut Account<T>| match account {
            Some(id) => it.id == *id,
            None => it.member == Some(*member),
        };
        match to.accounts.iter_mut().find(is_it) {
            Some(found) => found.has = has.cloned(),
            None => to.accounts.push(Account {
                id: format!("new-{member}"),
                member: Some(*member),
                has: has.cloned(),
            }),
        }
    }
}
