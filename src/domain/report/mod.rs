//! Reports about all members for treasurers and directors: values in, values out.
//!
//! Nothing here has its own rules about dues, cover or standing; those are in [`super::dues`].
//! Amounts are in minor units of the currency.

mod activity;
mod dues;
mod income;
mod members;
mod month;
#[cfg(test)]
mod people;
mod register;
mod review;
mod tally;

pub use activity::{Attempts, Cell, Counting, Facility, Usage};
pub use dues::{DuesReport, PayingMember, Share, dues, payers};
pub use income::{Income, Ledger, Month, Span, Sums, TierSums, Unmatched};
pub use members::{Members, Point, members, point};
pub use month::{before, first, last, of_day, up_to};
pub use register::{RegisterEntry, register};
pub use review::{Changes, Name, Review, TierReview, changes, review};
pub use tally::{Class, Seen, Tally, TierTally, look};
