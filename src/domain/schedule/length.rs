//! The length of an event: DTEND or DURATION (RFC 5545 §3.3.6, §3.8.2.2, §3.8.2.5).

use jiff::{SignedDuration, civil::DateTime};

use super::{
    TimespecError,
    component::Component,
    content_line::ContentLine,
    date_or_time::{DateOrTime, number},
    zone::Zone,
    zones::{ZonedMoment, Zones},
};
use crate::domain::model::text::shown;

/// The length of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Length {
    /// Calendar days, whatever the clocks do meanwhile.
    pub(super) days: i64,
    /// Time on the local clock, whatever is done to it meanwhile.
    pub(super) local: SignedDuration,
    /// Elapsed time.
    pub(super) time: SignedDuration,
}

impl Length {
    /// The maximum number of days, which keeps all arithmetic within its limits.
    const MOST_DAYS: i64 = 36_525;

    /// Makes a length of whole days.
    pub(super) const fn of_days(days: i64) -> Self {
        Self { days, local: SignedDuration::ZERO, time: SignedDuration::ZERO }
    }

    /// Reads `P1DT2H`, `PT90M`, `P2W`; refuses negative and zero durations.
    pub(super) fn read(line: &ContentLine, value: &str) -> Result<Self, TimespecError> {
        let length = Self::parse(value.trim())
            .ok_or_else(|| line.refuse_value(value, "duration (PT1H30M, P2D, P1W)"))?;
        if length.days == 0 && length.time.is_zero() {
            return Err(line.refuse("the event has zero length"));
        }
        Ok(length)
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
        let (days, time) = match text.split_once('T') {
            Some((days, time)) if !time.is_empty() => (days, time),
            Some(_) => return None,
            None if text.is_empty() => return None,
            None => (text, ""),
        };
        let days = units(days, &[('W', 7), ('D', 1)])?;
        let seconds = units(time, &[('H', 3600), ('M', 60), ('S', 1)])?;
        if days > Self::MOST_DAYS || seconds > Self::MOST_DAYS * 86_400 {
            return None;
        }
        let time = SignedDuration::from_secs(seconds);
        Some(Self { days, local: SignedDuration::ZERO, time })
    }
}

/// Reads DTEND or DURATION of an event that starts at `start` in `zone`.
pub(super) fn of_event(
    part: &Component,
    start_line: &ContentLine,
    zones: &mut Zones<'_>,
    start: &ZonedMoment,
    zone: &Zone,
) -> Result<Length, TimespecError> {
    let is_day = matches!(start.written, DateOrTime::Day(_));
    match (part.one("DTEND")?, part.one("DURATION")?) {
        (Some(_), Some(line)) => {
            Err(line.refuse("the event has both DTEND and DURATION: remove one of them"))
        }
        (None, Some(line)) => {
            let length = Length::read(line, &line.value)?;
            if is_day && !length.time.is_zero() {
                return Err(line.refuse(
                    "the duration of an all-day event must be in days (P2D) or weeks (P1W)",
                ));
            }
            Ok(length)
        }
        (None, None) if is_day => Ok(Length::of_days(1)),
        (None, None) => Err(start_line.refuse("the event has no end: add DTEND or DURATION")),
        (Some(line), None) => {
            let end = zones.moment(line, &line.value)?;
            match (start.written, end.written) {
                (DateOrTime::Day(first), DateOrTime::Day(last)) => {
                    let days = last.duration_since(first).as_hours() / 24;
                    if days < 1 {
                        return Err(not_after(line));
                    }
                    Ok(Length::of_days(days))
                }
                (DateOrTime::Day(_), _) | (_, DateOrTime::Day(_)) => {
                    Err(line.refuse("DTEND must have the same type as DTSTART: a date or a time"))
                }
                (DateOrTime::Local(at) | DateOrTime::Utc(at), _) => {
                    if start.zone.is_some() != end.zone.is_some() {
                        let message = "DTSTART and DTEND must both have a time zone, or neither";
                        return Err(line.refuse(message));
                    }
                    let length = exact(line, at, zone, &end)?;
                    match part.one(LOCAL_END)? {
                        Some(_) => local(start, &end).map_or(Ok(length), Ok),
                        None => Ok(length),
                    }
                }
            }
        }
    }
}

/// Says that each instance of an event ends at the local time of its DTEND. RFC 5545 gives all of them
/// the exact length of the first one, so that one over a night ends an hour early or late when clocks
/// change; programs that do not know this property do that.
pub(super) const LOCAL_END: &str = "X-SPACE-LOCAL-END";

/// Returns the time between a start and an end on the clock of one zone.
fn local(start: &ZonedMoment, end: &ZonedMoment) -> Option<Length> {
    let (DateOrTime::Local(from), DateOrTime::Local(to)) = (start.written, end.written) else {
        return None;
    };
    let name = |it: &ZonedMoment| it.zone.as_ref().map(|zone| zone.rules.clone());
    let local = to.duration_since(from);
    (name(start) == name(end) && local > SignedDuration::ZERO)
        .then_some(Length { local, ..Length::of_days(0) })
}

/// Returns the time that elapses between a start and an end.
pub(super) fn exact(
    line: &ContentLine,
    start: DateTime,
    zone: &Zone,
    end: &ZonedMoment,
) -> Result<Length, TimespecError> {
    let (DateOrTime::Local(end_at) | DateOrTime::Utc(end_at)) = end.written else {
        return Err(line.refuse_value(&line.value, "time"));
    };
    let end_zone = end.zone.as_ref().unwrap_or(zone);
    match (zone.instant(start), end_zone.instant(end_at)) {
        (Some(start), Some(end)) if start < end => {
            Ok(Length { time: end.duration_since(start), ..Length::of_days(0) })
        }
        (Some(_), Some(_)) => Err(not_after(line)),
        _ => Err(line.refuse_value(&shown(&line.value), "time that can be evaluated")),
    }
}

fn not_after(line: &ContentLine) -> TimespecError {
    line.refuse(format!("the event ends at {}, which is not after its start", shown(&line.value)))
}

/// Adds up `1H30M`; each unit may occur once, in this order.
fn units(mut text: &str, known: &[(char, i64)]) -> Option<i64> {
    let mut sum = 0_i64;
    for (unit, worth) in known {
        if let Some((digits, rest)) = text.split_once(*unit) {
            sum = sum.checked_add(number(digits)?.checked_mul(*worth)?)?;
            text = rest;
        }
    }
    text.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_strictly() {
        let time = SignedDuration::from_secs;
        let of = |days, seconds| Some(Length { time: time(seconds), ..Length::of_days(days) });
        assert_eq!(Length::parse("P1DT2H"), of(1, 7200));
        assert_eq!(Length::parse("+PT1H30M5S"), of(0, 5405));
        assert_eq!(Length::parse("P2W"), of(14, 0));
        for bad in
            ["", "P", "PT", "-PT1H", "1H", "PT1", "PTH", "PT1M1H", "P1H", "P99999999999D", "PT1H1H"]
        {
            assert_eq!(Length::parse(bad), None, "{bad}");
        }
    }
}
