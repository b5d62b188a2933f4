//! Replaces all providers in a program that was built without logins.

use super::{IdentityError, Provider, ProviderOptions};
use crate::left_out;

/// Makes no provider.
///
/// # Errors
/// Always: this program has none.
pub fn provider(_: ProviderOptions) -> Result<Box<dyn Provider>, IdentityError> {
    let words = left_out::without("logins by other services");
    Err(IdentityError::Misconfigured(format!("{words}; {}", left_out::INSTALL)))
}
