//! What a service has, as far as it told.

use jiff::civil::Date;

/// An account at a service. `T` is what somebody can have there: the terms of a subscription.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account<T> {
    /// The service's id of it.
    pub id: String,
    /// The reference of the member, if this program wrote one there.
    pub mark: Option<String>,
    /// The name, as the service has it.
    pub name: Option<String>,
    /// The e-mail address, as the service has it.
    pub email: Option<String>,
    /// What the account has.
    pub holds: Holding<T>,
}

/// What an account has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holding<T> {
    /// Nothing.
    Nothing {
        /// Whether it can be given something without the member's doing.
        ready: bool,
        /// The first local day that it could be charged for, if the service cannot do that at once.
        soonest: Option<Date>,
    },
    /// Something that goes on.
    Has {
        /// What it is.
        what: T,
        /// The local day on which it begins again and is charged for, if the service says so.
        renews: Option<Date>,
    },
    /// Something that ends by itself.
    Ends {
        /// What it is.
        what: T,
        /// The local day on which it ends, if the service says so.
        on: Option<Date>,
    },
    /// Something that this program did not make and does not touch, in words.
    Unclear(String),
}

/// All accounts of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found<T> {
    /// The accounts, in the order in which the service told them.
    pub accounts: Vec<Account<T>>,
    /// Whether the service told all of them, down to its last page.
    pub complete: bool,
}

impl<T> Found<T> {
    /// Returns how many accounts have something that goes on.
    #[must_use]
    pub fn having(&self) -> usize {
        self.accounts.iter().filter(|it| matches!(it.holds, Holding::Has { .. })).count()
    }
}
