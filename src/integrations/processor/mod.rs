//! Payment processors, which take the dues: no card, no account of a bank and nothing else that could
//! pay ever comes here, only the processor's ids.

mod error;
#[cfg(feature = "services")]
mod gocardless;
mod options;
#[cfg(feature = "services")]
mod patience;
mod processors;
#[cfg(feature = "services")]
mod reference;
mod stand_in;
#[cfg(feature = "services")]
mod stripe;
pub mod webhook;

use jiff::{Timestamp, civil::Date};

pub use error::ProcessorError;
pub use options::{ProcessorKind, ProcessorOptions};
pub use processors::processor;
pub use stand_in::{Fault, StandIn};

use crate::domain::follow::{Found, News, Terms};

/// What a processor is told about a member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Customer {
    /// The reference, by which the account is recognised.
    pub reference: String,
    /// The name.
    pub name: String,
    /// The e-mail address, if there is one.
    pub email: Option<String>,
}

/// Where a member says by what to pay, and to what the page leads back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visit {
    /// The reference of the member.
    pub reference: String,
    /// What is taken each month.
    pub terms: Terms,
    /// The first local day that is not paid for, if it is still to come.
    pub from: Option<Date>,
    /// The address that the page leads back to.
    pub back: String,
    /// The moment.
    pub now: Timestamp,
}

/// A payment processor. Everything that changes something there has a key: the same request with the
/// same key happens once, however often it is sent.
pub trait Processor: Send {
    /// Returns all accounts, and what is taken from them.
    ///
    /// # Errors
    /// The processor does not answer, or does not let us in.
    fn read(&mut self) -> Result<Found<Terms>, ProcessorError>;

    /// Opens an account, and returns its id.
    ///
    /// # Errors
    /// The processor does not answer, or refuses.
    fn open(&mut self, key: &str, customer: &Customer) -> Result<String, ProcessorError>;

    /// Begins to take dues from an account that can pay, on that local day or else at once; or goes on
    /// if that was about to end.
    ///
    /// # Errors
    /// The processor does not answer, or refuses.
    fn give(
        &mut self,
        key: &str,
        account: &str,
        terms: &Terms,
        from: Option<Date>,
    ) -> Result<(), ProcessorError>;

    /// Takes something else from the next period on.
    ///
    /// # Errors
    /// The processor does not answer, or refuses.
    fn change(&mut self, key: &str, account: &str, terms: &Terms) -> Result<(), ProcessorError>;

    /// Takes nothing any more once the period that is paid for ends.
    ///
    /// # Errors
    /// The processor does not answer, or refuses.
    fn remove(&mut self, key: &str, account: &str) -> Result<(), ProcessorError>;

    /// Returns what happened since the cursor of the last time, oldest first; without one, all that the
    /// processor still knows.
    ///
    /// # Errors
    /// The processor does not answer, or does not let us in.
    fn happened(&mut self, after: Option<&str>) -> Result<News, ProcessorError>;

    /// Returns the address of the processor's page on which a member says by what to pay, or changes
    /// that, if what was [`read`](Self::read) before says that something is taken already.
    ///
    /// # Errors
    /// The processor does not answer, or refuses.
    fn link(&mut self, account: &str, visit: &Visit) -> Result<String, ProcessorError>;
}
