//! Asks again where that is of use: an overloaded service, a lost answer.

use std::time::Duration;

use super::ProcessorError;
use crate::integrations::http::{Call, Client, NoReply, Reply};

/// How often something is asked before it is given up.
const ATTEMPTS: u32 = 4;

/// The pause before the second attempt; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);

/// The longest pause, whatever a service asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Sends a request until there is an answer that counts. It has to have the same effect however often
/// it is sent: a question, or a request with a key.
///
/// # Errors
/// There is no such answer.
pub(super) fn ask(
    client: &Client,
    call: &Call,
    pause: fn(Duration),
) -> Result<Reply, ProcessorError> {
    let mut attempt = 1;
    loop {
        let outcome = client.send(call);
        let Some(wait) = again(&outcome, attempt) else {
            return outcome.map_err(|NoReply(why)| ProcessorError::Down(why));
        };
        pause(wait);
        attempt += 1;
    }
}

/// Returns how long to wait before it is asked again; `None` if the outcome stands.
fn again(outcome: &Result<Reply, NoReply>, attempt: u32) -> Option<Duration> {
    if attempt >= ATTEMPTS {
        return None;
    }
    let usual = PAUSE * 2_u32.pow(attempt - 1);
    let reply = match outcome {
        Ok(reply) => reply,
        Err(_) => return Some(usual),
    };
    // Stripe says it itself; others by the status.
    let should = match reply.header("stripe-should-retry") {
        Some("true") => true,
        Some("false") => false,
        _ => matches!(reply.status, 409 | 429 | 500 | 502 | 503 | 504),
    };
    let asked = reply.header("retry-after").and_then(|it| it.trim().parse().ok());
    should.then(|| asked.map_or(usual, Duration::from_secs).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, headers: &[(&str, &str)]) -> Result<Reply, NoReply> {
        let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        Ok(Reply { status, headers: headers.collect(), body: Vec::new() })
    }

    #[test]
    fn what_may_pass_is_asked_again_and_what_stands_is_not() {
        let seconds = |outcome: &Result<Reply, NoReply>, attempt| {
            again(outcome, attempt).map(|it| it.as_secs_f32())
        };
        let busy = reply(429, &[("retry-after", "7")]);
        assert_eq!(seconds(&busy, 1), Some(7.0));
        assert_eq!(seconds(&busy, ATTEMPTS), None, "given up");
        assert_eq!(seconds(&reply(429, &[("retry-after", "9999")]), 1), Some(60.0));
        assert_eq!(seconds(&reply(429, &[]), 3), Some(2.0));
        assert_eq!(seconds(&Err(NoReply("gone".into())), 2), Some(1.0));
        for status in [200, 400, 401, 402, 404] {
            assert_eq!(seconds(&reply(status, &[]), 1), None, "{status}");
        }
        assert_eq!(seconds(&reply(500, &[("stripe-should-retry", "false")]), 1), None);
        assert_eq!(seconds(&reply(400, &[("stripe-should-retry", "true")]), 1), Some(0.5));
    }
}
