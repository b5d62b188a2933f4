//! The one place that reads the time.

use std::{path::Path, time::Duration};

use jiff::{SignedDuration, Timestamp};

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

/// Returns the time since this machine started. Nobody can set it, and it goes on while the machine
/// sleeps.
#[must_use]
pub fn uptime() -> Duration {
    #[cfg(target_os = "linux")]
    {
        let at = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Duration::new(at.tv_sec.try_into().unwrap_or(0), at.tv_nsec.try_into().unwrap_or(0))
    }
    #[cfg(not(target_os = "linux"))]
    {
        static START: std::sync::LazyLock<std::time::Instant> =
            std::sync::LazyLock::new(std::time::Instant::now);
        START.elapsed()
    }
}

/// Sleeps for the given time, for the sake of an outside party such as a mail server. Never use it
/// to wait for something that sends an event.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// The file that systemd-timesyncd touches each time the network has set the clock.
const SYNCHRONIZED: &str = "/run/systemd/timesync/synchronized";

/// How long that counts: timesyncd asks the network at least every 34 minutes.
const FRESH: SignedDuration = SignedDuration::from_hours(2);

/// Tells whether the network has lately set the clock to what it shows, as far as the system knows.
/// Once somebody else has set the clock, the time of the file no longer matches and says nothing.
#[must_use]
pub fn is_set_by_network(shows: Timestamp) -> bool {
    is_fresh(Path::new(SYNCHRONIZED), shows)
}

/// Asks the system's time service whether the kernel's clock is synchronized, whoever does that: chrony
/// leaves no trace like that of timesyncd, and the sandbox of a door may not ask the kernel itself. Takes
/// a moment.
#[must_use]
pub fn is_synchronized() -> bool {
    let mut ask = std::process::Command::new("timedatectl");
    ask.args(["show", "--property=NTPSynchronized", "--value"]);
    // It would tell the service manager of its own end, in the name of this process.
    ask.env_remove("NOTIFY_SOCKET").stdin(std::process::Stdio::null());
    ask.output().is_ok_and(|it| it.stdout.trim_ascii() == b"yes")
}

/// Where the system lists its clocks that run on without power.
const BATTERY_CLOCKS: &str = "/sys/class/rtc";

/// Tells whether this machine has a clock that runs on without power, as far as the system says.
#[must_use]
pub fn runs_without_power() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    // In a machine within a machine, the one outside keeps the time.
    let is_guest = Path::new("/sys/hypervisor/type").exists()
        || std::fs::read_to_string("/proc/cpuinfo").is_ok_and(|it| it.contains(" hypervisor"));
    is_guest || std::fs::read_dir(BATTERY_CLOCKS).is_ok_and(|mut all| all.next().is_some())
}

/// Tells whether a file was last written within [`FRESH`] of a time.
fn is_fresh(file: &Path, shows: Timestamp) -> bool {
    let written = std::fs::metadata(file).and_then(|it| it.modified());
    let written = written.ok().and_then(|it| Timestamp::try_from(it).ok());
    written.is_some_and(|at| shows.duration_since(at).abs() <= FRESH)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_since_the_start_goes_on() {
        let before = uptime();
        assert!(before > Duration::ZERO && uptime() >= before);
    }

    #[test]
    fn the_word_of_the_network_holds_for_two_hours_of_the_same_time() {
        let dir = tempfile::tempdir().unwrap();
        let note = dir.path().join("synchronized");
        let at: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        assert!(!is_fresh(&note, at));
        let file = std::fs::File::create(&note).unwrap();
        file.set_modified(at.into()).unwrap();
        for (hours, fresh) in [(0, true), (2, true), (3, false), (-3, false), (24 * 365, false)] {
            assert_eq!(is_fresh(&note, at + SignedDuration::from_hours(hours)), fresh, "{hours}");
        }
    }
}
