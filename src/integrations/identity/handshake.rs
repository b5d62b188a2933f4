//! What ties a browser that comes back to the one that was sent.

use std::fmt;

/// One attempt to log in. It is kept on this side and used once.
#[derive(Clone, PartialEq, Eq)]
pub struct Handshake {
    /// Comes back with the browser.
    pub state: String,
    /// Comes back inside the signed answer.
    pub nonce: String,
    /// The secret of PKCE: 43 to 128 letters and digits (RFC 7636 §4.1).
    pub verifier: String,
    /// Where the browser comes back to.
    pub redirect: String,
}

/// With what a browser comes back.
#[derive(Clone, PartialEq, Eq)]
pub struct Back {
    /// The code to be exchanged.
    pub code: String,
    /// Who says so (RFC 9207), if it is said.
    pub issuer: Option<String>,
}

impl fmt::Debug for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handshake").field("redirect", &self.redirect).finish_non_exhaustive()
    }
}

impl fmt::Debug for Back {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Back").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
