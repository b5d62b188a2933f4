//! The number of a member, written with at least four digits.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de::Error as _};

use super::text_schema::written_as;

/// A member's number: `0042`, `3870`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(u64);

impl MemberId {
    /// The largest number that a member may have: twelve digits.
    pub const MAX: u64 = 999_999_999_999;

    /// Makes an id from its number.
    ///
    /// # Errors
    /// A sentence if the number has more than twelve digits.
    pub fn new(number: u64) -> Result<Self, String> {
        if number > Self::MAX {
            return Err(format!("member number {number} has more than 12 digits"));
        }
        Ok(Self(number))
    }

    /// Returns the number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Returns the name of the folder that holds this member's folder: the number without its last
    /// two digits, so that no folder grows large.
    #[must_use]
    pub fn bucket(self) -> String {
        format!("{:02}", self.0 / 100)
    }

    /// Passes the digits to `take` without allocating, since lists have many of them.
    fn written<T>(self, take: impl FnOnce(&str) -> T) -> T {
        let mut digits = [b'0'; 12];
        let (mut first, mut rest) = (digits.len(), self.0);
        while rest > 0 {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let digits = &digits[first.min(digits.len() - 4)..];
        take(std::str::from_utf8(digits).expect("digits are text"))
    }
}

impl fmt::Display for MemberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written(|digits| f.pad(digits))
    }
}

impl fmt::Debug for MemberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for MemberId {
    type Err = String;

    /// Reads digits; leading zeros beyond four digits are dropped.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!("`{text}` is not a member number: use digits only, like 0042"));
        }
        let number = text.parse().map_err(|_| format!("`{text}` has more than 12 digits"))?;
        Self::new(number)
    }
}

written_as!(MemberId, r"^[0-9]{4,12}$", "The number of a member, with at least four digits.");

impl Serialize for MemberId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written(|digits| serializer.serialize_str(digits))
    }
}

impl<'de> Deserialize<'de> for MemberId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let id: Self = text.parse().map_err(D::Error::custom)?;
        if id.to_string() != text {
            return Err(D::Error::custom(format!("`{text}` is written `{id}`")));
        }
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_at_least_four_digits_and_a_bucket_of_a_hundred() {
        for (text, shown, bucket) in [
            ("42", "0042", "00"),
            ("0042", "0042", "00"),
            ("3870", "3870", "38"),
            ("123456", "123456", "1234"),
            ("0", "0000", "00"),
            ("999999999999", "999999999999", "9999999999"),
        ] {
            let id: MemberId = text.parse().unwrap();
            assert_eq!((id.to_string().as_str(), id.bucket().as_str()), (shown, bucket));
            assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{shown}\""));
            assert_eq!(format!("{id:>14}|{id:<14}"), format!("{shown:>14}|{shown:<14}"));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-1", "4x", "٤٢", "9999999999999", "99999999999999999999999"] {
            assert!(text.parse::<MemberId>().is_err(), "{text}");
        }
    }
}
