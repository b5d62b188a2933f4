//! What a button asks for, as the value that comes back if it is pressed.

use jiff::{SignedDuration, Timestamp};

use crate::{domain::model::Slug, integrations::chat::Button};

/// What a button asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Press {
    /// How whoever presses pays their dues.
    Pay,
    /// Which applications wait.
    Applications,
    /// Whether the applicant with this id is really to become a member.
    Ask(String),
    /// That nothing is done.
    Nothing,
    /// Something that is done at most once.
    Once(Once),
}

/// Something that is done at most once, soon, and for the one who was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Once {
    /// What.
    pub act: Act,
    /// The account that was asked.
    pub account: String,
    /// When, to the second.
    pub asked: Timestamp,
    /// What tells it from every other one.
    pub key: String,
}

/// What is done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Act {
    /// Unlock a facility.
    Unlock(Slug),
    /// Make a member of the applicant with this id.
    Join(String),
}

impl Press {
    /// Returns the button for it.
    #[must_use]
    pub(super) fn button(&self) -> Button {
        let label = match self {
            Self::Pay => "How do I pay?",
            Self::Applications => "Look",
            Self::Ask(_) => "Accept",
            Self::Nothing => "No",
            Self::Once(_) => "Yes",
        };
        self.labelled(label)
    }

    /// Returns a button for it that says something else.
    #[must_use]
    pub(super) fn labelled(&self, label: impl Into<String>) -> Button {
        Button::new(label, self.value())
    }

    /// Returns its word, for the log.
    #[must_use]
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Applications => "applications",
            Self::Ask(_) => "ask",
            Self::Nothing => "no",
            Self::Once(once) => once.act.word(),
        }
    }

    fn value(&self) -> String {
        let word = self.word();
        match self {
            Self::Pay | Self::Applications | Self::Nothing => word.to_owned(),
            Self::Ask(id) => format!("{word} {id}"),
            Self::Once(Once { act, account, asked, key }) => {
                format!("{word} {} {account} {} {key}", act.subject(), asked.as_second())
            }
        }
    }

    /// Reads what came back; `None` if no button of this program says so.
    #[must_use]
    pub(super) fn parse(value: &str) -> Option<Self> {
        let words: Vec<&str> = value.split(' ').collect();
        let once = |act, account: &str, asked: &str, key: &str| {
            let asked = asked.parse().ok().and_then(|it| Timestamp::from_second(it).ok())?;
            let is_plain =
                |it: &str| !it.is_empty() && it.chars().all(|c| c.is_ascii_alphanumeric());
            if !is_plain(account) || !is_plain(key) || key.len() > 40 {
                return None;
            }
            let (account, key) = (account.to_owned(), key.to_owned());
            Some(Self::Once(Once { act, account, asked, key }))
        };
        match words.as_slice() {
            ["pay"] => Some(Self::Pay),
            ["applications"] => Some(Self::Applications),
            ["no"] => Some(Self::Nothing),
            ["ask", id] => Some(Self::Ask((*id).to_owned())),
            ["unlock", facility, account, asked, key] => {
                once(Act::Unlock(facility.parse().ok()?), account, asked, key)
            }
            ["join", id, account, asked, key] => {
                once(Act::Join((*id).to_owned()), account, asked, key)
            }
            _ => None,
        }
    }
}

impl Act {
    /// Returns for how long it may be done after it was asked.
    #[must_use]
    pub(super) const fn good_for(&self) -> SignedDuration {
        match self {
            Self::Unlock(_) => SignedDuration::from_mins(2),
            Self::Join(_) => SignedDuration::from_mins(15),
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::Unlock(_) => "unlock",
            Self::Join(_) => "join",
        }
    }

    fn subject(&self) -> &str {
        match self {
            Self::Unlock(facility) => facility.as_str(),
            Self::Join(id) => id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_is_what_was_sent() {
        let once = |act| {
            let asked = Timestamp::from_second(1_780_000_000).unwrap();
            Press::Once(Once { act, account: "U1".into(), asked, key: "ab12".into() })
        };
        for press in [
            Press::Pay,
            Press::Applications,
            Press::Ask("abcd2345".into()),
            Press::Nothing,
            once(Act::Unlock("frontdoor".parse().unwrap())),
            once(Act::Join("abcd2345".into())),
        ] {
            assert_eq!(Press::parse(&press.button().value), Some(press));
        }
    }

    #[test]
    fn what_no_button_says_is_nothing() {
        for value in [
            "",
            "pay now",
            "ask",
            "unlock",
            "unlock ../x U1 1780000000 a",
            "unlock frontdoor U1 soon a",
            "unlock frontdoor U1 1780000000 ",
            "unlock frontdoor U1 99999999999999999 a",
            "join abcd2345  1780000000 a",
            &format!("unlock frontdoor U1 1780000000 {}", "a".repeat(41)),
        ] {
            assert_eq!(Press::parse(value), None, "{value}");
        }
    }
}
