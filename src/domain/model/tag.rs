//! The id by which a credential or a requirement is revoked (requirements.md D-25).

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize, de::Error as _};

use super::text_schema::written_as;

/// A GUID, or any other name of letters, digits, `-`, `_` and `.`, at most 64.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(Arc<str>);

impl Tag {
    /// Generates a random GUID.
    #[must_use]
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4().to_string().into())
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns what a person needs to tell tags apart: the first eight characters of a GUID, or
    /// any other tag in full.
    #[must_use]
    pub fn short(&self) -> &str {
        let guid = uuid::Uuid::try_parse(&self.0).is_ok();
        self.0.get(..8).filter(|_| guid).unwrap_or(&self.0)
    }
}

impl FromStr for Tag {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if text.is_empty()
            || text.len() > 64
            || !text.bytes().all(fits)
            || text.starts_with(['.', '-'])
        {
            return Err(format!(
                "`{}` is not a valid tag: use a GUID, or letters, digits, `-`, `_` and `.`, at most 64",
                super::text::shown(text)
            ));
        }
        Ok(Self(text.into()))
    }
}

impl AsRef<[u8]> for Tag {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

written_as!(
    Tag,
    r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$",
    "A tag: a GUID, or letters, digits, `-`, `_` and `.`."
);

impl Serialize for Tag {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_tag_is_refused() {
        let longest = "a".repeat(64);
        for good in ["a", "Ada_1.old-one", "_x", "7", &longest] {
            assert_eq!(good.parse::<Tag>().unwrap().as_str(), good);
        }
        let longer = "a".repeat(65);
        for bad in ["", "a b", "a/b", "ä", ".a", "-a", &longer] {
            assert!(bad.parse::<Tag>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn only_a_guid_is_shortened() {
        let short = |text: &str| text.parse::<Tag>().unwrap().short().to_owned();
        assert_eq!(short("2f1c7f9e-4b5a-4f0e-9a51-0c6d2b7e8f90"), "2f1c7f9e");
        assert_eq!(short("a-longer-name"), "a-longer-name");
    }
}
