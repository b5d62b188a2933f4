//! The languages in which pages and letters are written: `en`, `de`.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! languages {
    ($($(#[$more:meta])* $language:ident $code:literal $own_name:literal),* $(,)?) => {
        /// A language in which every page and every letter is written.
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
        pub enum Language {
            $(#[doc = $own_name] #[serde(rename = $code)] $(#[$more])* $language,)*
        }

        impl Language {
            /// Every language.
            pub const ALL: &[Self] = &[$(Self::$language),*];

            /// Returns the code of ISO 639-1.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$language => $code),* }
            }

            /// Returns what those who speak it call it.
            #[must_use]
            pub const fn own_name(self) -> &'static str {
                match self { $(Self::$language => $own_name),* }
            }
        }
    };
}

languages! {
    #[default]
    English "en" "English",
    German "de" "Deutsch",
}

impl Language {
    /// Returns the language that somebody prefers, by an `Accept-Language` header (RFC 9110
    /// §12.5.4): of those that there are, the one with the greatest weight, and of several the first.
    #[must_use]
    pub fn preferred(header: &str) -> Option<Self> {
        let wish = |part: &str| {
            let (range, parameters) = part.split_once(';').unwrap_or((part, ""));
            let main = range.split('-').next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight =
                parameters.trim().strip_prefix("q=").map_or(Some(1.0), |it| it.parse().ok());
            let weight = weight.filter(|it: &f32| *it > 0.0 && *it <= 1.0)?;
            Some((main.parse::<Self>().ok()?, weight))
        };
        let wishes = header.split(',').take(MOST_WISHES).filter_map(wish);
        let best = wishes.reduce(|best, it| if it.1 > best.1 { it } else { best });
        best.map(|(language, _)| language)
    }
}

/// How many wishes of a browser are looked at.
const MOST_WISHES: usize = 32;

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|it| it.code() == text);
        found.copied().ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|it| it.code()).collect();
            let known = known.join(", ");
            format!(
                "`{}` is not a language that is spoken here: there are {known}",
                super::text::shown(text)
            )
        })
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_most_wanted_that_there_is() {
        for (header, expected) in [
            ("de", Some(Language::German)),
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
            ("fr, en;q=0.5, de;q=0.7", Some(Language::German)),
            ("en-GB", Some(Language::English)),
            ("en;q=0, DE;q=0.1", Some(Language::German)),
            ("en,de", Some(Language::English)),
            ("fr, *;q=0.1", None),
            ("de;q=x, de;q=NaN, en;q=9", None),
            ("", None),
            (",;=-", None),
        ] {
            assert_eq!(Language::preferred(header), expected, "{header}");
        }
    }

    #[test]
    fn a_code_is_read_as_it_is_written() {
        for it in Language::ALL {
            assert_eq!(it.to_string().parse(), Ok(*it));
            assert_eq!(serde_json::to_string(it).unwrap(), format!("\"{it}\""));
        }
        assert!("fr".parse::<Language>().unwrap_err().contains("en, de"));
    }
}
