//! The facility that a message names, which may be another system's.

use crate::domain::model::{Slug, text};

/// A facility's name as a message spells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum FacilityName {
    /// It may be one of ours.
    Slug(Slug),
    /// None of our facilities can have this name.
    Foreign(String),
}

impl FacilityName {
    /// Reads a name.
    ///
    /// # Errors
    /// A sentence about a text that is no name in any system.
    pub(super) fn read(name: &str) -> Result<Self, String> {
        if let Ok(slug) = name.parse() {
            return Ok(Self::Slug(slug));
        }
        match text::complaint(name) {
            Some(complaint) => Err(format!("`facility` {complaint}")),
            None => Ok(Self::Foreign(text::shown(name))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_ours_is_somebody_elses_and_garbage_is_nobodys() {
        assert!(matches!(FacilityName::read("frontdoor"), Ok(FacilityName::Slug(_))));
        for name in ["Front Door", "../frontdoor", "frontdoor/x"] {
            assert!(matches!(FacilityName::read(name), Ok(FacilityName::Foreign(_))), "{name}");
        }
        let long = "x".repeat(10_000);
        for (name, why) in [
            ("", "`facility` is empty"),
            ("a\nb", "`facility` contains the control character U+000A"),
            (long.as_str(), "`facility` is longer than 500 bytes"),
        ] {
            assert_eq!(FacilityName::read(name), Err(why.to_owned()));
        }
    }
}
