//! How long somebody waits before a service is asked again.

use std::time::Duration;

/// How often something is asked before it is given up.
pub(in crate::integrations) const ATTEMPTS: u32 = 4;

/// The pause before the second attempt; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);

/// The longest pause, whatever a service asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Returns the pause after an attempt, counted from 1, that may pass: as long as the service asks for, if it
/// does. `None` if it is given up.
pub(in crate::integrations) fn wait(attempt: u32, wanted: Option<Duration>) -> Option<Duration> {
    let usual = || PAUSE * 2_u32.pow(attempt - 1);
    (attempt < ATTEMPTS).then(|| wanted.unwrap_or_else(usual).min(LONGEST_PAUSE))
}
