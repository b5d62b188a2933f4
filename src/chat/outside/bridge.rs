//! The bridge to a membership system, as far as its file says.

use std::{fs, io, path::PathBuf, time::Duration};

use serde_json::Value;

use super::Inbox;
use crate::service::start_thread as thread;
use crate::{
    chat::{Happened, Input},
    clock,
    domain::{model::PostKind, posts::PostFacts},
};

/// How often its file is read.
const PERIOD: Duration = Duration::from_millis(500);

/// Starts to look.
pub(super) fn start(inbox: Inbox, path: PathBuf) -> io::Result<()> {
    thread("bridge", move || {
        while !inbox.is_ending() {
            let state: Option<Value> =
                fs::read(&path).ok().and_then(|it| serde_json::from_slice(&it).ok());
            for happened in state.iter().flat_map(failures) {
                if !inbox.tell(Input::Happened(happened)) {
                    return;
                }
            }
            clock::pause(PERIOD);
        }
    })
}

/// Returns which directions fail, and since when. It does not say why: that may name a queue.
fn failures(state: &Value) -> Vec<Happened> {
    let one = |(field, words): (&str, &str)| {
        let direction = &state[field];
        direction["trouble"].as_str()?;
        let since = direction["since"].as_str()?;
        let words = format!("The bridge to the membership system {words}; its status says why.");
        let facts = PostFacts { words, ..PostFacts::default() };
        Some(Happened { key: format!("bridge:{field}:{since}"), kind: PostKind::Failure, facts })
    };
    let both = [("incoming", "receives nothing"), ("outgoing", "sends nothing")];
    both.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_direction_that_fails_is_told_once_for_each_time() {
        let state = json!({
            "incoming": { "trouble": "no answer from secret.example.org", "since": "2026-03-02T18:00:00Z" },
            "outgoing": { "trouble": null, "since": null },
        });
        let told = failures(&state);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].key, "bridge:incoming:2026-03-02T18:00:00Z");
        assert!(!told[0].facts.words.contains("secret"));
        assert_eq!(failures(&json!({})), []);
    }
}
