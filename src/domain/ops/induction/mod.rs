//! What can be done with an induction.

pub mod add;
pub mod revoke;

pub use add::{Add, add};
pub use revoke::revoke;
