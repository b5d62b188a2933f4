//! Who is logged in, in which browser, and what is theirs.

mod cookie;
mod own;
mod visit;

pub(super) use cookie::{Kept, set};
pub(super) use own::{Own, author};
pub(super) use visit::Visit;
