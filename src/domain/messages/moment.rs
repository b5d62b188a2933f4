//! The instants in a message: ISO 8601, in UTC unless an offset says otherwise.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::domain::model::text;

/// Reads an instant: with `Z`, with an offset, or a date and time without either, which is UTC.
///
/// # Errors
/// A sentence about what is not an instant.
pub(super) fn moment(written: &str) -> Result<Timestamp, String> {
    let wrong = || {
        format!(
            "`{}` is not a date and time: write it like 2026-01-31T18:00:00Z",
            text::shown(written)
        )
    };
    // The name of a zone might contradict the offset.
    if written.len() > 64 || written.contains('[') {
        return Err(wrong());
    }
    if let Ok(at) = written.parse() {
        return Ok(at);
    }
    // What is read without an offset must have none, or it would be dropped.
    let (_, clock) = written.split_once(['T', 't', ' ']).ok_or_else(wrong)?;
    if clock.contains(|c: char| !matches!(c, '0'..='9' | ':' | '.' | ',')) {
        return Err(wrong());
    }
    let at: DateTime = written.parse().map_err(|_| wrong())?;
    Ok(at.to_zoned(TimeZone::UTC).map_err(|_| wrong())?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `"effective" : "ISO8601 UTC Time"`
    #[test]
    fn an_offset_is_converted_and_a_bare_time_is_utc() {
        for (written, read) in [
            ("2021-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
            ("2021-01-01T00:00:00", "2021-01-01T00:00:00Z"),
            ("2021-01-01 00:00:00", "2021-01-01T00:00:00Z"),
            ("2021-01-01T00:00", "2021-01-01T00:00:00Z"),
            ("2021-01-01T00:00:00.123456", "2021-01-01T00:00:00.123456Z"),
            ("20210101T000000Z", "2021-01-01T00:00:00Z"),
            ("2021-01-01T00:00:00-06:00", "2021-01-01T06:00:00Z"),
            ("2021-01-01T00:00:00+0530", "2020-12-31T18:30:00Z"),
            ("2021-01-01T00:00:00+00:00", "2021-01-01T00:00:00Z"),
        ] {
            assert_eq!(moment(written).map(|at| at.to_string()), Ok(read.to_owned()), "{written}");
        }
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        let long = format!("2021-01-01T00:00:00{}Z", "0".repeat(10_000));
        for written in [
            "",
            "2021-01-01",
            "now",
            "1609459200",
            "2021-13-01T00:00:00Z",
            "2021-02-29T00:00:00",
            "2021-01-01T25:00:00",
            "2021-01-01T00:00:00+99:00",
            "2021-01-01T00:00:00 UTC",
            "2021-01-01T00:00:00-06:00[America/New_York]",
            "2021-01-01T00:00:00[UTC]",
            "2021-01-01T00:00:00Z\n",
            "-009999-01-02T00:00:00Zx",
            "99999-01-01T00:00:00Z",
            &long,
        ] {
            let why = moment(written).unwrap_err();
            assert!(why.contains("is not a date and time") && why.len() < 250, "{why}");
            assert!(!why.contains('\n'), "{why}");
        }
    }
}
