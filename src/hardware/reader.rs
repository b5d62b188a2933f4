//! The half of a door's hardware that reports credentials.

use std::future::Future;

use crate::domain::{
    access::Side,
    model::{Code, Slug},
};

/// What a reader reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scan {
    /// The facility that the reader belongs to.
    pub facility: Slug,
    /// On which side of it the reader is.
    pub side: Side,
    /// The fob's number or the passcode.
    pub code: Code,
}

/// Reports what is held to it or typed.
pub trait Reader {
    /// Waits for the next report: a scan, or a sentence about what could not be understood.
    /// Nothing means that there will be no more.
    fn next(&mut self) -> impl Future<Output = Option<Result<Scan, String>>> + Send;
}
