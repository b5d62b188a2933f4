//! Replaces the client in a program that was built without services.

use std::time::Duration;

use super::{Call, NoReply, Reply};
use crate::left_out;

/// Asks nobody.
#[derive(Clone, Copy, Debug)]
pub struct Client;

impl Client {
    /// Makes none.
    ///
    /// # Errors
    /// Always: this program has none.
    pub fn new(_: Duration) -> Result<Self, NoReply> {
        Err(NoReply(format!("{}; {}", left_out::without("outside services"), left_out::INSTALL)))
    }

    /// Sends nothing.
    ///
    /// # Errors
    /// Always: this program has no client.
    pub fn send(&self, _: &Call) -> Result<Reply, NoReply> {
        Err(NoReply(left_out::without("outside services")))
    }
}
