//! Keeping in step with the branch as it moves.

mod clone_state;
mod follower;

pub use crate::disk::watch::Watch;
pub use clone_state::CloneState;
pub use follower::{Follower, Following, News};
