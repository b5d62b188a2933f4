//! Keeping in step with the branch as it moves.

mod follower;
mod standing;

pub use crate::store::disk::watch::Watch;
pub use follower::{Follower, Following, News};
pub use standing::Standing;
