//! Keeping in step with the branch as it moves.

mod alive;
mod clone_state;
mod demand;
mod fall_back;
mod follower;
mod following;
mod key;
mod own_copy;
mod refusal;
mod sealed;
mod source;
mod window;

pub use crate::disk::watch::Watch;
pub use clone_state::CloneState;
pub use follower::{Follower, News};
pub use following::Following;
pub use window::window;
