//! Keeps clones of a space together: fetches, joins what both sides changed, and pushes.

mod adopt;
mod clone;
mod fetch;
mod files;
pub(in crate::store) mod git;
mod join;
mod push;
mod questions;
mod sides;

pub use fetch::FetchedTip;
pub use join::{Joined, Outcome};
pub use push::Pushed;
pub use questions::{Waiting, Who};
pub use sides::Sides;
