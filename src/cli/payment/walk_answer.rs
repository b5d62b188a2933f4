//! What is typed about one transaction of an import.

use std::str::FromStr;

use crate::app::payment::{Answer, shares};

/// An answer to what becomes of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum WalkAnswer {
    /// Something is done with it.
    Done(Answer),
    /// It is split, and the parts are still to be asked for.
    Split,
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
            ("y", "") => Self::Done(Answer::Suggestion(1)),
            ("b", "") => Self::Back,
            ("q", "") => Self::Quit,
            ("?" | "h", "") => Self::Help,
            ("s", parts) => match shares(parts)? {
                parts if parts.is_empty() => Self::Split,
                parts => Self::Done(Answer::Split(parts)),
            },
            ("=", "") => Self::Done(Answer::Same(None)),
            ("=", id) => Self::Done(Answer::Same(Some(id.to_owned()))),
            (number, "") if is_choice(number) => {
                Self::Done(Answer::Suggestion(number.parse().unwrap_or(0)))
            }
            _ => Self::Done(Answer::Member(text.to_owned())),
        })
    }
}

/// Tells whether a text is a number without leading zeros, shorter than any member's.
fn is_choice(text: &str) -> bool {
    (1..=3).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit())
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
            ("y", A::Done(Answer::Suggestion(1))),
            (" 2 ", A::Done(Answer::Suggestion(2))),
            ("0002", A::Done(Answer::Member("0002".into()))),
            ("1234", A::Done(Answer::Member("1234".into()))),
            ("ada", A::Done(Answer::Member("ada".into()))),
            ("Bob Noyce", A::Done(Answer::Member("Bob Noyce".into()))),
            ("lin", A::Done(Answer::Member("lin".into()))),
            ("b", A::Back),
            ("q", A::Quit),
            ("?", A::Help),
            ("=", A::Done(Answer::Same(None))),
            ("= 3f2a", A::Done(Answer::Same(Some("3f2a".into())))),
            ("s", A::Split),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        let parts = ["0013=25".parse().unwrap(), "Bob Noyce=25:0".parse().unwrap()];
        assert_eq!("s 0013=25, Bob Noyce=25:0".parse(), Ok(A::Done(Answer::Split(parts.to_vec()))));
        assert!("s 0013".parse::<WalkAnswer>().is_err());
    }
}
