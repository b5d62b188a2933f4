//! The only place that looks up time zones by name.

use std::{fs, path::Path};

use jiff::tz::TimeZone;

/// The system's folder of time zones, one file each.
const SYSTEM: &str = "/usr/share/zoneinfo";

/// Folders in it that only repeat the zones, counting time differently.
const OTHERS: [&str; 2] = ["posix", "right"];

/// Returns a time zone by its IANA name; `None` if this machine does not know it.
///
/// Reads just the file with that name if possible. Asking jiff first makes it read the names of
/// all zones, which takes longer than the rest of a short command.
#[must_use]
pub fn find(name: &str) -> Option<TimeZone> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
    let plain = name.split('/').all(|part| !part.is_empty() && part.bytes().all(fits));
    let folder = name.split('/').next().unwrap_or_default();
    if plain && !OTHERS.contains(&folder) && std::env::var_os("TZDIR").is_none() {
        let found = fs::read(Path::new(SYSTEM).join(name)).ok();
        if let Some(zone) = found.and_then(|data| TimeZone::tzif(name, &data).ok()) {
            return Some(zone);
        }
    }
    TimeZone::get(name).ok()
}

/// Identifies this machine's version of the time zones: a different text means different zones.
#[must_use]
pub fn edition() -> String {
    let elsewhere = std::env::var_os("TZDIR");
    let folder = elsewhere.as_deref().map_or(Path::new(SYSTEM), Path::new);
    let written = |path: &Path| fs::metadata(path).and_then(|it| it.modified()).ok();
    let times = [folder, &folder.join("tzdata.zi"), &folder.join("Europe")].map(written);
    format!("{} {times:?}", folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_the_same_by_either_way() {
        let at: jiff::Timestamp = "2026-07-01T12:00:00Z".parse().unwrap();
        for name in
            ["Europe/London", "europe/london", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+3"]
        {
            let (direct, listed) = (find(name).unwrap(), TimeZone::get(name).unwrap());
            assert_eq!(direct.to_offset(at), listed.to_offset(at), "{name}");
            assert_eq!(direct.iana_name(), listed.iana_name(), "{name}");
        }
    }

    #[test]
    fn what_is_no_zone_is_none() {
        for name in [
            "",
            "Nowhere/Zone",
            "../../../etc/passwd",
            "Europe",
            "posixrules/",
            "tzdata.zi",
            "posix/Europe/London",
            "right/Europe/London",
        ] {
            assert!(find(name).is_none(), "{name}");
            assert!(TimeZone::get(name).is_err(), "{name}");
        }
    }
}
