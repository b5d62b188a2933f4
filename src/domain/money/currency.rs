//! A currency and the number of its decimal places (ISO 4217).

use schemars::JsonSchema;
use serde::Serialize;

use super::{Amount, WrittenAmount, bank_amount};
use crate::domain::model::{Basis, Language, Money};

/// The currencies that money is paid in (ISO 4217), sorted.
const CODES: [&str; 158] = [
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD",
    "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
    "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
    "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
    "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYI", "UYU",
    "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR",
    "ZMW", "ZWG",
];

/// Currencies without minor units.
const WITHOUT_MINOR_UNITS: [&str; 17] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];

/// Currencies whose minor unit is a thousandth.
const THREE_PLACES: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// How a space writes amounts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Currency {
    /// The ISO 4217 code; empty if the settings cannot be read.
    #[serde(rename = "currency")]
    pub code: String,
    /// The number of decimal places.
    pub digits: u8,
}

impl Currency {
    /// Returns the currency with a code; an unknown one has two decimal places.
    #[must_use]
    pub fn named(code: &str) -> Self {
        let digits = match code {
            code if WITHOUT_MINOR_UNITS.contains(&code) => 0,
            code if THREE_PLACES.contains(&code) => 3,
            _ => 2,
        };
        Self { code: code.to_owned(), digits }
    }

    /// Tells whether there is a currency with this code.
    #[must_use]
    pub fn exists(code: &str) -> bool {
        CODES.binary_search(&code).is_ok()
    }

    /// Returns an amount with the sign that people write before it: `£12.50`. Without a common
    /// sign, the code follows: `12.50 CHF`.
    #[must_use]
    pub fn in_words(&self, minor: Money) -> String {
        let sign = match self.code.as_str() {
            "EUR" => "€",
            "GBP" => "£",
            "JPY" => "¥",
            "USD" => "$",
            _ => return format!("{} {}", self.amount(minor), self.code).trim_end().to_owned(),
        };
        let written = self.amount(minor).to_string();
        match written.strip_prefix('-') {
            Some(rest) => format!("-{sign}{rest}"),
            None => format!("{sign}{written}"),
        }
    }

    /// Returns an amount as it is written in a language: `£12.50`, `12,50 €`.
    #[must_use]
    pub fn in_language(&self, minor: Money, language: Language) -> String {
        match language {
            Language::English => self.in_words(minor),
            Language::German => {
                let sign = if self.code == "EUR" { "€" } else { &self.code };
                let amount = self.amount(minor).to_string().replace('.', ",");
                format!("{amount} {sign}").trim_end().to_owned()
            }
        }
    }

    /// Returns the currency of a space, if its settings can be read.
    #[must_use]
    pub fn of(basis: &Basis) -> Self {
        Self::named(basis.space.get().map_or("", |space| &space.currency))
    }

    /// Returns an amount in minor units, ready for formatting.
    #[must_use]
    pub const fn amount(&self, minor: Money) -> Amount {
        Amount { minor, digits: self.digits }
    }

    /// Converts an amount as typed into minor units.
    ///
    /// # Errors
    /// A sentence saying that it has more decimal places than the currency, or is too large.
    pub fn minor(&self, written: &WrittenAmount) -> Result<Money, String> {
        written.minor(&self.code, self.digits)
    }

    /// Like [`Self::minor`], for an optional amount.
    ///
    /// # Errors
    /// Like [`Self::minor`].
    pub fn optional_minor(&self, written: Option<&WrittenAmount>) -> Result<Option<Money>, String> {
        written.map(|written| self.minor(written)).transpose()
    }

    /// Reads an amount as a bank writes it: a sign before or after it, parentheses or `DR` instead of
    /// one, the symbol or the code of the currency, groups of three digits, and no more decimal
    /// places than the currency has. Without a given `decimal` separator, the last of `.` and `,`
    /// counts as one.
    ///
    /// # Errors
    /// A sentence that says why it is not an amount.
    pub fn parse_bank_amount(&self, text: &str, decimal: Option<char>) -> Result<Money, String> {
        bank_amount::parse(text, decimal, &self.code, self.digits)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::model::Slot;

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        let all = [("GBP", "-12.05"), ("JPY", "-1205"), ("XPF", "-1205"), ("KWD", "-1.205")];
        for (code, expected) in all {
            assert_eq!(Currency::named(code).amount(-1205).to_string(), expected);
        }
    }

    #[test]
    fn a_currency_exists_or_not() {
        assert!(CODES.is_sorted());
        for code in WITHOUT_MINOR_UNITS.iter().chain(&THREE_PLACES) {
            assert!(Currency::exists(code), "{code}");
        }
        for (code, expected) in [
            ("GBP", true),
            ("EUR", true),
            ("GPB", false),
            ("gbp", false),
            ("", false),
            ("XXX", false),
        ] {
            assert_eq!(Currency::exists(code), expected, "{code}");
        }
    }

    #[test]
    fn in_a_letter_an_amount_has_its_sign() {
        for (code, minor, expected) in [
            ("GBP", 1250, "£12.50"),
            ("GBP", -5, "-£0.05"),
            ("EUR", 2500, "€25.00"),
            ("JPY", 2500, "¥2500"),
            ("CHF", 1250, "12.50 CHF"),
            ("CHF", -1250, "-12.50 CHF"),
            ("", 1250, "12.50"),
        ] {
            assert_eq!(Currency::named(code).in_words(minor), expected);
        }
    }

    #[test]
    fn a_currency_that_cannot_be_read_has_two_digits() {
        let (tiers, facilities) = (BTreeMap::new(), BTreeMap::new());
        let basis = Basis { space: Slot::Unreadable, tiers, facilities };
        assert_eq!(Currency::of(&basis), Currency { code: String::new(), digits: 2 });
    }

    #[test]
    fn a_bank_writes_in_the_digits_of_the_currency() {
        let read = |code, text| Currency::named(code).parse_bank_amount(text, None);
        assert_eq!((read("GBP", "1,234.5"), read("JPY", "1234")), (Ok(123_450), Ok(1234)));
        assert!(read("JPY", "1234.5").is_err());
    }
}
