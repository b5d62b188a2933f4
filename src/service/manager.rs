//! Reports to the system's service manager that a program is ready, and from time to time that it is alive.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::signs;

/// Reports to the service manager, if there is one.
#[derive(Debug)]
pub(crate) struct Service {
    /// How often it wants to hear that the program is alive, if at all.
    every: Option<Duration>,
    next: Instant,
}

impl Service {
    /// Reports that the program is ready.
    pub(crate) fn ready() -> Self {
        signs::ready();
        #[cfg(target_os = "linux")]
        let every = sd_notify::watchdog_enabled().map(|limit| limit / 3);
        #[cfg(not(target_os = "linux"))]
        let every = None;
        Self { every, next: Instant::now() }
    }

    /// Waits until it is time to report that the program is alive; for ever, if nobody asks.
    pub(crate) async fn next(&self) {
        match self.every {
            Some(_) => sleep_until(self.next).await,
            None => std::future::pending().await,
        }
    }

    /// Reports that the program is alive.
    pub(crate) fn alive(&mut self) {
        signs::alive();
        self.next = Instant::now() + self.every.unwrap_or_default();
    }

    /// Reports that the program is alive, if it is; if not, it will be restarted.
    pub(crate) fn alive_if(&mut self, alive: bool) {
        match alive {
            true => self.alive(),
            false => self.next = Instant::now() + self.every.unwrap_or_default(),
        }
    }

    /// Reports that the program ends intentionally.
    pub(crate) fn stopping(&self) {
        signs::stopping();
    }
}
