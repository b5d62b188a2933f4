//! The code by which a member says at a chat who they are. It is on their profile page, which nobody else
//! sees.

use jiff::civil::Date;

use crate::domain::model::{MemberId, SpaceKey};

/// Digits that are not mistaken for one another.
const DIGITS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Returns the code of a member, which is good on a local day and the next one.
#[must_use]
pub fn code(key: &SpaceKey, member: MemberId, day: Date) -> String {
    let proof = key.proof(&format!("chat-link:{member}:{day}"));
    let digit = |byte: &u8| char::from(DIGITS[usize::from(*byte) % DIGITS.len()]);
    let digits: String = proof.iter().take(8).map(digit).collect();
    format!("{member}-{}-{}", &digits[..4], &digits[4..])
}

/// Returns the member whose code it is on a local day.
#[must_use]
pub fn fits(key: &SpaceKey, typed: &str, today: Date) -> Option<MemberId> {
    let typed = typed.trim().to_uppercase();
    let member: MemberId = typed.split('-').next()?.parse().ok()?;
    let yesterday = today.yesterday().unwrap_or(today);
    [today, yesterday].iter().any(|day| code(key, member, *day) == typed).then_some(member)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_code_is_of_one_member_and_good_until_the_next_day() {
        let key = SpaceKey::from_bytes([7; 32]);
        let (ada, day) = (MemberId::new(42).unwrap(), date(2026, 3, 2));
        let it = code(&key, ada, day);
        assert!(it.starts_with("0042-") && it.len() == 14, "{it}");
        assert_eq!(fits(&key, &it.to_lowercase(), day), Some(ada));
        assert_eq!(fits(&key, &it, date(2026, 3, 3)), Some(ada));
        assert_eq!(fits(&key, &it, date(2026, 3, 4)), None);
        assert_eq!(fits(&key, &it, date(2026, 3, 1)), None);
        assert_eq!(fits(&key, &it.replace("0042", "0043"), day), None);
        assert_eq!(fits(&SpaceKey::from_bytes([8; 32]), &it, day), None);
        for bad in ["", "0042", "0042-", "x-ABCD-EFGH", "-"] {
            assert_eq!(fits(&key, bad, day), None, "{bad}");
        }
    }
}
