//! Asks again where that has no second effect: questions, and what may be done twice.

use std::time::Duration;

use super::ChatError;
use crate::integrations::http::{Call, Client, NoReply, Reply, patience::wait};

/// Sends a request once. An answer that says nothing about its effect is an error.
pub(super) fn once(client: &Client, call: &Call) -> Result<Reply, ChatError> {
    let reply = client.send(call).map_err(|NoReply(why)| ChatError::Down(why))?;
    match reply.status {
        429 => Err(ChatError::Busy { seconds: wanted(&reply).unwrap_or(30) }),
        status @ 500.. => Err(ChatError::Down(format!("the chat answers with status {status}"))),
        _ => Ok(reply),
    }
}

/// Sends a request until there is an answer that counts.
pub(super) fn ask(client: &Client, call: &Call, pause: fn(Duration)) -> Result<Reply, ChatError> {
    let mut attempt = 1;
    loop {
        let outcome = once(client, call);
        let wanted = match &outcome {
            Err(ChatError::Busy { seconds }) => Some(Duration::from_secs(*seconds)),
            Err(ChatError::Down(_)) => None,
            _ => return outcome,
        };
        let Some(pausing) = wait(attempt, wanted) else { return outcome };
        pause(pausing);
        attempt += 1;
    }
}

/// Returns for how many seconds a chat wants to be left alone, if it says so.
fn wanted(reply: &Reply) -> Option<u64> {
    let seconds: f64 = reply.header("retry-after")?.trim().parse().ok()?;
    // Discord says fractions of seconds.
    (0.0..1e6).contains(&seconds).then(|| seconds.ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_says_for_how_long_it_wants_to_be_left_alone() {
        for (text, seconds) in [("7", Some(7)), ("0.3", Some(1)), ("-1", None), ("soon", None)] {
            let headers = vec![("retry-after".to_owned(), text.to_owned())];
            assert_eq!(wanted(&Reply { headers, ..Reply::default() }), seconds, "{text}");
        }
        assert_eq!(wanted(&Reply::default()), None);
    }
}
