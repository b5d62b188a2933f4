//! The one place that reads the time, and the zones in which people mean it.

use std::{fs, path::Path};

use jiff::{Timestamp, tz::TimeZone};

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

/// Where the system keeps its time zones, a file each.
const ZONES: &str = "/usr/share/zoneinfo";

/// Returns a time zone by its IANA name; nothing if this machine does not know it.
///
/// Reads the one file of that name where it can. Asking jiff for a zone reads the names of all
/// of them first, which takes longer than all else that a short command does.
#[must_use]
pub fn zone(name: &str) -> Option<TimeZone> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
    let plain = name.split('/').all(|part| !part.is_empty() && part.bytes().all(fits));
    if plain && std::env::var_os("TZDIR").is_none() {
        let found = fs::read(Path::new(ZONES).join(name)).ok();
        if let Some(zone) = found.and_then(|data| TimeZone::tzif(name, &data).ok()) {
            return Some(zone);
        }
    }
    TimeZone::get(name).ok()
}

#[expect(clippy::disallowed_methods, reason = "this is the place")]
fn real() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_the_same_by_either_way() {
        let at: Timestamp = "2026-07-01T12:00:00Z".parse().unwrap();
        for name in ["Europe/London", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+3"] {
            let (direct, listed) = (zone(name).unwrap(), TimeZone::get(name).unwrap());
            assert_eq!(direct.to_offset(at), listed.to_offset(at), "{name}");
            assert_eq!(direct.iana_name(), listed.iana_name(), "{name}");
        }
    }

    #[test]
    fn what_is_no_zone_is_none() {
        for name in
            ["", "Nowhere/Zone", "../../../etc/passwd", "Europe", "posixrules/", "tzdata.zi"]
        {
            assert!(zone(name).is_none(), "{name}");
        }
    }
}
