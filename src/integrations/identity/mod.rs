//! Asks outside services who somebody is: OpenID Connect, and GitHub, which has its own way.
//!
//! A browser is sent to the [`Provider`] with a [`Handshake`], comes back with a code, and the code
//! is exchanged for the [`Identity`]. Only e-mail addresses that the provider vouches for count.

#[cfg(feature = "logins")]
mod authoritative;
#[cfg(feature = "logins")]
mod client;
#[cfg(feature = "logins")]
mod github;
mod handshake;
#[cfg(not(feature = "logins"))]
mod no_providers;
#[cfg(feature = "logins")]
mod openid;
mod options;
mod provider;
#[cfg(feature = "logins")]
mod providers;
mod stand_in;

pub use handshake::{Back, Handshake};
#[cfg(not(feature = "logins"))]
pub use no_providers::provider;
pub use options::{ProviderKind, ProviderOptions};
pub use provider::{Answer, Identity, IdentityError, Provider};
#[cfg(feature = "logins")]
pub use providers::provider;
pub use stand_in::StandIn;
