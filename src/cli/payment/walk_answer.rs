//! What is typed about one transaction of an import.

use std::str::FromStr;

use super::split::WrittenShare;

/// An answer to what becomes of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum WalkAnswer {
    /// Credit it to the suggestion of this number, counted from 1.
    Suggestion(usize),
    /// Credit it to somebody: a number, a name, or the beginning of a name.
    Member(String),
    /// Split it among several members; their parts are still to be asked for if there are none.
    Split(Vec<WrittenShare>),
    /// It is the same money as something on record, if named.
    Same(Option<String>),
    /// Leave it unmatched.
    Leave,
    /// Go back to the one before, and take back what was decided about it.
    Back,
    /// Leave this and all that follow.
    Quit,
    /// Explain the answers.
    Help,
}

/// Shown when somebody asks for it.
pub(super) const HELP: &str = "\
1, 2 …          credit it to the suggestion of that number; y is the first
0042 or a name  credit it to that member
s               split it: s 0013=25, 0015=25
=               it is the same money as what is on record: = or = 3f2a
l               leave it unmatched (also the empty answer)
b               go back to the one before
q               leave this and all that follow
";

impl FromStr for WalkAnswer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        Ok(match (first.to_lowercase().as_str(), rest) {
            ("" | "l", "") => Self::Leave,
            ("y", "") => Self::Suggestion(1),
            ("b", "") => Self::Back,
            ("q", "") => Self::Quit,
            ("?" | "h", "") => Self::Help,
            ("s", parts) => Self::Split(shares(parts)?),
            ("=", "") => Self::Same(None),
            ("=", id) => Self::Same(Some(id.to_owned())),
            (number, "") if is_choice(number) => Self::Suggestion(number.parse().unwrap_or(0)),
            _ => Self::Member(text.to_owned()),
        })
    }
}

/// Tells whether a text is a number without leading zeros, shorter than any member's.
fn is_choice(text: &str) -> bool {
    (1..=3).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads parts: `0013=25, 0015=25`.
pub(super) fn shares(text: &str) -> Result<Vec<WrittenShare>, String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_is_read() {
        use WalkAnswer as A;
        for (text, expected) in [
            ("", A::Leave),
            ("L", A::Leave),
            ("y", A::Suggestion(1)),
            (" 2 ", A::Suggestion(2)),
            ("0002", A::Member("0002".into())),
            ("1234", A::Member("1234".into())),
            ("ada", A::Member("ada".into())),
            ("Bob Noyce", A::Member("Bob Noyce".into())),
            ("lin", A::Member("lin".into())),
            ("b", A::Back),
            ("q", A::Quit),
            ("?", A::Help),
            ("=", A::Same(None)),
            ("= 3f2a", A::Same(Some("3f2a".into()))),
            ("s", A::Split(Vec::new())),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        let parts = ["0013=25".parse().unwrap(), "Bob Noyce=25:0".parse().unwrap()];
        assert_eq!("s 0013=25, Bob Noyce=25:0".parse(), Ok(A::Split(parts.to_vec())));
        assert!("s 0013".parse::<WalkAnswer>().is_err());
    }
}
