//! Replaces the pins on systems that cannot have any.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use super::chip::{Chip, Heard, Opened, Setup};

/// A chip that never exists.
#[derive(Debug)]
pub(super) struct Raspberry;

impl Chip for Raspberry {
    fn open(&mut self, _: &[Setup], _: UnboundedSender<Heard>) -> Result<Opened, String> {
        Err("no GPIO here: this system has none; run on a Raspberry Pi, or remove `gpio` from \
             the configuration"
            .to_owned())
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}
