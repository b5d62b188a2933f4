//! Accepts connections, limits how many there are and how slow they may be, and hands each request to
//! what its listener serves.

mod address;
mod connection;
mod patient;
#[cfg(feature = "tls")]
mod tls;
#[cfg(not(feature = "tls"))]
#[path = "no_tls.rs"]
mod tls;
#[cfg(unix)]
mod unix;

pub(super) use address::Bound;
pub(super) use connection::Connections;
