//! What the store promises, tried on real repositories with git beside it.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

#[path = "store/apply.rs"]
mod apply;
#[path = "store/support.rs"]
mod support;
