//! How a transaction is recognised when a statement is imported again.

use jiff::civil::Date;

use super::StatementLine;
use crate::domain::model::{Money, Tag};

/// The number of hexadecimal digits that identify a transaction of a space.
const DIGITS: usize = 20;

/// Returns the identity of a transaction by the bank's id and the account, if the bank states it.
#[must_use]
pub fn by_bank(account: Option<&str>, id: &str) -> Tag {
    match account {
        None => hash(&["bank", id]),
        Some(account) => hash(&["bank", id, account]),
    }
}

/// Returns the identity of a transaction whose id the bank has given to another one as well.
#[must_use]
pub(super) fn by_bank_and_content(line: &StatementLine, id: &str) -> Tag {
    let account = line.account.as_deref().unwrap_or_default();
    let (date, amount) = (line.date.to_string(), line.amount.to_string());
    hash(&["both", account, id, &date, &amount, &folded(&line.text)])
}

/// Returns the identity of a transaction without an id; `ordinal` counts the equal ones before it
/// in the same statement.
#[must_use]
pub fn by_content(date: Date, amount: Money, text: &str, ordinal: u32) -> Tag {
    hash(&["content", &date.to_string(), &amount.to_string(), &folded(text), &ordinal.to_string()])
}

/// Tells whether an identity is one that an import gives, as opposed to what was recorded by hand.
#[must_use]
pub fn is_imported(id: &Tag) -> bool {
    let text = id.as_str();
    text.len() == DIGITS && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
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
pub(super) fn is_account(word: &str) -> bool {
    let bytes = word.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
}

/// Joins the words of a text by single blanks.
pub(super) fn folded(text: &str) -> String {
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
            by_bank(None, "A PERSON SM0001"),
        ] {
            assert_ne!(one, other);
        }
        let line =
            StatementLine { date: day, amount: 2500, text: "A".into(), ..Default::default() };
        let both = by_bank_and_content(&line, "id");
        for other in [
            StatementLine { date: date(2026, 1, 6), ..line.clone() },
            StatementLine { amount: 2501, ..line.clone() },
            StatementLine { text: "B".into(), ..line.clone() },
            StatementLine { account: Some("1".into()), ..line.clone() },
        ] {
            assert_ne!(both, by_bank_and_content(&other, "id"));
        }
        assert_ne!(both, by_bank_and_content(&line, "other"));
        assert_ne!(by_bank(None, "id"), by_bank(Some("1"), "id"));
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
