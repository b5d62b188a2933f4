//! What members owe, what a payment buys them, and until when they are covered.

mod all_members;
mod amount;
mod cover;
mod extend;
#[cfg(test)]
pub(in crate::domain) mod fixture;
mod household;
mod months;
mod prices;
mod standing;
mod underpaid;

pub use all_members::{AllMembers, MemberTerms};
pub use amount::{Dues, DuesLine, DuesPart, depends_on_age, dues};
pub use cover::{Cover, CoverTerms};
pub use extend::{end, start};
pub use household::{DuesTerms, Household, is_member_on};
pub use months::months;
pub use prices::Prices;
pub use standing::Standing;
pub use underpaid::last_paid;
