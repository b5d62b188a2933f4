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
mod processors;
mod register;
mod resources;
mod review;
mod tally;

pub use activity::{Attempts, Counting, FacilityUsage, Usage, WeekHour};
pub use dues::{DuesReport, DuesShare, PayingMember, dues, payers};
pub use income::{Income, IncomeCounter, IncomeMonth, Span, Sums, TierSums, UnmatchedIncome};
pub use members::{Members, Point, members, point};
pub use month::{before, first, last, of_day, up_to};
pub use processors::{
    Expected, ProcessorCounter, ProcessorLedger, ProcessorMonth, ProcessorSums, ProcessorTotal,
    Processors,
};
pub use register::{RegisterEntry, register};
pub use resources::{
    Attendance, FacilityUse, MeterMonth, MeteredUse, ResourceMonth, Resources, resources,
};
pub use review::{Changes, NamedMember, Review, TierReview, changes, review};
pub use tally::{DuesClass, TalliedMember, Tally, TierTally, tally_member};
