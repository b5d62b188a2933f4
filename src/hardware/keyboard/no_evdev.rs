//! Replaces keyboards on systems where they cannot be used exclusively.

use std::{convert::Infallible, io};

use super::{
    options::Which,
    port::{Keys, Port},
};
use crate::left_out;

/// A keyboard that never exists.
#[derive(Debug)]
pub(super) struct Evdev(pub(super) Which);

impl Port for Evdev {
    type Keys = Grabbed;

    fn open(&mut self) -> Result<(String, Grabbed), String> {
        Err(if cfg!(target_os = "linux") {
            left_out::wires()
        } else {
            format!(
                "keyboards cannot be used as readers on this system ({:?}): run on Linux",
                self.0
            )
        })
    }
}

/// A keyboard that was never opened.
pub(super) struct Grabbed(Infallible);

impl Keys for Grabbed {
    async fn next(&mut self) -> io::Result<u16> {
        match self.0 {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_said() {
        let mut evdev = Evdev(Which::Name("a keyboard".to_owned()));
        let why = evdev.open().map(drop).unwrap_err();
        assert!(!cfg!(target_os = "linux") || why.contains("--features full"), "{why}");
    }
}
