//! Which provider it is, and as whom we ask.

use std::fmt;

/// A provider, and the client that was registered there.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderOptions {
    /// How to speak to it.
    pub kind: ProviderKind,
    /// The id of the client.
    pub client_id: String,
    /// The secret of the client.
    pub client_secret: String,
}

/// How to speak to a provider.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProviderKind {
    /// By OpenID Connect, with everything else to be found below the issuer.
    OpenId {
        /// The URL of the issuer, exactly as it calls itself.
        issuer: String,
    },
    /// As GitHub does: OAuth 2, and the addresses by its own interface.
    GitHub {
        /// The pages for people: `https://github.com`.
        pages: String,
        /// The interface for programs: `https://api.github.com`.
        api: String,
    },
}

impl ProviderKind {
    /// GitHub itself.
    #[must_use]
    pub fn github() -> Self {
        Self::GitHub { pages: "https://github.com".into(), api: "https://api.github.com".into() }
    }
}

impl fmt::Debug for ProviderOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderOptions")
            .field("kind", &self.kind)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
