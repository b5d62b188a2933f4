//! Reads amounts as banks write them.

use crate::domain::model::{Money, text};

/// Reads an amount with at most `digits` decimal places.
pub(super) fn parse(text: &str, decimal: Option<char>, digits: u8) -> Result<Money, String> {
    let shown = || text::shown(text);
    let invalid = || format!("`{}` is not a valid amount", shown());
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\'' | '’');
    let written: String = text.chars().filter(|c| !blank(*c)).collect();
    let (negative, written) = match written.strip_suffix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => match written.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, written.strip_prefix('+').unwrap_or(&written)),
        },
    };
    let decimal = decimal.or_else(|| written.chars().rev().find(|c| matches!(c, '.' | ',')));
    let (whole, fraction) = match decimal.and_then(|sign| written.rsplit_once(sign)) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (written, None),
    };
    let whole = grouped(whole, if decimal == Some(',') { '.' } else { ',' }).ok_or_else(invalid)?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = match fraction {
        Some("") => return Err(invalid()),
        Some(fraction) if is_number(fraction) => fraction,
        Some(_) => return Err(invalid()),
        None => "",
    };
    if !is_number(&whole) || (whole.is_empty() && fraction.is_empty()) {
        return Err(invalid());
    }
    if fraction.len() > usize::from(digits) {
        return Err(format!(
            "`{}` has {} decimal places, but the currency has {digits}",
            shown(),
            fraction.len()
        ));
    }
    let minor = format!("{whole}{fraction:0<width$}", width = usize::from(digits));
    let minor: Money =
        minor.parse().map_err(|_| format!("`{}` is too large for an amount", shown()))?;
    Ok(if negative { -minor } else { minor })
}

/// Removes the separators between groups of three digits; `None` if they are elsewhere.
fn grouped(whole: &str, sign: char) -> Option<String> {
    let mut groups = whole.split(sign);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_as_banks_write_them() {
        for (text, decimal, minor) in [
            ("25.00", None, 2500),
            ("25,00", None, 2500),
            ("25", None, 2500),
            ("+25.5", None, 2550),
            ("-8.70", None, -870),
            ("8,70-", Some(','), -870),
            ("\u{2212}8.70", None, -870),
            (".50", None, 50),
            ("1,234.56", None, 123_456),
            ("1.234,56", None, 123_456),
            ("1 234,56", None, 123_456),
            ("1'234.56", None, 123_456),
            ("1.234.567,00", Some(','), 123_456_700),
            ("1,234", Some('.'), 123_400),
            ("92233720368547758.07", None, Money::MAX),
        ] {
            assert_eq!(parse(text, decimal, 2), Ok(minor), "{text}");
        }
        assert_eq!(parse("2500", None, 0), Ok(2500));
        assert_eq!(parse("2.5", None, 3), Ok(2500));
    }

    #[test]
    fn what_is_none_is_refused_with_the_reason() {
        for (text, decimal, reason) in [
            ("", None, "is not a valid amount"),
            ("-", None, "is not a valid amount"),
            (".", None, "is not a valid amount"),
            ("25.", None, "is not a valid amount"),
            ("25.0x", None, "is not a valid amount"),
            ("£25", None, "is not a valid amount"),
            ("1e3", None, "is not a valid amount"),
            ("--5", None, "is not a valid amount"),
            ("12,34.00", None, "is not a valid amount"),
            ("1234,567.00", None, "is not a valid amount"),
            ("٢٥", None, "is not a valid amount"),
            ("25.000", None, "has 3 decimal places, but the currency has 2"),
            ("25,00", Some('.'), "is not a valid amount"),
            ("92233720368547758.08", None, "is too large for an amount"),
            ("99999999999999999999999", None, "is too large for an amount"),
        ] {
            let error = parse(text, decimal, 2).unwrap_err();
            assert!(error.ends_with(reason), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(minor in any::<Money>(), comma in any::<bool>()) {
            let (whole, fraction) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
            let (sign, point) = (if minor < 0 { "-" } else { "" }, if comma { ',' } else { '.' });
            let read = parse(&format!("{sign}{whole}{point}{fraction:02}"), None, 2);
            prop_assert!(read == Ok(minor) || minor == Money::MIN);
        }

        #[test]
        fn any_text_is_read(text in any::<String>(), digits in 0..4_u8) {
            let _ = parse(&text, None, digits);
        }
    }
}
