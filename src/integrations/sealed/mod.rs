//! Files that are sealed by a passphrase: an archive of tar inside age, as standard tools open it too.

mod error;
mod kind;
#[cfg(feature = "backup")]
mod opened;
mod passphrase;
#[cfg(feature = "backup")]
mod sealing;
#[cfg(feature = "backup")]
#[cfg(test)]
mod tests;

pub use error::SealedError;
pub use kind::is_sealed;
#[cfg(feature = "backup")]
pub use opened::{Entry, Opened};
pub use passphrase::{LEAST, Passphrase};
#[cfg(feature = "backup")]
pub use sealing::Sealing;
