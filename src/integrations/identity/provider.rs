//! What every provider can do, and what becomes of it.

use std::pin::Pin;

use jiff::Timestamp;

use super::{Back, Handshake};

/// Something that says who somebody is.
pub trait Provider: Send + Sync {
    /// Returns the address to which the browser is sent.
    fn begin<'a>(&'a self, handshake: &'a Handshake, now: Timestamp) -> Answer<'a, String>;

    /// Exchanges what the browser came back with for who it is.
    fn finish<'a>(
        &'a self,
        handshake: &'a Handshake,
        back: &'a Back,
        now: Timestamp,
    ) -> Answer<'a, Identity>;
}

/// An answer that has to be waited for.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, IdentityError>> + Send + 'a>>;

/// Who somebody is, as far as it matters here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// The e-mail addresses that the provider vouches for.
    pub emails: Vec<String>,
}

/// Why nobody knows who it is. No text contains an address or a secret.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum IdentityError {
    /// The provider cannot be reached, or answers with an error of its own.
    #[error("{0}")]
    Down(String),
    /// The provider does not take the code: it is old, or was used before.
    #[error("{0}")]
    Refused(String),
    /// What it says is not signed, or is not for us: it is not believed.
    #[error("{0}")]
    Unbelievable(String),
    /// It is not set up as it has to be.
    #[error("{0}")]
    Misconfigured(String),
}
