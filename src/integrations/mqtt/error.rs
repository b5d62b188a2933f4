//! Why something cannot be published or received.

/// Why something cannot be published or received.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MqttError {
    /// There is no connection now.
    #[error("there is no connection with the broker")]
    NotConnected,
    /// The broker takes messages more slowly than they are published.
    #[error("the broker does not keep up with what is published")]
    Full,
    /// A message that no broker takes.
    #[error("{0}")]
    Refused(String),
    /// The settings cannot work.
    #[error("{0}")]
    Broken(String),
}
