//! What AWS says about a clock that is wrong: how far, and which way.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

/// Returns by how much our clock is ahead of AWS's, or behind it if negative; `None` if a message is
/// not about that.
///
/// The messages are `Signature expired: 20260302T180000Z is now earlier than 20260302T180100Z
/// (20260302T180600Z - 5 min.)` and `Signature not yet current: 20260302T181200Z is still later than
/// 20260302T181100Z (20260302T180600Z + 5 min.)`: our time, the limit, and theirs.
pub(super) fn ahead(message: &str) -> Option<SignedDuration> {
    if !message.contains("Signature expired") && !message.contains("Signature not yet current") {
        return None;
    }
    let words = message.split(|c: char| !c.is_ascii_alphanumeric());
    let mut times = words.filter_map(time);
    let (ours, _, theirs) = (times.next()?, times.next()?, times.next()?);
    Some(ours.duration_since(theirs))
}

/// Reads a time as signatures have it: `20260302T180000Z`.
fn time(word: &str) -> Option<Timestamp> {
    let civil = DateTime::strptime("%Y%m%dT%H%M%S", word.strip_suffix('Z')?).ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Says what is wrong with the clock.
pub(super) fn say(ahead: SignedDuration) -> String {
    let seconds = ahead.as_secs().unsigned_abs();
    let much = match (seconds / 3600, seconds.div_ceil(60)) {
        (0, 1) => "a minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (1, _) => "an hour or more".to_owned(),
        (hours, _) if hours < 48 => format!("{hours} hours"),
        (hours, _) => format!("{} days", hours / 24),
    };
    let way = if ahead.is_negative() { "behind" } else { "ahead of" };
    format!("the clock of this machine is {much} {way} the one of AWS: set it by the network")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_told() {
        for (message, words) in [
            (
                "Signature expired: 20260302T180000Z is now earlier than 20260302T180100Z \
                 (20260302T180600Z - 5 min.)",
                "6 minutes behind the one",
            ),
            (
                "Signature not yet current: 20260302T181200Z is still later than \
                 20260302T181100Z (20260302T180600Z + 5 min.)",
                "6 minutes ahead of the one",
            ),
            (
                "Signature expired: 19700101T000100Z is now earlier than 20260302T180100Z \
                 (20260302T180600Z - 5 min.)",
                "20514 days behind",
            ),
        ] {
            let said = say(ahead(message).unwrap());
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(ahead("Signature expired: it is late"), None);
        assert_eq!(ahead("The security token included in the request is invalid."), None);
    }
}
