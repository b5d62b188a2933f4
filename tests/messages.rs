//! Messages of a membership system: worked examples, and any sequence in any order.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "messages/any_order.rs"]
mod any_order;
#[path = "support/case_files.rs"]
mod case_files;
#[path = "messages/cases.rs"]
mod cases;
#[path = "messages/committed.rs"]
mod committed;
#[path = "messages/never_wider.rs"]
mod never_wider;
#[path = "messages/told.rs"]
mod told;
#[path = "messages/world.rs"]
mod world;
