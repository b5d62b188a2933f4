//! External services, and the files that they provide.

pub mod document;
pub mod http;
pub mod identity;
pub mod mail;
pub mod mqtt;
pub mod processor;
pub mod queue;
pub mod sealed;
pub mod statement;
#[cfg(feature = "building")]
mod tls;
