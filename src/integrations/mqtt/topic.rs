//! Topics, and the patterns that stand for several (MQTT 5.0 §4.7).

/// Tells whether a message can have this topic.
#[must_use]
pub fn is_topic(text: &str) -> bool {
    is_name(text) && !text.contains(['+', '#'])
}

/// Tells whether one can subscribe to this: `+` stands for one level, and `#` at the end for all that
/// follow.
#[must_use]
pub fn is_filter(text: &str) -> bool {
    let mut levels = text.split('/').peekable();
    let mut fits = is_name(text);
    while let Some(level) = levels.next() {
        let last = levels.peek().is_none();
        fits &= match level {
            "+" => true,
            "#" => last,
            other => !other.contains(['+', '#']),
        };
    }
    fits
}

fn is_name(text: &str) -> bool {
    (1..=1_024).contains(&text.len()) && !text.contains(char::is_control)
}

/// Tells whether a filter stands for a topic, too. Topics that begin with `$` are the broker's own,
/// for which no wildcard stands in the first level.
#[must_use]
pub fn matches(filter: &str, topic: &str) -> bool {
    if topic.starts_with('$') && filter.starts_with(['+', '#']) {
        return false;
    }
    let (mut wanted, mut given) = (filter.split('/'), topic.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (Some("#"), _) | (None, None) => return true,
            (Some("+"), Some(_)) => {}
            (Some(one), Some(other)) if one == other => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_stands_for_topics_as_the_standard_says() {
        for (filter, topic, fits) in [
            ("a/b", "a/b", true),
            ("a/b", "a/b/c", false),
            ("a/+", "a/b", true),
            ("a/+", "a", false),
            ("a/+", "a/", true),
            ("a/#", "a", true),
            ("a/#", "a/b/c", true),
            ("#", "a/b", true),
            ("+/+", "/a", true),
            ("+", "/a", false),
            ("#", "$SYS/x", false),
            ("+/x", "$SYS/x", false),
            ("$SYS/#", "$SYS/x", true),
        ] {
            assert_eq!(matches(filter, topic), fits, "{filter} {topic}");
        }
    }

    #[test]
    fn what_is_no_topic_is_noticed() {
        for (text, topic, filter) in [
            ("a/b", true, true),
            ("a b/ü", true, true),
            ("a/+/b", false, true),
            ("a/#", false, true),
            ("a/#/b", false, false),
            ("a/b#", false, false),
            ("a+/b", false, false),
            ("", false, false),
            ("a\0b", false, false),
            ("a\nb", false, false),
        ] {
            assert_eq!((is_topic(text), is_filter(text)), (topic, filter), "{text:?}");
        }
        assert!(!is_topic(&"a".repeat(1_025)));
    }
}
