//! Amounts as people type them, `25` or `25.00`, in whatever currency.

use std::str::FromStr;

use crate::domain::model::{Money, text};

/// An amount as somebody typed it, in major units of whatever the currency is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenAmount {
    whole: Money,
    fraction: String,
}

impl WrittenAmount {
    /// Converts it to minor units of a currency with the given number of decimal places.
    pub(super) fn minor(&self, currency: &str, digits: u8) -> Result<Money, String> {
        let (Self { whole, fraction }, unit) = (self, 10_i64.pow(u32::from(digits)));
        let digits = usize::from(digits);
        if fraction.len() > digits {
            let allowed = match digits {
                0 => "no decimal places".to_owned(),
                1 => "one decimal place".to_owned(),
                allowed => format!("{allowed} decimal places"),
            };
            return Err(format!(
                "`{whole}.{fraction}` is not a valid amount: {currency} has {allowed}"
            ));
        }
        let fraction: Money = format!("0{fraction:0<digits$}").parse().unwrap_or_default();
        let minor = whole.checked_mul(unit).and_then(|minor| minor.checked_add(fraction));
        minor.ok_or_else(|| format!("`{whole}` is too large for an amount"))
    }
}

impl FromStr for WrittenAmount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{}` is not a valid amount: write 25 or 25.00", text::shown(text));
        let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        // No currency has more than four decimal places.
        if !digits(whole) || !digits(fraction) || fraction.len() > 4 {
            return Err(wrong());
        }
        let whole = whole.parse().map_err(|_| wrong())?;
        Ok(Self { whole, fraction: fraction.trim_end_matches('0').to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::money::Currency;

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
    fn a_refusal_says_how_many_digits_there_are() {
        let minor = |text: &str, code| Currency::named(code).minor(&text.parse().unwrap());
        let yen = "`1.5` is not a valid amount: JPY has no decimal places";
        let pounds = "`1.234` is not a valid amount: GBP has 2 decimal places";
        assert_eq!(minor("1.50", "JPY"), Err(yen.into()));
        assert_eq!(minor("1.234", "GBP"), Err(pounds.into()));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again(minor in 0..=Money::MAX, currency in 0..3_usize) {
            let currency = Currency::named(["GBP", "JPY", "KWD"][currency]);
            let written = currency.amount(minor).to_string().parse().unwrap();
            prop_assert_eq!(currency.minor(&written), Ok(minor));
        }
    }
}
