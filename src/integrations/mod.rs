//! Services beyond this machine, and the files that they hand out.

pub mod mail;
pub mod statement;
