//! The one place that reads the time.

use std::{path::Path, time::Duration};

use jiff::Timestamp;

/// Pins the clock of a whole process: an RFC 3339 instant, for tests and rehearsals.
pub const PIN: &str = "SPACE_NOW";

/// Returns the current instant, or the one that `SPACE_NOW` names.
///
/// A value of `SPACE_NOW` that is no RFC 3339 instant is ignored here; the
/// command line refuses it before anything else runs (see [`pinned`]).
#[must_use]
pub fn now() -> Timestamp {
    match pinned() {
        Some(Ok(at)) => at,
        _ => real(),
    }
}

/// Returns a clock that goes on: where `SPACE_NOW` names an instant, from there.
///
/// For programs that run for long: at a pinned moment no door would ever be locked again.
pub fn running() -> impl Fn() -> Timestamp + Clone + Send + 'static {
    let start = std::time::Instant::now();
    let pin = pinned().and_then(Result::ok);
    move || match pin {
        Some(pin) => pin.saturating_add(start.elapsed()).unwrap_or(Timestamp::MAX),
        None => real(),
    }
}

/// Lets real time pass, for the sake of somebody who wants it so, such as a mail server: never to
/// wait for something that can be heard of.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// Where the system's own time keeper leaves a note once the network has set the clock.
const SET: &str = "/run/systemd/timesync/synchronized";

/// Tells whether the network has set the clock since this machine was started, as far as the
/// system tells.
#[must_use]
pub fn is_set_by_network() -> bool {
    Path::new(SET).exists()
}

/// Returns what `SPACE_NOW` says: nothing, an instant, or text that is none.
#[must_use]
pub fn pinned() -> Option<Result<Timestamp, String>> {
    let text = std::env::var(PIN).ok()?;
    Some(text.parse().map_err(|_| text))
}

#[expect(clippy::disallowed_methods, reason = "this is the place")]
fn real() -> Timestamp {
    Timestamp::now()
}
