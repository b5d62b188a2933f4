//! Asks again where that is of use: an overloaded service, a lost answer.

use std::time::Duration;

use super::ProcessorError;
use crate::integrations::http::{Call, Client, NoReply, Reply, patience::wait};

/// Sends a request until there is an answer that counts. It has to have the same effect however often
/// it is sent: a question, or a request with a key. `passing` are the statuses of failures that may pass.
///
/// # Errors
/// There is no such answer.
pub(super) fn ask(
    client: &Client,
    call: &Call,
    pause: fn(Duration),
    passing: &[u16],
) -> Result<Reply, ProcessorError> {
    let mut attempt = 1;
    loop {
        let outcome = client.send(call);
        let Some(pausing) = again(&outcome, attempt, passing) else {
            return outcome.map_err(|NoReply(why)| ProcessorError::Down(why));
        };
        pause(pausing);
        attempt += 1;
    }
}

/// Returns how long to wait before it is asked again; `None` if the outcome stands.
fn again(outcome: &Result<Reply, NoReply>, attempt: u32, passing: &[u16]) -> Option<Duration> {
    let Ok(reply) = outcome else { return wait(attempt, None) };
    // Stripe says it itself; others by the status.
    let should = match reply.header("stripe-should-retry") {
        Some("true") => true,
        Some("false") => false,
        _ => passing.contains(&reply.status),
    };
    let asked = reply.header("retry-after").and_then(|it| it.trim().parse().ok());
    let asked = asked.map(Duration::from_secs).or_else(|| until_reset(reply));
    if should { wait(attempt, asked) } else { None }
}

/// Returns how long it takes, by the clock of the service, until it lets us ask again.
fn until_reset(reply: &Reply) -> Option<Duration> {
    let at = |name: &str| {
        let parsed = jiff::fmt::rfc2822::parse(reply.header(name)?).ok()?;
        Some(parsed.timestamp())
    };
    let wait = at("ratelimit-reset")?.duration_since(at("date")?);
    Duration::try_from(wait).ok().filter(|_| reply.status == 429)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integrations::http::patience::ATTEMPTS;

    fn reply(status: u16, headers: &[(&str, &str)]) -> Result<Reply, NoReply> {
        let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        Ok(Reply { status, headers: headers.collect(), body: Vec::new() })
    }

    #[test]
    fn what_may_pass_is_asked_again_and_what_stands_is_not() {
        let seconds = |outcome: &Result<Reply, NoReply>, attempt| {
            again(outcome, attempt, &[409, 429, 500, 503]).map(|it| it.as_secs_f32())
        };
        let busy = reply(429, &[("retry-after", "7")]);
        assert_eq!(seconds(&busy, 1), Some(7.0));
        assert_eq!(seconds(&busy, ATTEMPTS), None, "given up");
        assert_eq!(seconds(&reply(429, &[("retry-after", "9999")]), 1), Some(60.0));
        assert_eq!(seconds(&reply(429, &[]), 3), Some(2.0));
        let [date, reset] = ["13:00:05", "13:00:45"].map(|at| format!("Mon, 02 Mar 2026 {at} GMT"));
        let limited = reply(429, &[("date", &date), ("ratelimit-reset", &reset)]);
        assert_eq!(seconds(&limited, 1), Some(40.0), "by the clock of the service");
        let past = reply(429, &[("date", &reset), ("ratelimit-reset", &date)]);
        assert_eq!(seconds(&past, 1), Some(0.5));
        assert_eq!(seconds(&Err(NoReply("gone".into())), 2), Some(1.0));
        for status in [200, 400, 401, 402, 404] {
            assert_eq!(seconds(&reply(status, &[]), 1), None, "{status}");
        }
        assert_eq!(seconds(&reply(500, &[("stripe-should-retry", "false")]), 1), None);
        assert_eq!(seconds(&reply(400, &[("stripe-should-retry", "true")]), 1), Some(0.5));
    }
}
