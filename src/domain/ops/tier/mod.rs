//! What can be done with a kind of membership.

pub mod add;
pub mod edit;

pub use add::add;
pub use edit::{Edit, edit};
