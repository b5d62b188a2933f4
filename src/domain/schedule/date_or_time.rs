//! Dates and times as written in a calendar (RFC 5545 §3.3.4, §3.3.5).

use jiff::civil::{Date, DateTime, Time};

use super::{TimespecError, content_line::ContentLine};

/// The years in which an event may take place.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=9999;

/// A date, or a date with a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DateOrTime {
    /// `20260105`
    Day(Date),
    /// `20260105T190000`, whose zone is given elsewhere.
    Local(DateTime),
    /// `20260105T190000Z`
    Utc(DateTime),
}

impl DateOrTime {
    /// Reads one value of a line.
    pub(super) fn read(line: &ContentLine, value: &str) -> Result<Self, TimespecError> {
        Self::parse(value.trim()).ok_or_else(|| {
            line.refuse_value(value, "date (20260105) or time (20260105T190000, …Z in UTC)")
        })
    }

    /// Returns the local time that it shows; for a day, midnight.
    pub(super) fn clock(self) -> DateTime {
        match self {
            Self::Day(day) => day.to_datetime(Time::midnight()),
            Self::Local(at) | Self::Utc(at) => at,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if !text.is_ascii() {
            return None;
        }
        let (day, time) = match text.split_once('T') {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        let piece = |t: &str, from: usize, to: usize| {
            t.get(from..to).and_then(number).and_then(|n| i16::try_from(n).ok())
        };
        let small = |n: i16| i8::try_from(n).ok();
        let year = piece(day, 0, 4).filter(|year| YEARS.contains(year))?;
        let date = Date::new(year, small(piece(day, 4, 6)?)?, small(piece(day, 6, 8)?)?).ok()?;
        let Some(time) = time else {
            return (day.len() == 8).then_some(Self::Day(date));
        };
        let (time, utc) = match time.strip_suffix('Z') {
            Some(time) => (time, true),
            None => (time, false),
        };
        if day.len() != 8 || time.len() != 6 {
            return None;
        }
        // A leap second is read as the second before it, as §3.3.12 advises.
        let second = small(piece(time, 4, 6)?)?;
        let second = if second == 60 { 59 } else { second };
        let (hour, minute) = (small(piece(time, 0, 2)?)?, small(piece(time, 2, 4)?)?);
        let time = Time::new(hour, minute, second, 0).ok()?;
        let both = date.to_datetime(time);
        Some(if utc { Self::Utc(both) } else { Self::Local(both) })
    }
}

/// Reads digits only.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_strictly() {
        let day = jiff::civil::date(2026, 1, 5);
        assert_eq!(DateOrTime::parse("20260105"), Some(DateOrTime::Day(day)));
        assert_eq!(
            DateOrTime::parse("20260105T190000"),
            Some(DateOrTime::Local(day.at(19, 0, 0, 0)))
        );
        assert_eq!(
            DateOrTime::parse("20260105T190060Z"),
            Some(DateOrTime::Utc(day.at(19, 0, 59, 0)))
        );
        for bad in [
            "",
            "2026",
            "20260230",
            "20260105T",
            "20260105T19",
            "20260105T1900",
            "20260105T250000",
            "20260105T190000z",
            "20260105T190000+0100",
            "2026-01-05",
            "202601051",
            "+0260105",
            "20260105T-90000",
            "00000101",
            "２０２６0105",
            "20260105T190000ZZ",
        ] {
            assert_eq!(DateOrTime::parse(bad), None, "{bad}");
        }
    }
}
