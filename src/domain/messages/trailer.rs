//! The trailer of a commit that messages led to, which leads back to them.

/// How many messages are named when a commit is shown; of more, their number is.
const FEW: usize = 3;

/// What such a trailer begins with.
const VERB: &str = "message.apply ";

/// Makes the trailer from the ids of the messages, each of which is one word.
pub(super) fn trailer(ids: &[String]) -> String {
    format!("{VERB}{}", ids.join(" "))
}

/// Says which messages led to a commit, given its trailer: `message 5fea7756`; `None` if none did.
#[must_use]
pub fn origin(trailer: &str) -> Option<String> {
    let ids: Vec<&str> = trailer.strip_prefix(VERB)?.split(' ').collect();
    Some(match ids.as_slice() {
        [id] => format!("message {id}"),
        ids if ids.len() <= FEW => format!("messages {}", ids.join(", ")),
        ids => format!("{} messages, the first {}", ids.len(), ids[0]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_leads_back_to_its_messages() {
        let ids: Vec<String> = ["a", "b", "c", "d"].map(String::from).into();
        let origin_of = |count: usize| origin(&trailer(&ids[..count])).unwrap();
        assert_eq!(origin_of(1), "message a");
        assert_eq!(origin_of(3), "messages a, b, c");
        assert_eq!(origin_of(4), "4 messages, the first a");
        assert_eq!(origin("member.add 0042"), None);
    }
}
