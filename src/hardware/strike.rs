//! The half of a device that takes commands.

use super::DeviceCommand;

/// Switches relays, and shows people at its readers the result.
pub trait Strike: Send {
    /// Takes a command and returns at once. The [`Reader`] reports the result: the state of the
    /// relay, or that the device is lost.
    ///
    /// A device that is found again has released all of its relays; earlier commands are dropped.
    ///
    /// [`Reader`]: super::Reader
    fn send(&mut self, command: DeviceCommand);
}
