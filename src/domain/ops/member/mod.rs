//! What can be done with a member.

pub mod add;
mod contact_data;
pub mod edit;
pub mod leave;
pub mod own_change;
pub mod suspend;

pub use add::{Add, add};
pub use edit::{Edit, edit};
pub use leave::{Credentials, leave, rejoin};
pub use own_change::own_change;
pub use suspend::{resume, suspend};
