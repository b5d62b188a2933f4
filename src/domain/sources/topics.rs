//! Puts topics together.

/// Adds an end to a topic that does not have it yet.
pub(super) fn with_end(topic: &str, end: &str) -> String {
    if topic.ends_with(end) { topic.to_owned() } else { format!("{topic}{end}") }
}

/// Returns the last levels of a topic.
pub(super) fn last_levels(topic: &str, number: usize) -> Vec<&str> {
    let mut levels: Vec<&str> = topic.rsplit('/').take(number).collect();
    levels.reverse();
    levels
}
