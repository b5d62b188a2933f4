//! What a space is and what its rules say: values in, values out.
//!
//! Nothing in here reads a file, a socket or the clock. The folders depend on each other in one
//! direction only: `model < sources < alarms < records < money < schedule < dues < payments < notices < access <
//! meters < people < heat < check < effect < follow < merge < ops < messages < report`; `guard` stands alone.

pub mod access;
pub mod alarms;
pub mod check;
pub mod dues;
pub mod effect;
pub mod follow;
pub mod guard;
pub mod heat;
pub mod merge;
pub mod messages;
pub mod meters;
pub mod model;
pub mod money;
pub mod notices;
pub mod ops;
pub mod payments;
pub mod people;
pub mod posts;
pub mod records;
pub mod report;
pub mod schedule;
pub mod sources;
