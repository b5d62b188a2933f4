//! Reads amounts as banks write them.

use super::symbol;
use crate::domain::model::{Money, text};

/// Reads an amount with at most `digits` decimal places, in the currency with a code.
pub(super) fn parse(
    text: &str,
    decimal: Option<char>,
    code: &str,
    digits: u8,
) -> Result<Money, String> {
    let shown = || text::shown(text);
    let invalid = || format!("`{}` is not a valid amount", shown());
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\'' | '’');
    let written: String = text.chars().filter(|c| !blank(*c)).collect();
    let Parts { negative, currency, number } = parts(&written).ok_or_else(invalid)?;
    if !currency.is_empty() && !symbol::stands_for(currency, code) {
        return Err(match symbol::is_known(currency) {
            true => format!("`{}` is not in {code}", shown()),
            false => invalid(),
        });
    }
    let decimal = decimal.or_else(|| number.chars().rev().find(|c| matches!(c, '.' | ',')));
    let (whole, fraction) = match decimal.and_then(|sign| number.rsplit_once(sign)) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
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
    let Some(fraction) = shortened(fraction, usize::from(digits)) else {
        return Err(format!(
            "`{}` has {} decimal places, but the currency has {digits}",
            shown(),
            fraction.len()
        ));
    };
    let minor = format!("{whole}{fraction:0<width$}", width = usize::from(digits));
    let minor: Money =
        minor.parse().map_err(|_| format!("`{}` is too large for an amount", shown()))?;
    Ok(if negative { -minor } else { minor })
}

/// Removes zeros beyond the decimal places of the currency. Three digits stay as they are, since
/// they may be the thousands of a bank that writes its amounts in another way.
fn shortened(fraction: &str, digits: usize) -> Option<&str> {
    if fraction.len() <= digits {
        return Some(fraction);
    }
    let (kept, more) = fraction.split_at(digits);
    (fraction.len() != 3 && more.bytes().all(|byte| byte == b'0')).then_some(kept)
}

/// What an amount is made of.
struct Parts<'a> {
    negative: bool,
    /// A code or a symbol, perhaps empty.
    currency: &'a str,
    number: &'a str,
}

/// Takes an amount without blanks apart: `-25.00`, `25.00-`, `(25.00)`, `25.00CR`, `£-25.00`,
/// `25.00GBP`. Its sign is written at most once.
fn parts(written: &str) -> Option<Parts<'_>> {
    let mut signs = Vec::new();
    let mut rest = written;
    if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        signs.push(true);
        rest = inside;
    }
    for (mark, negative) in [("CR", false), ("DR", true), ("H", false), ("S", true)] {
        let at = rest.len().saturating_sub(mark.len());
        let marked = rest.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(mark));
        if marked && rest[..at].ends_with(|c: char| c.is_ascii_digit()) {
            signs.push(negative);
            rest = &rest[..at];
            break;
        }
    }
    let (mut currency, mut number) = ("", sign(rest, &mut signs));
    let is_number = |c: char| c.is_ascii_digit() || is_sign(c) || matches!(c, '.' | ',');
    if let Some(start) = number.find(is_number).filter(|start| *start > 0) {
        (currency, number) = number.split_at(start);
        number = sign(number, &mut signs);
    }
    if let Some(end) = number.rfind(is_number).map(|at| at + length(number, at))
        && end < number.len()
    {
        if !currency.is_empty() {
            return None;
        }
        (number, currency) = number.split_at(end);
        number = sign(number, &mut signs);
    }
    (signs.len() <= 1).then(|| Parts { negative: signs.contains(&true), currency, number })
}

/// Removes a sign at either end.
fn sign<'a>(text: &'a str, signs: &mut Vec<bool>) -> &'a str {
    let mut rest = text;
    if let Some(first) = rest.chars().next().filter(|c| is_sign(*c)) {
        signs.push(first != '+');
        rest = &rest[first.len_utf8()..];
    }
    if let Some(last) = rest.chars().next_back().filter(|c| is_sign(*c)) {
        signs.push(last != '+');
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    rest
}

const fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '\u{2212}')
}

/// Returns the length in bytes of the character at a place.
fn length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
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
            ("25.0000", None, 2500),
            ("-25.50000", Some('.'), -2550),
            ("£25.00", None, 2500),
            ("-£25.00", None, -2500),
            ("£-25.00", None, -2500),
            ("£ 1,234.56", None, 123_456),
            ("25.00 GBP", None, 2500),
            ("GBP 25.00-", None, -2500),
            ("25.00- gbp", None, -2500),
            ("(25.00)", None, -2500),
            ("(£25.00)", None, -2500),
            ("25.00 CR", None, 2500),
            ("25.00Dr", None, -2500),
            ("25,00 S", Some(','), -2500),
            ("25,00 H", Some(','), 2500),
            ("£25.00 DR", None, -2500),
        ] {
            assert_eq!(parse(text, decimal, "GBP", 2), Ok(minor), "{text}");
        }
        assert_eq!(parse("2500", None, "JPY", 0), Ok(2500));
        assert_eq!(parse("¥2500.00", None, "JPY", 0), Ok(2500));
        assert_eq!(parse("2.5", None, "KWD", 3), Ok(2500));
    }

    #[test]
    fn what_is_none_is_refused_with_the_reason() {
        for (text, decimal, reason) in [
            ("", None, "is not a valid amount"),
            ("-", None, "is not a valid amount"),
            (".", None, "is not a valid amount"),
            ("25.", None, "is not a valid amount"),
            ("25.0x", None, "is not a valid amount"),
            ("$25", None, "is not in GBP"),
            ("25.00 EUR", None, "is not in GBP"),
            ("25.00 XYZW", None, "is not a valid amount"),
            ("£25.00 GBP", None, "is not a valid amount"),
            ("(-25.00)", None, "is not a valid amount"),
            ("-25.00 DR", None, "is not a valid amount"),
            ("(25.00", None, "is not a valid amount"),
            ("CR", None, "is not a valid amount"),
            ("£", None, "is not a valid amount"),
            ("2£5", None, "is not a valid amount"),
            ("25.001", None, "has 3 decimal places, but the currency has 2"),
            ("25.0001", None, "has 4 decimal places, but the currency has 2"),
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
            let error = parse(text, decimal, "GBP", 2).unwrap_err();
            assert!(error.ends_with(reason), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(minor in any::<Money>(), comma in any::<bool>()) {
            let (whole, fraction) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
            let (sign, point) = (if minor < 0 { "-" } else { "" }, if comma { ',' } else { '.' });
            let read = parse(&format!("{sign}{whole}{point}{fraction:02}"), None, "GBP", 2);
            prop_assert!(read == Ok(minor) || minor == Money::MIN);
        }

        #[test]
        fn any_text_is_read(text in any::<String>(), digits in 0..4_u8) {
            let _ = parse(&text, None, "GBP", digits);
        }
    }
}
