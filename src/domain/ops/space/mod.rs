//! What can be done with the settings of the space.

mod alarm_edit;
pub mod edit;
mod keep;
mod migrate;
mod own_rules;

pub use alarm_edit::AlarmEdit;
pub use edit::{Edit, edit};
pub use keep::Keep;
pub use migrate::migrate;
pub use own_rules::OwnRules;
