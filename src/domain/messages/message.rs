//! A message as a queue delivers it.

use jiff::Timestamp;

/// The text of a message, and what the queue says about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// The id that the queue gave it; the same each time it is delivered.
    pub id: String,
    /// When it was sent, by the queue's clock; the same each time it is delivered. Of two messages
    /// about the same thing, the one sent last counts.
    pub sent: Timestamp,
    /// The text: JSON, if all is well.
    pub text: String,
}

impl Message {
    /// The maximum length of a text in bytes: what the queues of SQS carry.
    pub const LONGEST: usize = 1 << 20;

    /// Returns the id as one word for the trailer of a commit, whatever is in it.
    pub(super) fn word(&self) -> String {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        self.id.chars().take(100).map(|c| if fits(c) { c } else { '_' }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_one_word_whatever_is_in_it() {
        let of = |id: &str| {
            Message { id: id.into(), sent: Timestamp::UNIX_EPOCH, text: String::new() }.word()
        };
        assert_eq!(of("5fea7756-0ea4"), "5fea7756-0ea4");
        assert_eq!(of("a b\nSpace-Change: x/ä"), "a_b_Space-Change:_x__");
        assert_eq!(of(&"x".repeat(1000)).len(), 100);
    }
}
