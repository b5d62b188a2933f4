//! Makes a provider from its options.

use super::{
    IdentityError, Provider, ProviderKind, ProviderOptions, github::GitHub, openid::OpenId,
};

/// Makes a provider; nothing is asked of it yet.
///
/// # Errors
/// A URL is not valid, or this machine's certificates cannot be used.
pub fn provider(options: ProviderOptions) -> Result<Box<dyn Provider>, IdentityError> {
    Ok(match options.kind.clone() {
        ProviderKind::OpenId { issuer } => Box::new(OpenId::new(issuer, options)?),
        ProviderKind::GitHub { pages, api } => Box::new(GitHub::new(pages, api, options)?),
    })
}
