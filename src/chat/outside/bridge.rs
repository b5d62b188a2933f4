//! The bridge to a membership system, as far as its file says.

use std::{
    fs, io,
    path::PathBuf,
    time::{Duration, Instant},
};

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

/// After this time without its file, the bridge does not run: systemd takes the file away when it ends,
/// and starts it again after some seconds.
const GONE: Duration = Duration::from_secs(60);

/// Starts to look.
pub(super) fn start(inbox: Inbox, path: PathBuf) -> io::Result<()> {
    thread("bridge", move || {
        let mut life = Life::default();
        while !inbox.is_ending() {
            let state: Option<Value> =
                fs::read(&path).ok().and_then(|it| serde_json::from_slice(&it).ok());
            let ended = life.look(state.as_ref(), path.exists(), Instant::now());
            for happened in state.iter().flat_map(failures).chain(ended) {
                if !inbox.tell(Input::Happened(happened)) {
                    return;
                }
            }
            clock::pause(PERIOD);
        }
    })
}

/// Whether the bridge runs.
#[derive(Default)]
struct Life {
    /// When it was started, while it runs.
    started: Option<String>,
    /// When its file was first missed.
    missed: Option<Instant>,
}

impl Life {
    /// Takes what there is of the file, and tells once if the bridge has ended. One that this program
    /// never saw is none of this machine's.
    fn look(&mut self, state: Option<&Value>, is_there: bool, now: Instant) -> Option<Happened> {
        if let Some(started) = state.and_then(|it| it["started"].as_str()) {
            (self.started, self.missed) = (Some(started.to_owned()), None);
        }
        if is_there {
            return None;
        }
        let missed = *self.missed.get_or_insert(now);
        let started = self.started.take_if(|_| now.duration_since(missed) >= GONE)?;
        Some(failure(format!("bridge:ended:{started}"), "does not run any more"))
    }
}

/// Returns which directions fail, and since when. It does not say why: that may name a queue.
fn failures(state: &Value) -> Vec<Happened> {
    let one = |(field, words): (&str, &str)| {
        let direction = &state[field];
        direction["trouble"].as_str()?;
        let since = direction["since"].as_str()?;
        let words = format!("{words}; its status says why");
        Some(failure(format!("bridge:{field}:{since}"), &words))
    };
    let both = [("incoming", "receives nothing"), ("outgoing", "sends nothing")];
    both.into_iter().filter_map(one).collect()
}

fn failure(key: String, words: &str) -> Happened {
    let words = format!("The bridge to the membership system {words}.");
    let facts = PostFacts { words, ..PostFacts::default() };
    Happened { key, kind: PostKind::Failure, facts }
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
        let silent = json!({ "outgoing": { "trouble": "x", "since": "2026-03-02T18:00:00Z" } });
        let words = "The bridge to the membership system sends nothing; its status says why.";
        assert_eq!(failures(&silent)[0].facts.words, words);
    }

    #[test]
    fn a_bridge_that_has_ended_is_told_once_and_one_that_is_started_again_is_not() {
        let begin = Instant::now();
        let mut life = Life::default();
        let mut look = |state: Option<&Value>, seconds| {
            let now = begin + Duration::from_secs(seconds);
            life.look(state, state.is_some(), now).map(|it| it.key)
        };
        assert_eq!(look(None, 0), None);
        assert_eq!(look(None, 100), None, "there never was one");
        let (first, second) = (json!({ "started": "a" }), json!({ "started": "b" }));
        assert_eq!(look(Some(&first), 101), None);
        assert_eq!(look(None, 102), None);
        assert_eq!(look(None, 161), None);
        assert_eq!(look(Some(&second), 161), None, "systemd has started it again");
        assert_eq!(look(None, 170), None);
        assert_eq!(look(None, 230).as_deref(), Some("bridge:ended:b"));
        assert_eq!(look(None, 300), None);
    }
}
