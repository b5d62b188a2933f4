//! What can be done with a channel of a chat.

pub mod add;
pub mod edit;
pub mod remove;

pub use add::add;
pub use edit::{Edit, edit};
pub use remove::remove;
