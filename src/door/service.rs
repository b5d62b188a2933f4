//! What the system's service manager is told: that the door is ready, and that it is alive.

use std::time::Duration;

#[cfg(target_os = "linux")]
use sd_notify::NotifyState;
use tokio::time::{Instant, sleep_until};

/// Tells the service manager, where there is one.
pub(super) struct Service {
    /// How often it wants to hear that the door is alive, if it does.
    every: Option<Duration>,
    next: Instant,
}

impl Service {
    /// Tells that the door is ready.
    pub(super) fn ready() -> Self {
        #[cfg(target_os = "linux")]
        let every = {
            let _ = sd_notify::notify(&[NotifyState::Ready]); // nobody may have asked
            sd_notify::watchdog_enabled().map(|limit| limit / 3)
        };
        #[cfg(not(target_os = "linux"))]
        let every = None;
        Self { every, next: Instant::now() }
    }

    /// Waits until the door is to be told of as alive; for ever, if nobody asks.
    pub(super) async fn next(&self) {
        match self.every {
            Some(_) => sleep_until(self.next).await,
            None => std::future::pending().await,
        }
    }

    /// Tells that the door is alive.
    pub(super) fn alive(&mut self) {
        #[cfg(target_os = "linux")]
        let _ = sd_notify::notify(&[NotifyState::Watchdog]); // it will start the door again
        self.next = Instant::now() + self.every.unwrap_or_default();
    }

    /// Tells that the door ends of its own will.
    pub(super) fn stopping(&self) {
        #[cfg(target_os = "linux")]
        let _ = sd_notify::notify(&[NotifyState::Stopping]); // it ends all the same
    }
}
