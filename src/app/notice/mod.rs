//! Notices: find what is due, write the text, send it, and record it.

pub mod at_once;
pub mod deliver;
pub mod gather;
pub mod mailer;
pub mod review;

pub use deliver::{Delivered, Fate, Prepared};
pub use gather::Gathered;
