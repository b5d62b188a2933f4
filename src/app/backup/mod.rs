//! Backups: one file of everything that a machine needs, a machine made from it, and the proof that a
//! copy is good.

#[cfg(feature = "backup")]
mod bundle;
#[cfg(feature = "backup")]
mod machine;
#[cfg(feature = "backup")]
mod manifest;
#[cfg(any(test, not(feature = "backup")))]
pub mod no_bundle;
mod outcome;
#[cfg(feature = "backup")]
mod owner;
#[cfg(feature = "backup")]
mod place;
#[cfg(feature = "backup")]
mod restore;
mod scratch;
#[cfg(feature = "backup")]
mod sealed_copy;
mod verify;

#[cfg(feature = "backup")]
pub use self::{bundle::bundle, restore::restore, sealed_copy::verify as verify_bundle};
#[cfg(not(feature = "backup"))]
pub use no_bundle::{bundle, restore, verify_bundle};
pub use outcome::{Bundled, Restored};
pub use scratch::Scratch;
pub use verify::{Verified, verify};
