//! How moments and lengths of time are shown to people.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// Formats a moment for people, in a zone.
#[must_use]
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M").to_string()
}

/// Describes roughly how long ago something was, for a sentence: `3 minutes ago`.
#[must_use]
pub fn ago(distance: SignedDuration) -> String {
    if distance.is_negative() {
        return "in the future, by this machine's clock".to_owned();
    }
    format!("{} ago", length(distance))
}

/// Says how long a time is, in one unit: `3 days`.
#[must_use]
pub fn length(time: SignedDuration) -> String {
    let (seconds, minutes, hours) = (time.as_secs(), time.as_mins(), time.as_hours());
    let (count, unit) = match (seconds, minutes, hours) {
        (..120, ..) => (seconds, "second"),
        (_, ..120, _) => (minutes, "minute"),
        (.., ..48) => (hours, "hour"),
        _ => (hours / 24, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_is_told_in_one_unit() {
        for (seconds, words) in [
            (-1, "in the future, by this machine's clock"),
            (0, "0 seconds ago"),
            (1, "1 second ago"),
            (119, "119 seconds ago"),
            (120, "2 minutes ago"),
            (7_199, "119 minutes ago"),
            (7_200, "2 hours ago"),
            (172_799, "47 hours ago"),
            (172_800, "2 days ago"),
        ] {
            assert_eq!(ago(SignedDuration::from_secs(seconds)), words);
        }
    }
}
