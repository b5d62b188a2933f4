//! How a transaction is recognised when a statement is imported again.

use jiff::civil::Date;

use crate::domain::model::{Money, Tag};

/// The number of hexadecimal digits that identify a transaction of a space.
const DIGITS: usize = 20;

/// Returns the identity of a transaction by the bank's id.
#[must_use]
pub fn by_bank(id: &str) -> Tag {
    hash(&["bank", id])
}

/// Returns the identity of a transaction by the bank's id, date and amount, for a bank that reuses
/// ids.
#[must_use]
pub(super) fn by_bank_and_content(id: &str, date: Date, amount: Money) -> Tag {
    hash(&["both", id, &date.to_string(), &amount.to_string()])
}

/// Returns the identity of a transaction without an id; `ordinal` counts the equal ones before it
/// in the same statement.
#[must_use]
pub fn by_content(date: Date, amount: Money, text: &str, ordinal: u32) -> Tag {
    hash(&["content", &date.to_string(), &amount.to_string(), &folded(text), &ordinal.to_string()])
}

/// Returns the identity of a payer. Numbers in the name, and the way it is written, are ignored.
#[must_use]
pub fn by_payer(name: &str) -> Option<Tag> {
    let words = |word: &&str| !word.bytes().any(|byte| byte.is_ascii_digit()) || is_account(word);
    let folded = name.to_uppercase();
    let name: Vec<&str> = folded.split_whitespace().filter(words).collect();
    (!name.is_empty()).then(|| hash(&["payer", &name.join(" ")]))
}

/// Tells whether a word may be an IBAN, which identifies a payer better than a name.
fn is_account(word: &str) -> bool {
    let bytes = word.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn hash(parts: &[&str]) -> Tag {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let digits = hasher.finalize().to_hex();
    digits[..DIGITS].parse().expect("hexadecimal digits are a tag")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_detail_makes_another_transaction() {
        let day = date(2026, 1, 5);
        let one = by_content(day, 2500, "A PERSON  SM0001 ", 0);
        assert_eq!(one, by_content(day, 2500, "A PERSON SM0001", 0), "blanks do not count");
        for other in [
            by_content(date(2026, 1, 6), 2500, "A PERSON SM0001", 0),
            by_content(day, 2501, "A PERSON SM0001", 0),
            by_content(day, 2500, "A PERSON SM0002", 0),
            by_content(day, 2500, "A PERSON SM0001", 1),
            by_bank("A PERSON SM0001"),
            by_bank_and_content("A PERSON SM0001", day, 2500),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(one.as_str().len(), DIGITS);
    }

    #[test]
    fn a_payer_is_known_by_name_or_account() {
        assert_eq!(by_payer("J Smith 123"), by_payer("j  SMITH 456"));
        assert_ne!(by_payer("J SMITH"), by_payer("K SMITH"));
        let account = |digits: &str| by_payer(&format!("J SMITH DE{digits}"));
        assert_ne!(account("02120300000000202051"), account("02500105170137075030"));
        assert_eq!(by_payer(" 12 "), None);
    }
}
