//! The number of a member, written with at least four digits.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de::Error as _};

/// A member's number: `0042`, `3870`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(u64);

impl MemberId {
    /// The largest number that a member may have; twelve digits.
    pub const MAX: u64 = 999_999_999_999;

    /// Makes an id from its number.
    ///
    /// # Errors
    /// A sentence when the number has more than twelve digits.
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

    /// Returns the name of the folder that holds this member's folder: the
    /// number without its last two digits, so that no folder grows large.
    #[must_use]
    pub fn bucket(self) -> String {
        format!("{:02}", self.0 / 100)
    }
}

impl fmt::Display for MemberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `pad` semantics would cut the digits, so width is applied to the finished text.
        if f.width().is_some() {
            f.pad(&format!("{:04}", self.0))
        } else {
            write!(f, "{:04}", self.0)
        }
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
            return Err(format!("`{text}` is no member number: digits only, like 0042"));
        }
        let number = text.parse().map_err(|_| format!("`{text}` has more than 12 digits"))?;
        Self::new(number)
    }
}

impl Serialize for MemberId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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
        ] {
            let id: MemberId = text.parse().unwrap();
            assert_eq!((id.to_string().as_str(), id.bucket().as_str()), (shown, bucket));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-1", "4x", "٤٢", "9999999999999", "99999999999999999999999"] {
            assert!(text.parse::<MemberId>().is_err(), "{text}");
        }
    }
}
