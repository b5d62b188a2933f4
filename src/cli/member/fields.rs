//! What adding and editing a member have in common: the fields as flags.

use std::collections::BTreeMap;

use crate::{
    cli::CliError,
    domain::model::{Money, contact::YearMonth},
};

/// The personal fields, kept in a file of their own.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct ContactFields {
    /// Where mail goes
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,

    /// Where a call goes
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,

    /// Where a letter goes
    #[arg(long, value_name = "TEXT")]
    pub address: Option<String>,

    /// Year and month of birth, like 1980-01
    #[arg(long, value_name = "YEAR-MONTH")]
    pub born: Option<YearMonth>,

    /// An account elsewhere, like github=ada; may be given several times
    #[arg(long = "account", value_name = "SERVICE=NAME", value_parser = account)]
    pub accounts: Vec<(String, String)>,

    /// Whether they want to hear of what is not about the membership itself
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, require_equals = true,
          default_missing_value = "yes", value_parser = clap::builder::BoolishValueParser::new())]
    pub news: Option<bool>,
}

impl ContactFields {
    /// Returns the accounts by service.
    #[must_use]
    pub(crate) fn accounts(&self) -> BTreeMap<String, String> {
        self.accounts.iter().cloned().collect()
    }
}

fn account(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((service, name)) if !service.trim().is_empty() => {
            Ok((service.trim().to_owned(), name.trim().to_owned()))
        }
        _ => Err("write it like github=ada".into()),
    }
}

/// Reads an amount as people write it, `25` or `25.00`, in major units of the currency.
///
/// # Errors
/// A sentence that says what is expected.
pub(crate) fn money(text: &str) -> Result<Money, String> {
    let wrong = || format!("`{text}` is no amount: write 25 or 25.00");
    let (whole, cents) = text.trim().split_once('.').unwrap_or((text.trim(), "00"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(cents) || cents.len() > 2 {
        return Err(wrong());
    }
    let whole: Money = whole.parse().map_err(|_| wrong())?;
    let cents: Money = format!("{cents:0<2}").parse().map_err(|_| wrong())?;
    whole.checked_mul(100).and_then(|minor| minor.checked_add(cents)).ok_or_else(wrong)
}

/// Returns an amount of minor units as people write it, with two decimals.
#[must_use]
pub(crate) fn amount(minor: Money) -> String {
    decimal(minor, 2)
}

/// Returns an amount of minor units as people write it, with as many decimals as the currency has.
#[must_use]
pub(crate) fn decimal(minor: Money, digits: u8) -> String {
    let (sign, width) = (if minor < 0 { "-" } else { "" }, usize::from(digits));
    let text = format!("{:0>1$}", minor.unsigned_abs(), width + 1);
    let (whole, rest) = text.split_at(text.len() - width);
    if width == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// Refuses a question that nobody is there to answer.
#[must_use]
pub(crate) fn missing(flag: &str) -> CliError {
    CliError::user(format!("{flag} is missing")).hint("`--help` lists what can be given")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly() {
        for (text, minor) in [("25", 2500), ("25.00", 2500), ("0.5", 50), ("12.34", 1234)] {
            assert_eq!(money(text), Ok(minor), "{text}");
        }
        for text in ["", "-1", "1.234", "1,50", "x", ".", "99999999999999999999"] {
            assert!(money(text).is_err(), "{text}");
        }
        assert_eq!((amount(2500), amount(-5)), ("25.00".into(), "-0.05".into()));
        assert_eq!(amount(Money::MIN), "-92233720368547758.08");
        assert_eq!((decimal(2500, 0), decimal(-1, 3)), ("2500".into(), "-0.001".into()));
    }
}
