//! What can be done with the settings of the space.

pub mod edit;
mod keep;

pub use edit::{Edit, edit};
pub use keep::Keep;
