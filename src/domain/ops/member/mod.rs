//! What can be done with a member.

pub mod add;
mod contact_data;
pub mod edit;
pub mod leave;
pub mod suspend;
pub mod own_change;

pub use add::{Add, add};
pub use edit::{Edit, edit};
pub use leave::{Credentials, leave, rejoin};
pub use suspend::{resume, suspend};
pub use own_change::own_change;
