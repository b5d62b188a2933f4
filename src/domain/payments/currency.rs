//! How many digits the minor unit of a currency has (ISO 4217).

use crate::domain::model::Money;

/// Currencies without minor units.
const NONE: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF",
];

/// Currencies whose minor unit is a thousandth.
const THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Returns how many digits stand behind the decimal sign; two where nothing else is known.
#[must_use]
pub fn digits(currency: &str) -> u8 {
    match currency {
        code if NONE.contains(&code) || code == "XPF" => 0,
        code if THREE.contains(&code) => 3,
        _ => 2,
    }
}

/// Returns an amount of minor units as people write it in this currency: `25.00`.
#[must_use]
pub fn amount(minor: Money, currency: &str) -> String {
    decimal(minor, digits(currency))
}

/// Returns an amount of which so many digits are minor units.
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
    fn amounts_have_the_digits_of_their_currency() {
        let all = [("GBP", "-12.05"), ("JPY", "-1205"), ("KWD", "-1.205")];
        for (currency, expected) in all {
            assert_eq!(amount(-1205, currency), expected);
        }
        assert_eq!(amount(Money::MIN, "GBP"), "-92233720368547758.08");
    }
}
