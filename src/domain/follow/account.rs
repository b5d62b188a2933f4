//! What a service has, as far as it told.

use crate::domain::model::MemberId;

/// What somebody can have at a service: the terms of a subscription, or a place in a channel.
pub trait Having: Clone + Eq {
    /// Tells whether whoever has it looks after the service, so that enough of them have to remain.
    fn administers(&self) -> bool {
        false
    }
}

/// An account at a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account<T> {
    /// The service's id of it.
    pub id: String,
    /// The member whose account it is, if that is known for certain.
    pub member: Option<MemberId>,
    /// What the account has; `None` if it is there and has nothing.
    pub has: Option<T>,
}

/// All accounts of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found<T> {
    /// The accounts, in the order in which the service told them.
    pub accounts: Vec<Account<T>>,
    /// Whether the service told all of them, down to its last page.
    pub complete: bool,
}

impl<T: Having> Found<T> {
    /// Returns how many accounts have something.
    #[must_use]
    pub fn having(&self) -> usize {
        self.accounts.iter().filter(|it| it.has.is_some()).count()
    }

    /// Returns how many accounts look after the service.
    #[must_use]
    pub fn administrators(&self) -> usize {
        self.accounts.iter().filter(|it| it.has.as_ref().is_some_and(T::administers)).count()
    }
}
