//! Replaces TLS in a program that was built without it.

use std::{convert::Infallible, path::Path};

use tokio::net::TcpStream;

use crate::left_out;

/// Keys that can never be read.
#[derive(Clone)]
pub(super) struct Tls(Infallible);

impl Tls {
    /// Refuses.
    ///
    /// # Errors
    /// Always: this program has no TLS.
    pub(super) fn read(_: &Path, _: &Path) -> Result<Self, String> {
        Err(format!("{}; {}", left_out::without("TLS"), left_out::INSTALL))
    }

    /// Never called, because there are no keys.
    pub(super) async fn accept(&self, _: TcpStream) -> std::io::Result<TcpStream> {
        match self.0 {}
    }
}
