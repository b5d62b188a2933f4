//! The half of a device that reports.

use std::future::Future;

use super::DeviceReport;

/// Reports fobs, typed codes and pressed buttons, and the state of the device itself.
///
/// A lost device is looked for until it is found: the loss is reported, but does not end the
/// reports.
pub trait Reader: Send {
    /// Waits for the next report; `None` means that there will be no more.
    ///
    /// Cancelling loses nothing: the next call returns the report.
    fn next(&mut self) -> impl Future<Output = Option<DeviceReport>> + Send;
}
