//! Keeping in step with the branch as it moves.

mod follower;
mod watch;

pub use follower::{Follower, Following, News};
pub use watch::Watch;
