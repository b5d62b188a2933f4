//! How people join by themselves: `joining` in `space.json`.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Slug;

/// How people join by themselves.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct JoiningRules {
    /// The tiers that newcomers may choose from; without one, nobody joins by themselves.
    pub tiers: Vec<Slug>,
    /// What makes somebody a member who has filled in the form.
    pub acceptance: Acceptance,
    /// The facilities that a newcomer's first fob opens.
    pub facilities_on_joining: Vec<Slug>,
}

/// What makes somebody a member who has filled in the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Acceptance {
    /// Nothing else.
    AtOnce,
    /// The link in an e-mail.
    #[default]
    ByMail,
    /// The link in an e-mail, and then somebody of the space.
    AfterApproval,
}

impl Acceptance {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::ByMail, Self::AfterApproval];

    /// Returns the word for it, as in files and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::ByMail => "by-mail",
            Self::AfterApproval => "after-approval",
        }
    }
}

impl FromStr for Acceptance {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|it| it.word() == text);
        found.ok_or_else(|| {
            format!("`{}` is none of at-once, by-mail, after-approval", super::text::shown(text))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_files_are_those_of_the_command_line() {
        for it in Acceptance::ALL {
            assert_eq!(serde_json::to_string(&it).unwrap(), format!("\"{}\"", it.word()));
            assert_eq!(it.word().parse(), Ok(it));
        }
        assert!("never".parse::<Acceptance>().unwrap_err().contains("by-mail"));
    }
}
