//! Decimal numbers, exactly and without fractions in binary.

/// The longest text that is a number, in bytes.
const LONGEST: usize = 16;

/// Reads a decimal number as thousandths; digits after the third are cut off.
///
/// Exponents, `NaN` and the like are not temperatures.
pub(super) fn thousandths(text: &str) -> Option<i64> {
    let text = text.trim_ascii();
    if text.len() > LONGEST {
        return None;
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(fraction) {
        return None;
    }
    let mut thousandths = whole.parse::<i64>().ok()?.checked_mul(1_000)?;
    for (digit, weight) in fraction.bytes().zip([100, 10, 1]) {
        thousandths = thousandths.checked_add(i64::from(digit - b'0') * weight)?;
    }
    Some(sign * thousandths)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_exactly_and_nothing_else_is() {
        for (text, expected) in [
            ("21.5\n", Some(21_500)),
            ("-0.062", Some(-62)),
            ("+7", Some(7_000)),
            ("20.00049", Some(20_000)),
            ("85.0", Some(85_000)),
            ("-127", Some(-127_000)),
            ("999999999999", Some(999_999_999_999_000)),
            ("", None),
            ("-", None),
            (".5", None),
            ("5.", None),
            ("NaN", None),
            ("inf", None),
            ("1e400", None),
            ("2 1", None),
            ("--1", None),
            ("0x10", None),
            ("٣", None),
            ("99999999999999999", None),
        ] {
            assert_eq!(thousandths(text), expected, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read(number in -1_000_000_i64..1_000_000) {
            let sign = if number < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:03}", number.abs() / 1000, number.abs() % 1000);
            prop_assert_eq!(thousandths(&text), Some(number));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = thousandths(&text);
        }
    }
}
