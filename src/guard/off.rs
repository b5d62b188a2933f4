//! Opens the relay, for the system to do after each end of the guard.

use super::GuardError;
use crate::hardware::relay::{self, RelayOptions};

/// Opens the relay. Once it is taken, it is open, and stays so when it is let go of.
///
/// # Errors
/// It cannot be reached.
pub fn off(options: &RelayOptions) -> Result<(), GuardError> {
    relay::open(options).map(drop).map_err(GuardError::Relay)
}
