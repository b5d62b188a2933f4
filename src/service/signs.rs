//! What the system's service manager is told, if there is one.

#[cfg(target_os = "linux")]
use sd_notify::NotifyState;

/// Reports that the program is ready.
pub(crate) fn ready() {
    #[cfg(target_os = "linux")]
    let _ = sd_notify::notify(&[NotifyState::Ready]); // there may be no service manager
}

/// Reports that the program is alive.
pub(crate) fn alive() {
    #[cfg(target_os = "linux")]
    let _ = sd_notify::notify(&[NotifyState::Watchdog]); // if this fails, the program is restarted
}

/// Reports that the program ends intentionally.
pub(crate) fn stopping() {
    #[cfg(target_os = "linux")]
    let _ = sd_notify::notify(&[NotifyState::Stopping]); // the program ends regardless
}
