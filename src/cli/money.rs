//! Amounts as people write and read them, in the currency of the space; programs get minor units.

use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

use super::{CliError, fetch};
use crate::{
    domain::{
        model::{Money, text},
        payments::{decimal, digits},
    },
    store::Revision,
};

/// An amount and how many of its digits are minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Amount {
    minor: Money,
    digits: u8,
}

/// How amounts are written in a space.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Currency {
    code: String,
    digits: u8,
}

/// An amount as somebody wrote it, `25` or `25.00`, in major units of whatever the currency is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Written {
    whole: Money,
    behind: String,
}

impl Currency {
    /// Returns the currency of a space.
    ///
    /// # Errors
    /// That the settings cannot be read.
    pub(super) fn of(head: &Revision<'_>) -> Result<Self, CliError> {
        Ok(Self::named(&fetch::space(head)?.currency))
    }

    /// Takes a currency by its code.
    #[must_use]
    pub(super) fn named(code: &str) -> Self {
        Self { code: code.to_owned(), digits: digits(code) }
    }

    /// Returns an amount of minor units for people to read.
    #[must_use]
    pub(super) const fn amount(&self, minor: Money) -> Amount {
        Amount { minor, digits: self.digits }
    }

    /// Returns what somebody wrote in minor units.
    ///
    /// # Errors
    /// That it has more digits than the currency, or is too large.
    pub(super) fn minor(&self, written: &Written) -> Result<Money, CliError> {
        let (Written { whole, behind }, digits) = (written, usize::from(self.digits));
        if behind.len() > digits {
            let most = match digits {
                0 => "no digits".to_owned(),
                1 => "one digit".to_owned(),
                most => format!("{most} digits"),
            };
            return Err(CliError::user(format!(
                "`{whole}.{behind}` is no amount: {} has {most} behind the point",
                self.code
            )));
        }
        let behind: Money = format!("0{behind:0<digits$}").parse().unwrap_or_default();
        let unit = 10_i64.pow(u32::from(self.digits));
        let minor = whole.checked_mul(unit).and_then(|minor| minor.checked_add(behind));
        minor.ok_or_else(|| CliError::user(format!("`{whole}` is too large an amount")))
    }

    /// As [`Self::minor`], for what may be left out.
    ///
    /// # Errors
    /// As there.
    pub(super) fn maybe(&self, written: Option<&Written>) -> Result<Option<Money>, CliError> {
        written.map(|written| self.minor(written)).transpose()
    }
}

impl FromStr for Written {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{}` is no amount: write 25 or 25.00", text::shown(text));
        let (whole, behind) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        // No currency has more than four, and nobody writes more than they mean.
        if !digits(whole) || !digits(behind) || behind.len() > 4 {
            return Err(wrong());
        }
        let whole = whole.parse().map_err(|_| wrong())?;
        Ok(Self { whole, behind: behind.trim_end_matches('0').to_owned() })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&decimal(self.minor, self.digits))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(text: &str, currency: &str) -> Option<Money> {
        Currency::named(currency).minor(&text.parse().ok()?).ok()
    }

    #[test]
    fn amounts_are_read_exactly_in_their_currency() {
        for (text, pounds) in [("25", 2500), ("25.00", 2500), ("0.5", 50), ("12.34", 1234)] {
            assert_eq!(minor(text, "GBP"), Some(pounds), "{text}");
        }
        for text in ["", "-1", "1.234", "1,50", "x", ".", "1.", "99999999999999999999"] {
            assert_eq!(minor(text, "GBP"), None, "{text}");
        }
        assert_eq!((minor("3000", "JPY"), minor("3000.5", "JPY")), (Some(3000), None));
        assert_eq!(minor("3000.00", "JPY"), Some(3000));
        assert_eq!((minor("1.234", "KWD"), minor("1.2", "KWD")), (Some(1234), Some(1200)));
        assert_eq!(minor("92233720368547758.08", "GBP"), None);
    }

    #[test]
    fn amounts_are_shown_in_their_currency() {
        let shown = |code, minor| Currency::named(code).amount(minor).to_string();
        assert_eq!((shown("GBP", 2500), shown("GBP", -5)), ("25.00".into(), "-0.05".into()));
        assert_eq!((shown("JPY", 2500), shown("KWD", 2500)), ("2500".into(), "2.500".into()));
    }
}
