//! Notices: find what is due, write the text, send it, and record it.

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

pub use deliver::{Delivered, DeliveryStatus, Prepared};
pub use gather::Gathered;
