//! What meters say: which numbers can be believed, what was used, and what it costs.
//!
//! [`accept`] judges a number as it comes in. [`Fold`] makes quarters of an hour out of measurements,
//! whatever counters do; [`by_day`] makes days out of these, and [`Billed`] says what they cost.

mod accept;
mod billed;
mod counter;
mod days;
mod degree_days;
mod fold;
mod measurement;
mod rules;
pub mod slice;

pub use accept::{Refused, accept};
pub use billed::{Billed, BilledUnit};
pub use counter::{Counter, Oddity};
pub use days::{by_day, by_hour};
pub use degree_days::{BASE, degree_day};
pub use fold::{Fold, FoldState};
pub use measurement::Measurement;
pub use rules::Rules;
pub use slice::{Slice, Slices};
