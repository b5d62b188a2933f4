//! The one place that reads the time.

use std::{path::Path, time::Duration};

use jiff::Timestamp;

/// Pins the clock of a whole process: an RFC 3339 instant, for tests and rehearsals.
pub const PIN: &str = "SPACE_NOW";

/// Returns the current instant, or the one in `SPACE_NOW`.
///
/// A value of `SPACE_NOW` that is not an RFC 3339 instant is ignored here; the command line
/// rejects it before anything else runs (see [`pinned`]).
#[must_use]
pub fn now() -> Timestamp {
    match pinned() {
        Some(Ok(at)) => at,
        _ => real(),
    }
}

/// Returns a clock that keeps running, starting at the instant in `SPACE_NOW` if there is one.
///
/// For long-running programs: with a clock that stands still, no door would ever lock again.
pub fn running() -> impl Fn() -> Timestamp + Clone + Send + 'static {
    let start = std::time::Instant::now();
    let pin = pinned().and_then(Result::ok);
    move || match pin {
        Some(pin) => pin.saturating_add(start.elapsed()).unwrap_or(Timestamp::MAX),
        None => real(),
    }
}

/// Sleeps for the given time, for the sake of an outside party such as a mail server. Never use it
/// to wait for something that sends an event.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// The file that systemd-timesyncd touches once the network has set the clock.
const SET: &str = "/run/systemd/timesync/synchronized";

/// Tells whether the network has set the clock since this machine booted, as far as the system
/// knows.
#[must_use]
pub fn is_set_by_network() -> bool {
    Path::new(SET).exists()
}

/// Returns what `SPACE_NOW` contains: nothing, an instant, or text that is not an instant.
#[must_use]
pub fn pinned() -> Option<Result<Timestamp, String>> {
    let text = std::env::var(PIN).ok()?;
    Some(text.parse().map_err(|_| text))
}

#[expect(clippy::disallowed_methods, reason = "this is the place")]
fn real() -> Timestamp {
    Timestamp::now()
}
