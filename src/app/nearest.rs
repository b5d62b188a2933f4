//! Suggests the word that somebody probably meant.

use super::AppError;
use crate::domain::model::{Advice, advice::Listed};

/// The number of characters of a mistyped word that are compared: a longer one is near nothing.
const COMPARED: usize = 100;

/// Returns the known word nearest to a mistyped one, if it is near enough. For a name of several
/// words it is enough if one of them is near.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.chars().take(COMPARED).collect::<String>().to_lowercase();
    known
        .into_iter()
        .map(|word| (similarity(&typed, &word.to_lowercase()), word))
        .filter(|(similarity, _)| *similarity > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

fn similarity(typed: &str, known: &str) -> f64 {
    let whole = strsim::jaro_winkler(typed, known);
    known.split_whitespace().map(|word| strsim::jaro_winkler(typed, word)).fold(whole, f64::max)
}

/// Returns the error for an unknown word, with the nearest known one.
#[must_use]
pub fn unknown<'a>(
    list: Listed,
    typed: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> AppError {
    let typed_shown = crate::domain::model::text::shown(typed);
    let error = AppError::user(match list {
        Listed::Members => format!("no member matches `{typed_shown}`"),
        _ => format!("there is no {} `{typed_shown}`", list.one()),
    });
    let all: Vec<&str> = known.clone().into_iter().collect();
    match nearest(typed, known) {
        Some(word) => error.hint(Advice::DidYouMean(word.to_owned())),
        None if all.is_empty() => error,
        None if all.len() <= 12 => {
            error.hint(Advice::Known(all.iter().map(ToString::to_string).collect()))
        }
        None => error.hint(Advice::ListMany(list, all.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let known = ["frontdoor", "workshop", "laser"];
        assert_eq!(nearest("frontdor", known), Some("frontdoor"));
        assert_eq!(nearest("lazer", known), Some("laser"));
        assert_eq!(nearest("qqq", known), None);
        assert_eq!(nearest("adda", ["Charles Babbage", "Ada Lovelace"]), Some("Ada Lovelace"));
    }
}
