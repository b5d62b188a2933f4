//! What can be done with the settings of the space.

pub mod edit;

pub use edit::{Edit, edit};
