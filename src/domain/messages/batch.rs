//! Messages that arrived together become one change.

use crate::domain::{messages::{Message, Outcome, Terms}, ops::Plan, records::Records};

/// What became of some messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// What became of each message, in the order in which they were given.
    pub outcomes: Vec<Outcome>,
    /// What is to be written; without edits if nothing is.
    pub plan: Plan,
}

/// Works out what some messages change, in the order in which they were sent. Each is applied to
/// the records as those before it leave them; one that is not valid changes nothing and spoils no
/// other.
#[must_use]
pub fn receive(records: &dyn Records, terms: &Terms<'_>, messages: &[Message]) -> Batch {
    let _ = (records, terms, messages);
    Batch { outcomes: Vec::new(), plan: crate::domain::model::Change::new("", "").into() }
}
