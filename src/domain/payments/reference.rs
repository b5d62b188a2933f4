//! Finds the member's reference in the text of a transaction.

use std::collections::BTreeSet;

use crate::domain::model::MemberId;

/// The references in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reference {
    /// None.
    None,
    /// One member's, possibly repeated.
    One(MemberId),
    /// Those of several members, sorted.
    Several(Vec<MemberId>),
}

/// Finds references: the prefix in upper or lower case, at most one blank, and a member's number,
/// with no letter or digit directly before or after it.
#[must_use]
pub fn reference(text: &str, prefix: &str) -> Reference {
    let mut found = BTreeSet::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        if !before.is_some_and(char::is_alphanumeric) {
            found.extend(number(&text[at..], prefix));
        }
        before = Some(c);
    }
    match found.len() {
        0 => Reference::None,
        1 => found.first().map_or(Reference::None, |id| Reference::One(*id)),
        _ => Reference::Several(found.into_iter().collect()),
    }
}

/// Reads the reference at the start of a text.
fn number(text: &str, prefix: &str) -> Option<MemberId> {
    let head = text.get(..prefix.len())?;
    if prefix.is_empty() || !head.eq_ignore_ascii_case(prefix) {
        return None;
    }
    let rest = &text[prefix.len()..];
    let rest = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let boundary = !rest[end..].starts_with(char::is_alphanumeric);
    if boundary { rest[..end].parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u64) -> MemberId {
        MemberId::new(number).unwrap()
    }

    #[test]
    fn a_reference_stands_alone() {
        for (text, expected) in [
            ("A PERSON SM0001 STO", Some(1)),
            ("a person sm0001 bgc", Some(1)),
            ("A SM 0001", Some(1)),
            ("A SM\u{a0}0001", Some(1)),
            ("REF:SM0001-STO", Some(1)),
            ("SM1", Some(1)),
            ("SM000042", Some(42)),
            ("SM3870/SM3870", Some(3870)),
            ("sm0001,Sm 0001", Some(1)),
            ("A SM  0001", None),
            ("PRISM1 LTD", None),
            ("SM0001STO", None),
            ("ÄSM0001", None),
            ("SM0001Ä", None),
            ("SM", None),
            ("SM 1234567890123", None),
            ("S", None),
            ("", None),
        ] {
            let expected = expected.map_or(Reference::None, |number| Reference::One(id(number)));
            assert_eq!(reference(text, "SM"), expected, "{text}");
        }
        assert_eq!(reference("SM2 SM1 SM2", "SM"), Reference::Several(vec![id(1), id(2)]));
        assert_eq!(reference("1", ""), Reference::None, "no prefix, no reference");
    }

    proptest! {
        #[test]
        fn a_reference_is_found_between_any_other_text(
            before in "[a-zé0-9 ]{0,12}[ ./:-]|",
            number in 0..=MemberId::MAX,
            after in "|[ ./:-][a-zé0-9]{0,12}",
            (small, blank) in (any::<bool>(), any::<bool>()),
        ) {
            let prefix = if small { "sm" } else { "SM" };
            let text = format!("{before}{prefix}{}{:04}{after}", if blank { " " } else { "" }, number);
            let other = reference(&before, "SM") != Reference::None
                || reference(&after, "SM") != Reference::None;
            prop_assert!(other || reference(&text, "SM") == Reference::One(id(number)), "{text}");
        }

        #[test]
        fn any_text_is_read(text in any::<String>(), prefix in "[A-Z]{0,3}") {
            let _ = reference(&text, &prefix);
        }
    }
}
