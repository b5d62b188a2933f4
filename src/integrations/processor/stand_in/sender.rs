//! Sends webhooks to another program on this machine.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// The number of bytes of an answer that are read.
const MOST: u64 = 64 * 1024;

/// Where webhooks go.
#[derive(Clone, Debug)]
pub(super) struct Target {
    address: SocketAddr,
    path: String,
    pub(super) secret: String,
}

impl Target {
    /// Takes an address such as `http://127.0.0.1:8000/webhooks/stripe`.
    ///
    /// # Errors
    /// It is none of this machine.
    pub(super) fn new(url: &str, secret: &str) -> Result<Self, String> {
        let parts = url.strip_prefix("http://").and_then(|it| it.split_once('/'));
        let parts = parts.and_then(|(host, path)| Some((host.parse::<SocketAddr>().ok()?, path)));
        match parts.filter(|(address, _)| address.ip().is_loopback()) {
            Some((address, path)) => {
                Ok(Self { address, path: format!("/{path}"), secret: secret.to_owned() })
            }
            None => Err(format!(
                "`{url}` is not an address of this machine such as http://127.0.0.1:8000/webhooks/stripe"
            )),
        }
    }

    /// Sends one, and waits for the answer. Whoever is not there is not told.
    pub(super) async fn send(&self, header: &str, signature: &str, body: &str) {
        let Self { address, path, .. } = self;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n{header}: \
             {signature}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        let Ok(mut stream) = TcpStream::connect(address).await else { return };
        if stream.write_all(format!("{head}{body}").as_bytes()).await.is_ok() {
            let mut answer = Vec::new();
            // What is answered changes nothing: a webhook that is lost is no matter.
            let _ = stream.take(MOST).read_to_end(&mut answer).await;
        }
    }
}
