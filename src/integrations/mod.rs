//! External services, and the files that they provide.

pub mod mail;
pub mod queue;
pub mod statement;
