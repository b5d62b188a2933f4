//! A reading that is simulated: it names the facility instead of a reader.

use crate::domain::{
    access::Side,
    model::{Code, Slug},
};

/// What is held to a reader that is not there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scan {
    /// The facility, or the door.
    pub facility: Slug,
    /// On which side of it the reader would be.
    pub side: Side,
    /// The fob's number or the passcode.
    pub code: Code,
}
