//! External services, and the files that they provide.

pub mod identity;
pub mod mail;
pub mod queue;
pub mod statement;
