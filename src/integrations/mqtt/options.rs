//! How to reach a broker.

use super::Outgoing;

/// How to reach a broker.
#[derive(Clone)]
pub struct ConnectionOptions {
    /// The host name or address.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Whether the connection is encrypted; then the name in the broker's certificate counts.
    pub tls: bool,
    /// Certificates (PEM) of authorities that are trusted in addition to the system's.
    pub authorities: Option<Vec<u8>>,
    /// The name by which the broker knows this client; of two with the same name, one is cut off.
    pub client: String,
    /// The user name and the password.
    pub login: Option<(String, String)>,
    /// What the broker publishes if this client vanishes.
    pub will: Option<Outgoing>,
}

impl std::fmt::Debug for ConnectionOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not the password.
        write!(f, "{} at {}:{}", self.client, self.host, self.port)
    }
}
