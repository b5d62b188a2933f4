//! What is posted in a chat.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::text;

macro_rules! kinds {
    ($($kind:ident $word:literal $description:literal),* $(,)?) => {
        /// What a post is about.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum PostKind {
            $(#[doc = $description] $kind,)*
        }

        impl PostKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Returns the word for it, as in files and on the command line.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }

            /// Describes in a sentence when it is posted.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$kind => $description),* }
            }
        }
    };
}

kinds! {
    OpenHouseBegins "open-house-begins" "A door stands unlocked for everybody from now on.",
    OpenHouseEnds "open-house-ends" "A door is locked again.",
    DoorForced "door-forced" "A door was opened while it was locked.",
    DoorHeldOpen "door-held-open" "A door has been open for too long.",
    GuardCut "guard-cut" "The guard has cut the furnace, or heats again.",
    Alarm "alarm" "Another alarm of the building began, or is over.",
    Newcomer "newcomer" "Somebody became a member who agreed to be named.",
    Application "application" "Somebody applied, and waits for an answer.",
    Review "review" "A month is over: the numbers for the directors.",
    Failure "failure" "A program of the space failed: the bridge, a backup.",
}

impl fmt::Display for PostKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for PostKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|it| it.word() == word).ok_or_else(|| {
            let all: Vec<&str> = Self::ALL.iter().map(|it| it.word()).collect();
            format!("`{}` is none of {}", text::shown(word), all.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_files_are_those_of_the_command_line() {
        for kind in PostKind::ALL {
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
            assert_eq!(kind.word().parse(), Ok(*kind));
        }
    }
}
