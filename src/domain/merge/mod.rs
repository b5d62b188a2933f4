//! Joins what was changed on two sides since a common base, record by record and field by field.
//!
//! What takes something away wins over what gives it: revocations, suspensions, leaving, removals, and
//! shorter windows. Where neither is the lesser, one value stands and a [`Question`] says so. The
//! result depends on neither the order nor the direction in which sides are joined, except that a
//! member's number belongs to whoever pushed it first.

mod accounts;
mod choose;
#[cfg(test)]
mod deed;
mod grants;
mod hours;
mod joined;
mod question;
mod reason;
mod record;
mod renumber;
mod repair;
mod rule;
mod set;
mod suspension;
#[cfg(test)]
mod tests;
mod twice;
mod value;
mod whole;

pub use hours::by_hours;
pub use question::Question;
pub use record::{MergedRecord, record};
pub use whole::{Merge, mend, merge};
