//! The half of a device that reports.

use std::future::Future;

use super::DeviceReport;

/// Reports what people hold to it, type or press, and how the device itself is.
///
/// A device that is lost is looked for until it is found: that is reported, and is no end.
pub trait Reader: Send {
    /// Waits for the next report. Nothing means that there will be no more.
    ///
    /// Whoever stops waiting loses nothing: the next call reports it.
    fn next(&mut self) -> impl Future<Output = Option<DeviceReport>> + Send;
}
