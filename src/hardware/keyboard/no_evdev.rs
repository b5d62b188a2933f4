//! What stands in for keyboards where they cannot be taken.

use std::{convert::Infallible, io};

use super::{
    options::Which,
    port::{Keys, Port},
};

/// A keyboard that is never there.
#[derive(Debug)]
pub(super) struct Evdev(pub(super) Which);

impl Port for Evdev {
    type Keys = Grabbed;

    fn open(&mut self) -> Result<(String, Grabbed), String> {
        Err(format!("no keyboard can be a reader on this system ({:?}): run on Linux", self.0))
    }
}

/// A keyboard that was never taken.
pub(super) struct Grabbed(Infallible);

impl Keys for Grabbed {
    async fn next(&mut self) -> io::Result<u16> {
        match self.0 {}
    }
}
