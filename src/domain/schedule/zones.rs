//! Which zone a TZID stands for: a known one if possible, else the definition in the file.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::{
    TimespecError, component::Component, content_line::ContentLine, date_or_time::DateOrTime,
    vtimezone, windows_zones, zone::Zone,
};
use crate::{domain::model::text::shown, time_zones};

/// Names in a zone database that do not stand for a place.
const NO_PLACES: [&str; 4] = ["localtime", "posixrules", "factory", "etc/unknown"];

/// The zones that a calendar can name.
pub(super) struct Zones<'a> {
    space: Zone,
    defined: HashMap<String, Vec<&'a Component>>,
    known: HashMap<String, Zone>,
}

/// A time together with its zone as written.
#[derive(Clone, Debug)]
pub(super) struct ZonedMoment {
    pub(super) written: DateOrTime,
    /// The zone of a TZID, or UTC; `None` for dates and floating times.
    pub(super) zone: Option<Zone>,
}

impl<'a> Zones<'a> {
    /// Collects the definitions in a calendar.
    pub(super) fn read(calendar: &'a Component, space: &TimeZone) -> Result<Self, TimespecError> {
        let mut defined: HashMap<String, Vec<&Component>> = HashMap::new();
        for part in calendar.parts.iter().filter(|part| part.name == "VTIMEZONE") {
            let Some(id) = part.one("TZID")? else {
                return Err(part.refuse("the VTIMEZONE has no TZID"));
            };
            defined.entry(unescaped(id.value.trim())).or_default().push(part);
        }
        Ok(Self { space: Zone::of_all_time(space.clone()), defined, known: HashMap::new() })
    }

    /// Returns the space's zone.
    pub(super) fn space(&self) -> Zone {
        self.space.clone()
    }

    /// Reads a date or time of a line, with its zone.
    pub(super) fn moment(
        &mut self,
        line: &ContentLine,
        value: &str,
    ) -> Result<ZonedMoment, TimespecError> {
        let written = DateOrTime::read(line, value)?;
        let is_day = matches!(written, DateOrTime::Day(_));
        let fits = match line.param("VALUE")?.map(str::to_ascii_uppercase).as_deref() {
            None | Some("PERIOD") => true,
            Some("DATE") => is_day,
            Some("DATE-TIME") => !is_day,
            Some(_) => false,
        };
        if !fits {
            return Err(line.refuse_value(value, "value of the type that VALUE names"));
        }
        let zone = match (written, line.param("TZID")?) {
            (DateOrTime::Utc(_), None) => Some(Zone::of_all_time(TimeZone::UTC)),
            (DateOrTime::Utc(_), Some(_)) => {
                return Err(line.refuse("a time with Z is in UTC and must not have a TZID"));
            }
            (DateOrTime::Day(_), _) | (DateOrTime::Local(_), None) => None,
            (DateOrTime::Local(at), Some(id)) => {
                let zone = self.find(line, id)?;
                if at < zone.since {
                    let message = format!("the file defines `{}` for later times only", shown(id));
                    return Err(line.refuse(message));
                }
                Some(zone)
            }
        };
        Ok(ZonedMoment { written, zone })
    }

    fn find(&mut self, line: &ContentLine, id: &str) -> Result<Zone, TimespecError> {
        let id = &*unescaped(id.trim());
        if let Some(zone) = self.known.get(id) {
            return Ok(zone.clone());
        }
        let zone = match (known(id), self.defined.get(id).map(Vec::as_slice)) {
            (Some(zone), _) => Zone::of_all_time(zone),
            (None, Some([_, second, ..])) => {
                return Err(second.refuse("there is a second VTIMEZONE with this name"));
            }
            (None, Some([definition])) => {
                let place = definition.one("X-LIC-LOCATION")?.and_then(|l| known(l.value.trim()));
                match place {
                    Some(zone) => Zone::of_all_time(zone),
                    None => vtimezone::read(definition)?,
                }
            }
            (None, _) => {
                return Err(line.refuse(format!(
                    "the time zone `{}` is not known: write an IANA name such as Europe/London",
                    shown(id)
                )));
            }
        };
        self.known.insert(id.to_owned(), zone.clone());
        Ok(zone)
    }
}

/// Returns a TEXT without its escapes (RFC 5545 §3.3.11).
fn unescaped(text: &str) -> String {
    text.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

/// Finds a zone by its IANA or Windows name, also after a program's prefix
/// (`/freeassociation.sourceforge.net/America/Chicago`).
fn known(id: &str) -> Option<TimeZone> {
    if let Some(id) = id.strip_prefix('/') {
        let starts = std::iter::successors(id.split_once('/'), |(_, rest)| rest.split_once('/'));
        return starts.filter(|(_, rest)| rest.contains('/')).find_map(|(_, rest)| place(rest));
    }
    place(id).or_else(|| place(windows_zones::find(id)?))
}

fn place(name: &str) -> Option<TimeZone> {
    let is_name = name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b))
        && !NO_PLACES.iter().any(|no| no.eq_ignore_ascii_case(name));
    is_name.then(|| time_zones::find(name))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_found_by_every_usual_name() {
        for id in [
            "America/Chicago",
            "america/chicago",
            "Central Standard Time",
            "/freeassociation.sourceforge.net/America/Chicago",
            "/freeassociation.sourceforge.net/Tzfile/America/Chicago",
            "/mozilla.org/20050126_1/America/Chicago",
            "US/Central",
        ] {
            let zone = known(id).unwrap_or_else(|| panic!("{id}"));
            let noon = jiff::civil::date(2026, 7, 1).at(12, 0, 0, 0);
            assert_eq!(
                zone.to_timestamp(noon).unwrap().to_string(),
                "2026-07-01T17:00:00Z",
                "{id}"
            );
        }
        assert!(known("UTC").is_some() && known("Etc/GMT+3").is_some());
    }

    #[test]
    fn an_invalid_path_has_no_place() {
        for id in [
            "",
            "/",
            "//",
            "localtime",
            "Etc/Unknown",
            "Nowhere/Zone",
            "../../etc/passwd",
            "Zürich",
        ] {
            assert!(known(id).is_none(), "{id}");
        }
    }
}
