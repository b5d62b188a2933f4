//! The events of a calendar, with individual instances moved or cancelled (RFC 5545 §3.8.4.4).

use std::collections::BTreeMap;

use super::{
    TimespecError, component::Component, content_line::ContentLine, event::Event,
    parse_context::ParseContext, skips::Skips, vevent,
};
use crate::domain::model::text::shown;

/// A repeating event, or a single one.
struct Master {
    /// `None` if it was cancelled.
    event: Option<Event>,
    replaced: Skips,
    revision: String,
}

/// Reads the events of a calendar and applies the overrides of their instances.
pub(super) fn read(
    calendar: &Component,
    reading: &mut ParseContext<'_>,
) -> Result<Vec<Event>, TimespecError> {
    refuse_hidden(calendar, 0)?;
    let parts = || calendar.parts.iter().filter(|part| part.name == "VEVENT");
    if parts().next().is_none() {
        return Err(calendar.refuse("the calendar has no VEVENT"));
    }
    let mut series: BTreeMap<&str, Vec<Master>> = BTreeMap::new();
    for part in parts().filter(|part| part.all("RECURRENCE-ID").next().is_none()) {
        let event = vevent::read(part, reading)?;
        let event = (!is_cancelled(part)?).then_some(event);
        let revision = part.one("SEQUENCE")?.map_or_else(|| "0".into(), |l| l.value.clone());
        let same = series.entry(uid(part)?).or_default();
        if same.last().is_some_and(|other| other.revision != revision) {
            return Err(part.refuse("this event has the same UID as an earlier one"));
        }
        same.push(Master { event, replaced: Skips::default(), revision });
    }
    let mut events = Vec::new();
    for part in parts() {
        let Some(line) = part.one("RECURRENCE-ID")? else { continue };
        if is_superseded(part, line, calendar)? {
            continue;
        }
        let moved = read_override(part, line, reading)?;
        match series.get_mut(uid(part)?).map(Vec::as_mut_slice) {
            None => events.extend(moved),
            Some([master]) => {
                if let Some(event) = &master.event {
                    replace(event, &mut master.replaced, line, reading)?;
                    events.extend(moved);
                }
            }
            Some(_) => {
                let message = "several events have the UID that this override refers to";
                return Err(line.refuse(message));
            }
        }
    }
    for master in series.into_values().flatten() {
        if let Some(mut event) = master.event {
            event.skips.join(master.replaced);
            events.push(event);
        }
    }
    Ok(events)
}

/// Tells whether a later revision of an override stands for the same instance (RFC 5545 §3.8.7.4).
fn is_superseded(
    part: &Component,
    line: &ContentLine,
    calendar: &Component,
) -> Result<bool, TimespecError> {
    let own = (uid(part)?, line.value.trim(), line.param("TZID")?);
    let number = revision(part)?;
    for other in calendar.parts.iter().filter(|it| it.name == "VEVENT" && it.number != part.number)
    {
        if let Some(at) = other.one("RECURRENCE-ID")?
            && (uid(other)?, at.value.trim(), at.param("TZID")?) == own
            && revision(other)? > number
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the number of an event's revision.
fn revision(part: &Component) -> Result<i64, TimespecError> {
    let line = part.one("SEQUENCE")?;
    Ok(line.and_then(|line| line.value.trim().parse().ok()).unwrap_or(0))
}

/// Reads an event that overrides one instance of another; `None` if it is cancelled.
fn read_override(
    part: &Component,
    line: &ContentLine,
    reading: &mut ParseContext<'_>,
) -> Result<Option<Event>, TimespecError> {
    if line.param("RANGE")?.is_some() {
        let message = "RANGE is not supported: end the event and write another one instead";
        return Err(line.refuse(message));
    }
    for name in ["RRULE", "RDATE", "EXDATE"] {
        if let Some(extra) = part.all(name).next() {
            let message =
                format!("{name} is not valid with RECURRENCE-ID, which stands for one instance");
            return Err(extra.refuse(message));
        }
    }
    if is_cancelled(part)? {
        return Ok(None);
    }
    vevent::read(part, reading).map(Some)
}

/// Removes an instance from an event, because an override stands for it.
fn replace(
    event: &Event,
    replaced: &mut Skips,
    line: &ContentLine,
    reading: &mut ParseContext<'_>,
) -> Result<(), TimespecError> {
    let moment = reading.zones.moment(line, &line.value)?;
    let mut only = Skips::default();
    only.add(line, &moment, &event.zone, event.whole_days)?;
    if !replaced.add(line, &moment, &event.zone, event.whole_days)? {
        return Err(line.refuse("this instance is overridden twice"));
    }
    if event.has(&only, &mut reading.spare) == Ok(false) {
        let value = shown(&line.value);
        let about = format!("there is no instance at {value}; its replacement still takes place");
        reading.warn(line, about);
    }
    Ok(())
}

fn is_cancelled(part: &Component) -> Result<bool, TimespecError> {
    let Some(line) = part.one("STATUS")? else { return Ok(false) };
    match line.value.trim().to_ascii_uppercase().as_str() {
        "CANCELLED" => Ok(true),
        "CONFIRMED" | "TENTATIVE" => Ok(false),
        _ => Err(line.refuse_value(&line.value, "status (CONFIRMED, TENTATIVE, CANCELLED)")),
    }
}

fn uid(part: &Component) -> Result<&str, TimespecError> {
    Ok(part.one("UID")?.map_or("", |line| line.value.trim()))
}

/// Refuses an event nested in another component, where it would be overlooked.
fn refuse_hidden(part: &Component, depth: usize) -> Result<(), TimespecError> {
    for inner in &part.parts {
        if depth > 0 && inner.name == "VEVENT" {
            return Err(inner.refuse(format!("this VEVENT is inside a {}", shown(&part.name))));
        }
        refuse_hidden(inner, depth + 1)?;
    }
    Ok(())
}
