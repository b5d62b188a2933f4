//! Notices: find what is due, write the text, send it, and record it.

pub mod at_once;
pub mod deliver;
pub mod gather;
pub mod kept;
#[cfg(feature = "mail")]
pub mod mailer;
#[cfg(any(test, not(feature = "mail")))]
pub mod no_mailer;
pub mod note;
pub mod post;
pub mod review;
pub mod untold;
pub mod welcome;

pub use deliver::{Delivered, DeliveryStatus, Prepared};
pub use gather::DueNotices;

#[cfg(not(feature = "mail"))]
pub use no_mailer as mailer;
