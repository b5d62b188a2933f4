//! Asks other machines by HTTP: encrypted unless it is for this machine, without redirects, bounded
//! in time and in what is read.

#[cfg(feature = "services")]
mod client;
#[cfg(not(feature = "services"))]
mod no_client;
#[cfg(feature = "services")]
pub(super) mod patience;
#[cfg(any(feature = "logins", feature = "services"))]
pub(super) mod secure;

#[cfg(feature = "services")]
pub use client::Client;
#[cfg(not(feature = "services"))]
pub use no_client::Client;

/// A request.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Call {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: &'static str,
    /// The whole address.
    pub url: String,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer, whatever its status.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers, with their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer: whether the request had its effect is not known.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoReply(pub String);

impl Reply {
    /// Returns a header by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

impl std::fmt::Debug for Call {
    /// Leaves out headers and body, which have secrets in them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.url)
    }
}
