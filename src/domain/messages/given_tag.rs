//! A tag as a message spells it: a GUID in any spelling is one tag.

use crate::domain::{model::Tag, records::Records};

/// The spellings under which a tag may be on record; new records use the first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct GivenTag(Vec<Tag>);

impl GivenTag {
    /// Reads a tag. A GUID is written in lower case with hyphens, whatever form it comes in.
    ///
    /// # Errors
    /// A sentence about what is not a valid tag.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let Ok(guid) = uuid::Uuid::try_parse(text) else { return Ok(Self(vec![text.parse()?])) };
        let normal = guid.to_string();
        let mut spellings: Vec<Tag> = vec![normal.parse()?];
        // A person may have recorded it in another case.
        for other in [normal.to_ascii_uppercase().parse(), text.parse()].into_iter().flatten() {
            if !spellings.contains(&other) {
                spellings.push(other);
            }
        }
        Ok(Self(spellings))
    }

    /// Returns the spelling that is on record, else the one for new records.
    pub(super) fn on_record(&self, records: &dyn Records) -> &Tag {
        let known = match self.0.as_slice() {
            [_] => None,
            all => all.iter().find(|tag| !records.tagged(tag).is_empty()),
        };
        known.unwrap_or(&self.0[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_in_any_spelling_is_one_tag() {
        let first = |text: &str| GivenTag::read(text).unwrap().0.remove(0).to_string();
        let normal = "d2f3ce26-12ab-4b2a-8943-d49e4a7b1420";
        for text in [
            normal.to_owned(),
            normal.to_uppercase(),
            normal.replace('-', ""),
            format!("{{{normal}}}"),
        ] {
            assert_eq!(first(&text), normal, "{text}");
        }
        assert_eq!(first("T1"), "T1", "any other tag is as it is spelled");
        let long = "a".repeat(10_000);
        for text in ["", "a/b", "../x", ".", "a\nb", "ä", &long] {
            let why = GivenTag::read(text).unwrap_err();
            assert!(why.contains("is not a valid tag") && why.len() < 300, "{why}");
            assert!(!why.contains('\n'), "{why}");
        }
    }
}
