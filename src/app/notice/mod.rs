//! What members have to hear of: found out, put into letters, handed over, and written down.

pub mod at_once;
pub mod deliver;
pub mod gather;
#[cfg(feature = "mail")]
pub mod mailer;
#[cfg(not(feature = "mail"))]
#[path = "no_mailer.rs"]
pub mod mailer;
#[cfg(all(test, feature = "mail"))]
mod no_mailer;
pub mod post;
pub mod review;

pub use deliver::{Delivered, Fate, Prepared};
pub use gather::Gathered;
