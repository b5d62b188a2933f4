//! Outside services that follow the records, such as a payment processor or the channels of a chat:
//! what differs, as a plan, and the brake that stops a plan that would take away too much.
//!
//! A service has accounts. Those that are known to be of a member are compared with what the records
//! want that member to have; all others are reported and left alone.

mod account;
mod brake;
mod plan;
mod step;

pub use account::{Account, Found, Having};
pub use brake::{Brake, Braked};
pub use plan::{Drift, Plan, plan};
pub use step::Step;
