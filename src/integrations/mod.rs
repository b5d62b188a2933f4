//! External services, and the files that they provide.

pub mod chat;
pub mod document;
pub mod http;
pub mod identity;
pub mod mail;
pub mod mqtt;
pub mod processor;
pub mod queue;
pub mod sealed;
pub mod statement;
#[cfg(any(feature = "building", feature = "services"))]
mod tls;
