//! The half of a device that moves.

use super::DeviceCommand;

/// Moves relays, and tells people at its readers what came of it.
pub trait Strike: Send {
    /// Takes what is wanted and returns at once. What came of it, its [`Reader`] reports: where a
    /// relay is then, or that the device is lost.
    ///
    /// A device that is found again has let go all of its relays; what was wanted before is
    /// forgotten.
    ///
    /// [`Reader`]: super::Reader
    fn tell(&mut self, want: DeviceCommand);
}
