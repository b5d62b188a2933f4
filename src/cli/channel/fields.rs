//! What is said of a channel on the command line.

use crate::domain::model::PostKind;

/// Reads what is posted: `alarm`, or with words of its own `alarm=Look: {{ words }}`.
pub(super) fn post(text: &str) -> Result<(PostKind, Option<String>), String> {
    match text.split_once('=') {
        None => Ok((text.parse()?, None)),
        Some((kind, words)) => Ok((kind.parse()?, Some(words.to_owned()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_may_have_words_of_its_own() {
        assert_eq!(post("alarm"), Ok((PostKind::Alarm, None)));
        assert_eq!(post("review=a=b"), Ok((PostKind::Review, Some("a=b".into()))));
        assert!(post("alarms").unwrap_err().contains("door-forced"));
    }
}
