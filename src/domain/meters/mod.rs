//! What meters say: which numbers can be believed, and what follows from them.

mod accept;
mod measurement;

pub use accept::{Refused, accept};
pub use measurement::Measurement;
