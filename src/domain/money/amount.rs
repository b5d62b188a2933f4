//! Amounts formatted for people; programs get minor units.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::domain::model::Money;

/// An amount, and how many of its digits are minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount {
    /// The amount in minor units.
    pub minor: Money,
    /// The number of decimal places.
    pub digits: u8,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&decimal(self.minor, self.digits))
    }
}

impl JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "description": "An amount of money in minor units.",
        })
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(self.minor)
    }
}

/// Formats an amount in minor units with the given number of decimal places.
#[must_use]
pub fn decimal(minor: Money, digits: u8) -> String {
    let (sign, width) = (if minor < 0 { "-" } else { "" }, usize::from(digits));
    let text = format!("{:0>1$}", minor.unsigned_abs(), width + 1);
    let (whole, rest) = text.split_at(text.len() - width);
    if width == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_of_an_amount_is_shown() {
        for (minor, digits, expected) in
            [(-1205, 2, "-12.05"), (-1205, 0, "-1205"), (-1205, 3, "-1.205"), (-5, 2, "-0.05")]
        {
            assert_eq!(decimal(minor, digits), expected);
        }
        assert_eq!((decimal(0, 2), decimal(0, 0)), ("0.00".into(), "0".into()));
        assert_eq!(decimal(Money::MIN, 2), "-92233720368547758.08");
    }

    #[test]
    fn people_read_it_in_a_column_and_programs_get_minor_units() {
        let amount = Amount { minor: 2500, digits: 2 };
        assert_eq!(format!("{amount:>8}|"), "   25.00|");
        assert_eq!(serde_json::to_string(&amount).unwrap(), "2500");
    }
}
