//! What members have to hear of: found out, put into letters, handed over, and written down.

pub mod at_once;
pub mod deliver;
pub mod gather;
pub mod mailer;
pub mod review;

pub use deliver::{Delivered, DeliveryStatus, Prepared};
pub use gather::Gathered;
