//! The names of files that are messages.

use crate::domain::model::text;

/// Tells whether a file of this name is a message: it ends in `.json`, is not hidden, and can be
/// printed.
pub(super) fn is_message(name: &str) -> bool {
    let stem = name.strip_suffix(".json").unwrap_or_default();
    !stem.is_empty() && !name.starts_with('.') && !name.contains(text::is_control)
}

/// Returns the group of a message: what stands between the last `@` and the end.
pub(super) fn group(name: &str) -> Option<&str> {
    let (_, group) = name.strip_suffix(".json")?.rsplit_once('@')?;
    Some(group).filter(|group| !group.is_empty())
}

/// Returns the name of a message, given its id and group.
pub(super) fn of(id: &str, group: &str) -> String {
    format!("{id}@{group}.json")
}

/// Returns another name for the same message, for the case that its own is taken.
pub(super) fn other(name: &str, number: u32) -> String {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    match stem.rsplit_once('@') {
        Some((stem, group)) => format!("{stem}+{number}@{group}.json"),
        None => format!("{stem}+{number}.json"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_a_plain_json_file() {
        for name in ["1.json", "ä b.json", "2026-01-05T18.00.00Z_a@frontdoor.json", "a..json"] {
            assert!(is_message(name), "{name}");
        }
        for name in ["", ".json", ".1.json", "1.json.new", "1.JSON", "1", "a\nb.json", "json"] {
            assert!(!is_message(name), "{name}");
        }
    }

    #[test]
    fn the_group_stands_before_the_end() {
        assert_eq!(group("1@doors.json"), Some("doors"));
        assert_eq!(group("a@b@doors.json"), Some("doors"));
        assert_eq!(group("1.json"), None);
        assert_eq!(group("1@.json"), None);
        assert_eq!(group(&of("18.00_a", "front")), Some("front"));
        assert_eq!(other("1@doors.json", 2), "1+2@doors.json");
        assert_eq!(other("1.json", 2), "1+2.json");
    }
}
