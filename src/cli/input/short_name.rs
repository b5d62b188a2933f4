//! The short name of something new: as it was typed, or made of its name for people.

use crate::{
    cli::CliError,
    domain::model::{Slug, folded},
};

/// Returns the short name, and the name for people if that was typed in its place: "Wood workshop" is
/// `wood-workshop`.
///
/// # Errors
/// Says what a short name is, if none can be made of it.
pub(in crate::cli) fn read(text: &str) -> Result<(Slug, Option<String>), CliError> {
    let wrong = match text.parse() {
        Ok(name) => return Ok((name, None)),
        Err(wrong) => wrong,
    };
    let folded = folded(text);
    let words = folded.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let joined = words.collect::<Vec<_>>().join("-");
    // Letters of other scripts would be lost without a word.
    let is_whole = folded.is_ascii();
    match joined.parse() {
        Ok(name) if is_whole => Ok((name, Some(text.trim().to_owned()))),
        _ => Err(CliError::user(wrong.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_for_people_becomes_a_short_one() {
        for (text, short, name) in [
            ("workshop", "workshop", None),
            ("Wood workshop", "wood-workshop", Some("Wood workshop")),
            ("Ärzte & Co.", "arzte-co", Some("Ärzte & Co.")),
            ("Frontdoor", "frontdoor", Some("Frontdoor")),
        ] {
            let read = read(text).unwrap_or_else(|error| panic!("{text}: {}", error.message));
            assert_eq!((read.0.as_str(), read.1.as_deref()), (short, name));
        }
        for text in ["", "&", "Дверь", "Дверь 2"] {
            let error = read(text).err().map(|it| it.message);
            assert!(error.is_some_and(|it| it.contains("short name")), "{text}");
        }
    }
}
