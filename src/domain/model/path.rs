//! Matches the paths of records against their patterns, and reads and writes the keys in them.

use std::fmt;

use super::{Language, MemberId, NoticeKind, Slug, Tag, TemplateForm};

/// A key of a record, as written in its path.
pub(super) trait PathKey: Sized {
    /// The number of folder names that it takes.
    const NAMES: usize = 1;

    /// Reads the key.
    ///
    /// # Errors
    /// A sentence about a name that is not valid; `None` if no record has a name of this form.
    fn read(text: &str) -> Result<Self, Option<String>>;

    /// Writes the key.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Shows a key as it is written in a path.
pub(super) struct InPath<'a, K>(pub(super) &'a K);

impl<K: PathKey> fmt::Display for InPath<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f)
    }
}

/// The path of a kind of record, split at its holes at compile time.
pub(super) struct Pattern<const N: usize> {
    /// The text before each hole.
    before: [&'static str; N],
    /// The number of names that each hole takes.
    names: [usize; N],
    /// The text after the last hole.
    end: &'static str,
}

impl<const N: usize> Pattern<N> {
    /// Splits a path; one with fewer holes does not compile.
    pub(super) const fn new(path: &'static str, names: [usize; N]) -> Self {
        let (mut before, mut end, mut hole) = ([""; N], path, 0);
        while hole < N {
            let (literal, after) = cut(end, b'{');
            before[hole] = literal;
            end = cut(after, b'}').1;
            hole += 1;
        }
        Self { before, names, end }
    }

    /// Returns the text in the holes if a path matches.
    pub(super) fn holes<'p>(&self, path: &'p str) -> Option<[&'p str; N]> {
        let (mut found, mut path) = ([""; N], path);
        for (hole, found) in found.iter_mut().enumerate() {
            path = path.strip_prefix(self.before[hole])?;
            let next = self.before.get(hole + 1).copied().unwrap_or(self.end);
            let end = match next.chars().next() {
                None => path.len(),
                Some('/') => path.match_indices('/').nth(self.names[hole] - 1)?.0,
                // The extension: `.json`.
                Some(dot) => path.rfind(dot)?,
            };
            (*found, path) = path.split_at(end);
            if found.matches('/').count() + 1 != self.names[hole] {
                return None;
            }
        }
        (path == self.end).then_some(found)
    }
}

/// Splits a text at the first such character, which is in neither part.
const fn cut(text: &str, at: u8) -> (&str, &str) {
    let mut index = 0;
    while text.as_bytes()[index] != at {
        index += 1;
    }
    let (before, after) = text.split_at(index);
    (before, after.split_at(1).1)
}

/// The folder of a member, inside a folder for up to a hundred members: `00/0042`.
impl PathKey for MemberId {
    const NAMES: usize = 2;

    fn read(text: &str) -> Result<Self, Option<String>> {
        let (bucket, digits) = text.split_once('/').ok_or(None)?;
        let id: Self = digits.parse().map_err(Some)?;
        if digits.len() < 4 || (digits.len() > 4 && digits.starts_with('0')) {
            return Err(Some(format!("the member folder `{digits}` must be written `{id}`")));
        }
        let expected = &digits[..digits.len() - 2];
        if bucket != expected {
            return Err(Some(format!("member {digits} belongs in members/{expected}/{digits}")));
        }
        Ok(id)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}/{self}", self.number() / 100)
    }
}

impl PathKey for Slug {
    fn read(text: &str) -> Result<Self, Option<String>> {
        text.parse().map_err(Some)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PathKey for Tag {
    fn read(text: &str) -> Result<Self, Option<String>> {
        text.parse().map_err(Some)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PathKey for NoticeKind {
    fn read(text: &str) -> Result<Self, Option<String>> {
        text.parse().map_err(Some)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl PathKey for Language {
    fn read(text: &str) -> Result<Self, Option<String>> {
        text.parse().map_err(Some)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl PathKey for TemplateForm {
    fn read(text: &str) -> Result<Self, Option<String>> {
        Self::ALL.into_iter().find(|form| form.ending() == text).ok_or(None)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ending())
    }
}

/// A year in which a space can have existed.
impl PathKey for i16 {
    fn read(text: &str) -> Result<Self, Option<String>> {
        let year = text.parse().map_err(|_| None)?;
        let written = text.len() == 4 && (1900..2200).contains(&year);
        written.then_some(year).ok_or(None)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:04}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_whole_names_before_a_folder_and_before_an_ending() {
        let two = Pattern::new("a/{x}/b/{y}.json", [1, 1]);
        assert_eq!(two.holes("a/1/b/2.3.json"), Some(["1", "2.3"]));
        for path in ["a/1/c/2.json", "a/1/b/2/3.json", "a/1/b/2.json.bak", "a/1/b/2", "a/1/b", "a"]
        {
            assert_eq!(two.holes(path), None, "{path}");
        }
        let deep = Pattern::new("a/{x}/b", [2]);
        assert_eq!((deep.holes("a/1/2/b"), deep.holes("a/1/b")), (Some(["1/2"]), None));
        assert_eq!(Pattern::new("{x}.{y}", [1, 1]).holes("1.2.3"), Some(["1.2", "3"]));
        let plain = Pattern::new("a", []);
        assert_eq!((plain.holes("a"), plain.holes("ab")), (Some([]), None));
    }
}
