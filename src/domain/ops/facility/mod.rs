//! What can be done with a door or a tool.

pub mod add;
pub mod edit;
pub mod remove;

pub use add::add;
pub use edit::{Edit, edit};
pub use remove::remove;
