//! A decimal number in a record: a price of a kilowatt-hour, a temperature.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::text;

/// What one is, in millionths.
const ONE: i64 = 1_000_000;

/// The greatest number, either way. Up to here, every millionth has a floating-point number of its own.
const MOST: i64 = 1_000_000_000;

/// A number with up to six decimals, between minus and plus 1,000,000,000. In JSON it is a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i64);

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// Makes a whole number.
    #[must_use]
    pub const fn whole(number: i32) -> Self {
        Self(number as i64 * ONE)
    }

    /// Returns it in millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Returns the nearest floating-point number.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / ONE as f64
    }

    /// Takes a floating-point number that has at most six decimals.
    fn exact(number: f64) -> Result<Self, String> {
        if !number.is_finite() || number.abs() > MOST as f64 {
            return Err(format!("a number between -{MOST} and {MOST} is expected"));
        }
        let millionths = (number * ONE as f64).round() as i64;
        let read = Self(millionths);
        match read.as_f64().to_bits() == (number + 0.0).to_bits() {
            true => Ok(read),
            false => Err("a number with at most six decimals is expected".to_owned()),
        }
    }
}

impl FromStr for Decimal {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = written.strip_prefix('-').unwrap_or(written);
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let wrong = || format!("`{}` is not a number like 12.5", text::shown(written));
        if whole.is_empty() || decimals.is_empty() || !digits(whole) || !digits(decimals) {
            return Err(wrong());
        }
        let number: f64 = written.parse().map_err(|_| wrong())?;
        Self::exact(number).map_err(|expected| format!("`{}`: {expected}", text::shown(written)))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) =
            (self.0.unsigned_abs() / ONE as u64, self.0.unsigned_abs() % ONE as u64);
        let decimals = format!("{rest:06}");
        match decimals.trim_end_matches('0') {
            "" => f.pad(&format!("{sign}{whole}")),
            decimals => f.pad(&format!("{sign}{whole}.{decimals}")),
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl JsonSchema for Decimal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "number",
            "minimum": -MOST,
            "maximum": MOST,
            "description": "A number with at most six decimals.",
        })
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 % ONE {
            0 => serializer.serialize_i64(self.0 / ONE),
            _ => serializer.serialize_f64(self.as_f64()),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::exact(f64::deserialize(from)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_a_plain_number_is_refused() {
        for written in
            ["", "-", ".5", "5.", "1,5", "1e3", "nan", "inf", "+1", "0.1234567", "1000000001", " 1"]
        {
            assert!(written.parse::<Decimal>().is_err(), "{written}");
        }
        for json in ["1e400", "0.1234567", "1000000001", "\"1\"", "null", "[1]"] {
            assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
        }
        let read = |json: &str| serde_json::from_str::<Decimal>(json).unwrap().to_string();
        assert_eq!(
            [read("20.0"), read("-0.0"), read("2e1"), read("0.245")],
            ["20", "0", "20", "0.245"]
        );
    }

    proptest! {
        #[test]
        fn every_number_is_read_as_it_is_written(millionths in -MOST * ONE..=MOST * ONE) {
            let number = Decimal(millionths);
            prop_assert_eq!(number.to_string().parse(), Ok(number));
            let json = serde_json::to_string(&number).unwrap();
            prop_assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), number);
        }
    }
}
