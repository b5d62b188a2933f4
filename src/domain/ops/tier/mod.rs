//! What can be done with a kind of membership.

pub mod add;
pub mod edit;
pub mod remove;

pub use add::add;
pub use edit::{Edit, edit};
pub use remove::remove;
