//! Replaces the pins on systems that cannot have any.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use super::chip::{Chip, Opened, PinEvent, Setup};
use crate::left_out;

/// A chip that never exists.
#[derive(Debug)]
pub(super) struct Raspberry;

impl Chip for Raspberry {
    fn open(&mut self, _: &[Setup], _: UnboundedSender<PinEvent>) -> Result<Opened, String> {
        Err(if cfg!(target_os = "linux") {
            left_out::wires()
        } else {
            "no GPIO here: this system has none; run on a Raspberry Pi, or remove `gpio` from the \
             configuration"
                .to_owned()
        })
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_said() {
        let (events, _) = tokio::sync::mpsc::unbounded_channel();
        let why = Raspberry.open(&[], events).map(drop).unwrap_err();
        assert!(!cfg!(target_os = "linux") || why.contains("--features full"), "{why}");
        assert_eq!(Raspberry.now(), Duration::ZERO);
    }
}
