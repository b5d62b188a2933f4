//! Outside services that follow the records, such as a payment processor: what differs, as a plan,
//! and the brake that stops a plan that would take away too much.
//!
//! A service has accounts. Those that are known to be of a member are compared with what the records
//! want that member to have; all others are reported and left alone.

mod account;
mod adopt;
mod belonging;
mod brake;
mod happening;
mod owners;
mod plan;
mod step;
mod terms;
mod untold;
mod wanted;

pub use account::{Account, Found, Holding};
pub use adopt::{Adoption, Candidate, Likeness, adopt};
pub use belonging::{Belongs, Circle, belonging, keeps_administrators};
pub use brake::{Braked, Confirmed, stops};
pub use happening::{BackReason, Happening, News, What};
pub use plan::{Drift, Plan, Wait, plan};
pub use step::{Action, Step};
pub use terms::{Terms, wanted};
pub use untold::Untold;
pub use wanted::{Elsewhere, Want, Wanted};
