//! A tag whose record lies in one of 256 folders, so that none of them grows large.

use std::fmt;

use super::{Tag, path::PathKey};

/// A tag, written in a path as `3f/T1`; the folder follows from the tag.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SpreadTag(pub Tag);

impl SpreadTag {
    /// Returns the name of the folder: two hexadecimal digits.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("{:02x}", blake3::hash(self.0.as_ref()).as_bytes()[0])
    }
}

impl PathKey for SpreadTag {
    const NAMES: usize = 2;

    fn read(text: &str) -> Result<Self, Option<String>> {
        let (folder, tag) = text.split_once('/').ok_or(None)?;
        let tag = Self(tag.parse().map_err(Some)?);
        let belongs = tag.folder();
        if folder != belongs {
            return Err(Some(format!("the tag {} belongs in the folder {belongs}", tag.0)));
        }
        Ok(tag)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.folder(), self.0)
    }
}
