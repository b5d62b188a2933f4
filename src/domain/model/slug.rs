//! The name by which a facility or a tier is addressed: `frontdoor`, `other-hackspace`.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize, de::Error as _};

use super::text_schema::written_as;

/// A short name: lower-case letters, digits, `-` and `_`, at most 64, starting with a letter or
/// digit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

impl Slug {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        if text.is_empty()
            || text.len() > 64
            || !text.bytes().all(fits)
            || text.starts_with(['-', '_'])
        {
            return Err(format!(
                "`{}` is not a valid short name: use lower-case letters, digits, `-` and `_`, at most 64",
                super::text::shown(text)
            ));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

written_as!(
    Slug,
    r"^[a-z0-9][a-z0-9_-]{0,63}$",
    "A short name: lower-case letters, digits, `-` and `_`."
);

impl Serialize for Slug {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Folders have these names, on every system, so none ends with a dot and none has two Unicode forms.
    #[test]
    fn what_other_systems_would_write_in_another_way_is_no_short_name() {
        for good in ["frontdoor", "a", "3d-printer", "wood_shop"] {
            assert_eq!(good.parse::<Slug>().unwrap().as_str(), good);
        }
        for bad in ["", "a.", "a ", "Laser", "caf\u{e9}", "cafe\u{301}", "-a", "_a", "a/b", "a:b"] {
            assert!(bad.parse::<Slug>().is_err(), "{bad:?}");
        }
    }
}
