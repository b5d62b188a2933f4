//! That the gate and the door see the same in a commit, whatever somebody made of its objects.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

#[path = "gate/bombs.rs"]
mod bombs;
#[path = "gate/budgets.rs"]
mod budgets;
#[path = "gate/files.rs"]
mod files;
#[path = "gate/holders.rs"]
mod holders;
#[path = "gate/oracle.rs"]
mod oracle;
#[path = "support/raw.rs"]
mod raw;
#[path = "gate/same.rs"]
mod same;
#[path = "gate/space.rs"]
mod space_of_two;
#[path = "gate/strays.rs"]
mod strays;
#[path = "gate/trees.rs"]
mod trees;
