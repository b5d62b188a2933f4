//! What members owe, and until when they are covered.

mod cover;

pub use cover::{Cover, Payer};
