//! What can be typed, and what it means.

use crate::domain::model::text::shown;

/// What is answered to `help`.
pub(super) const HELP: &str = "\
open? – whether the space is open
who – how many are in, and those of them who agreed to be named
why frontdoor – whether it opens to you, and why
dues – what you owe, and until when you have paid
induct @ada on laser – record that you have shown her how to use it
unlock frontdoor – if the space allows it; unlock alone asks which one
applications – who has applied, if you may answer them
report activity – how much the doors were used in the last 30 days
link CODE – say which member you are, by the code on your profile page";

/// A command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// What can be typed.
    Help,
    /// Whether the space is open.
    Open,
    /// Who is in.
    Who,
    /// Whether a facility opens to whoever asks.
    Why(String),
    /// What whoever asks owes.
    Dues,
    /// That whoever asks has inducted somebody to a facility.
    Induct(Whom, String),
    /// Unlock a facility; without one, it is asked which.
    Unlock(Option<String>),
    /// Who has applied.
    Applications,
    /// How much the doors were used.
    ReportActivity,
    /// That whoever asks is the member whose code it is.
    Link(String),
}

/// Somebody else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whom {
    /// By the account.
    Account(String),
    /// By the member's number.
    Member(String),
}

impl Command {
    /// Reads what was typed after `/space`.
    ///
    /// # Errors
    /// A sentence about what cannot be understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().take(10).collect();
        let command = words.first().map(|it| it.to_lowercase()).unwrap_or_default();
        let rest = words.get(1..).unwrap_or_default();
        let unknown = || {
            let typed = shown(&text.chars().take(80).collect::<String>());
            format!("I do not understand `{typed}`. Type `help` for what I do.")
        };
        match (command.as_str(), rest) {
            ("" | "help", []) => Ok(Self::Help),
            ("open?" | "open", []) => Ok(Self::Open),
            ("who" | "who?", []) => Ok(Self::Who),
            ("dues", [] | ["@me"]) => Ok(Self::Dues),
            ("why", [facility] | ["@me", facility]) => Ok(Self::Why((*facility).to_owned())),
            ("why", [_, _]) => Err("I only tell you about yourself: `why frontdoor`.".to_owned()),
            ("induct", [whom, "on", facility]) => {
                Ok(Self::Induct(Whom::parse(whom)?, (*facility).to_owned()))
            }
            ("unlock", []) => Ok(Self::Unlock(None)),
            ("unlock", [facility]) => Ok(Self::Unlock(Some((*facility).to_owned()))),
            ("applications", []) => Ok(Self::Applications),
            ("report", ["activity"]) => Ok(Self::ReportActivity),
            ("link", [code]) => Ok(Self::Link((*code).to_owned())),
            _ => Err(unknown()),
        }
    }

    /// Returns its first word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::Open => "open?",
            Self::Who => "who",
            Self::Why(_) => "why",
            Self::Dues => "dues",
            Self::Induct(..) => "induct",
            Self::Unlock(_) => "unlock",
            Self::Applications => "applications",
            Self::ReportActivity => "report",
            Self::Link(_) => "link",
        }
    }
}

impl Whom {
    fn parse(word: &str) -> Result<Self, String> {
        // Slack writes `<@U0123|ada>` if the app is set to escape names.
        let escaped = word.strip_prefix("<@").and_then(|it| it.strip_suffix('>'));
        if let Some(escaped) = escaped {
            let account = escaped.split('|').next().unwrap_or_default();
            if !account.is_empty() && account.chars().all(|c| c.is_ascii_alphanumeric()) {
                return Ok(Self::Account(account.to_owned()));
            }
        }
        if !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) {
            return Ok(Self::Member(word.to_owned()));
        }
        let word = shown(&word.chars().take(60).collect::<String>());
        Err(format!(
            "I do not know who `{word}` is: write the number of the member, like 0042, or let the app \
             escape names in Slack's settings and write @ and the name"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_what_it_says() {
        let account = |it: &str| Whom::Account(it.to_owned());
        for (text, command) in [
            ("", Command::Help),
            ("  Open?  ", Command::Open),
            ("who", Command::Who),
            ("why frontdoor", Command::Why("frontdoor".into())),
            ("why @me frontdoor", Command::Why("frontdoor".into())),
            ("dues", Command::Dues),
            ("induct <@U0123|ada> on laser", Command::Induct(account("U0123"), "laser".into())),
            ("induct 0042 on laser", Command::Induct(Whom::Member("0042".into()), "laser".into())),
            ("unlock frontdoor", Command::Unlock(Some("frontdoor".into()))),
            ("unlock", Command::Unlock(None)),
            ("applications", Command::Applications),
            ("report activity", Command::ReportActivity),
            ("link 0042-ABCD-EFGH", Command::Link("0042-ABCD-EFGH".into())),
        ] {
            assert_eq!(Command::parse(text), Ok(command), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_said_and_not_repeated_as_markup() {
        for text in [
            "why @bob frontdoor",
            "dues @bob",
            "induct @bob on laser",
            "induct <@<!channel>> on laser",
            "<!channel>",
            "unlock a b",
            "\u{202e}who",
            &"x".repeat(5_000),
        ] {
            let said = Command::parse(text).unwrap_err();
            assert!(said.len() < 400, "{said}");
            assert!(!said.contains('\u{202e}'), "{said}");
        }
    }
}
