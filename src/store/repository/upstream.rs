//! How a clone compares with the repository that it came from, as of git's last fetch.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    clone::Remote,
    fetch_head::{self, FetchHead, Fetched},
    mirror::{Mirror, Waiting},
};
use crate::{
    domain::model::{Advice, CommitId, Note},
    store::{
        Store, StoreError,
        disk::cache,
        objects::ids::{commit_id, oid},
    },
};

/// The name of the file in `cache/` that keeps the last successful fetch.
const FILE: &str = "fetched";

/// A door fetches each minute. After this time without a successful fetch, somebody has to know.
const STALE: SignedDuration = SignedDuration::from_hours(1);

/// How a clone compares with the repository that it came from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Upstream {
    /// The address of the other repository.
    pub url: String,
    /// The branch of the space.
    pub branch: String,
    /// When the last fetch succeeded, if known.
    pub fetched: Option<Timestamp>,
    /// When a fetch started that failed or is still running, if none has succeeded since.
    pub failed: Option<Timestamp>,
    /// What git said when that failed, or when what was fetched did not get here, if it was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// When the clone or its mirror was made, if nothing has been fetched since.
    pub begun: Option<Timestamp>,
    /// How many commits are on one side only; `None` if unknown.
    pub apart: Option<Apart>,
    /// Whether this is a door's clone, which has to keep up.
    pub follows: bool,
    /// The mirror on this machine that commits come through, if there is one.
    pub mirror: Option<Mirror>,
}

/// How far two histories have diverged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct Apart {
    /// The number of commits that are only here.
    pub ahead: usize,
    /// The number of commits that are only there.
    pub behind: usize,
}

impl Store {
    /// Compares this clone with the repository that it came from, if it is a clone.
    ///
    /// git forgets a successful fetch as soon as another one fails; `last` remembers it between
    /// calls.
    ///
    /// # Errors
    /// The branch has no commit, or cannot be read.
    pub fn upstream(&self, last: &mut Option<Fetched>) -> Result<Option<Upstream>, StoreError> {
        let Some(remote) = self.remote() else { return Ok(None) };
        let (branch, mirror) = (self.pinned()?, self.mirror());
        let fetches = mirror.as_deref().unwrap_or_else(|| self.common_dir());
        let cached = cache::path(self.dir(), FILE);
        let (mut failed, mut hidden, mut begun) = (None, false, None);
        match FetchHead::read(fetches, branch, &remote.url) {
            FetchHead::Fetched(fetched) => *last = Some(fetched),
            FetchHead::Failed(at) => {
                failed = Some(at);
                let known: Option<Fetched> = cache::read(&cached);
                match &*last {
                    // Written once only, so that it costs the disk nothing while all is well.
                    Some(fetched) if known.as_ref() != Some(fetched) => {
                        cache::write(&cached, fetched)
                    }
                    Some(_) => {}
                    None => *last = known,
                }
            }
            FetchHead::Hidden => hidden = true,
            FetchHead::Nothing(since) => begun = Some(since),
        }
        let fetched = last.as_ref().filter(|it| it.url == remote.url);
        let waits = mirror.is_some() && fetched.is_some_and(|it| !self.has(it.commit));
        let answer = match (failed, waits) {
            (Some(_), _) => fetch_head::answer(fetches),
            (None, true) => fetch_head::answer(self.common_dir()),
            (None, false) => None,
        };
        let mirror = mirror.map(|path| {
            let waiting = fetched.filter(|_| waits);
            let waiting = waiting.map(|it| Waiting::of(it.commit, &path, branch));
            Mirror { path, hidden, waiting }
        });
        Ok(Some(Upstream {
            answer,
            // A branch that cannot be read is told when commits are.
            apart: if waits {
                None
            } else {
                self.divergence(&remote, branch, fetched).unwrap_or_default()
            },
            fetched: fetched.map(|it| it.at),
            failed,
            begun,
            follows: self.is_door(),
            url: remote.url,
            branch: branch.to_owned(),
            mirror,
        }))
    }

    fn has(&self, commit: CommitId) -> bool {
        self.database().commit(oid(commit)).is_ok()
    }

    fn divergence(
        &self,
        remote: &Remote,
        branch: &str,
        fetched: Option<&Fetched>,
    ) -> Result<Option<Apart>, StoreError> {
        let (here, repo) = (self.head()?, self.repo()?);
        let tracked = repo.refname_to_id(&format!("refs/remotes/{}/{branch}", remote.name));
        let there = tracked.map(commit_id).ok().or(fetched.map(|it| it.commit));
        Ok(there.and_then(|there| {
            let (ahead, behind) = self.sides(oid(here), oid(there)).ok()?;
            Some(Apart { ahead: ahead.len(), behind: behind.len() })
        }))
    }
}

impl Upstream {
    /// Describes the comparison: `2 commits behind`.
    #[must_use]
    pub fn words(&self) -> String {
        let commits = |n: usize| format!("{n} commit{}", if n == 1 { "" } else { "s" });
        match (self.apart, self.waiting()) {
            (_, Some(Waiting { commit, .. })) => {
                format!("commit {} was fetched and is not here yet", commit.short())
            }
            (None, None) => "not compared yet: nothing was fetched".to_owned(),
            (Some(Apart { ahead: 0, behind: 0 }), _) => "in step".to_owned(),
            (Some(Apart { ahead, behind: 0 }), _) => format!("{} ahead", commits(ahead)),
            (Some(Apart { ahead: 0, behind }), _) => format!("{} behind", commits(behind)),
            (Some(Apart { ahead, behind }), _) => {
                format!("gone apart: {} only here, {behind} only there", commits(ahead))
            }
        }
    }

    /// Says that the last fetch has not succeeded, and what git said.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        let failed = self.failed?;
        let said = self.answer.as_ref().map_or_else(String::new, |it| format!("; git said: {it}"));
        Some(format!("the last fetch, at {failed:.0}, has not succeeded{said}"))
    }

    /// Returns until when this clone is known to have had all that was there; `None` if that is not
    /// known, and while something is there that is not here.
    #[must_use]
    pub fn heard(&self, now: Timestamp) -> Option<Timestamp> {
        if let Some(waiting) = self.waiting() {
            return waiting.since;
        }
        let in_step = self.apart.is_none_or(|apart| apart.behind == 0);
        // A clock that was set back makes a fetch look like one to come.
        let latest = now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MAX);
        self.fetched.or(self.begun).filter(|at| in_step && *at <= latest)
    }

    fn waiting(&self) -> Option<Waiting> {
        self.mirror.as_ref()?.waiting
    }

    /// Returns what somebody has to look at: histories that have diverged, and for a door
    /// everything that keeps a change from coming into force.
    #[must_use]
    pub fn note(&self, now: Timestamp) -> Option<Note> {
        let Self { url, branch, .. } = self;
        let Apart { ahead, behind } = self.apart.unwrap_or_default();
        let from = if self.mirror.is_some() { "mirror" } else { "origin" };
        let reset =
            format!("to go by that repository again: `git fetch {from} +{branch}:{branch}`");
        Some(match (ahead, behind, self.follows) {
            (1.., 1.., true) => Note::new(
                format!(
                    "this door and {url} have {}; nothing that is pushed there comes into force",
                    self.words()
                ),
                format!("find out who committed here or rewrote the history there; {reset}"),
            ),
            (1.., 1.., false) => {
                Note::new(format!("this clone and {url} have {}", self.words()), Advice::JoinClones)
            }
            (1.., 0, true) => Note::new(
                format!("this door is {} of {url}: somebody committed here", self.words()),
                format!("push it from here (`git push origin {branch}`), or drop it; {reset}"),
            ),
            (0, 1.., true) => Note::new(
                format!("this door is {} {url}, although they were fetched", self.words()),
                format!("put them into force: `git fetch {from} {branch}:{branch}`"),
            ),
            _ => {
                let held_up = self.mirror.as_ref().and_then(|it| it.note(url, now));
                return held_up.or_else(|| self.stale_fetch(now));
            }
        })
    }

    /// Reports that a door has not heard from the other repository for a long time.
    fn stale_fetch(&self, now: Timestamp) -> Option<Note> {
        let url = &self.url;
        let is_stale = |at: &Timestamp| now.duration_since(*at) > STALE;
        let text = match (self.fetched, self.failed, self.begun) {
            (Some(at), ..) | (None, None, Some(at)) if is_stale(&at) => {
                format!("nothing was fetched from {url} since {at:.0}")
            }
            (None, Some(at), _) if is_stale(&at) => {
                format!("no fetch from {url} succeeded since {at:.0}")
            }
            _ => return None,
        };
        let advice = "look at the network and at the units: `systemctl status space-fetch.timer space-fetch`";
        self.follows.then(|| Note::new(text, advice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upstream(apart: Option<(usize, usize)>, follows: bool) -> Upstream {
        let apart = apart.map(|(ahead, behind)| Apart { ahead, behind });
        let fetched = "2026-01-15T18:00:00Z".parse().ok();
        let url = "git@server:space.git".into();
        let (failed, answer, begun, mirror) = (None, None, None, None);
        Upstream {
            url,
            branch: "main".into(),
            fetched,
            failed,
            answer,
            begun,
            apart,
            follows,
            mirror,
        }
    }

    #[test]
    fn a_door_tells_whatever_keeps_a_change_away_and_other_clones_what_git_cannot_mend() {
        let now = "2026-01-15T18:01:00Z".parse().unwrap();
        let told = |apart, follows| upstream(apart, follows).note(now).map(|note| note.text);
        for quiet in [Some((0, 0)), None] {
            assert_eq!((told(quiet, true), told(quiet, false)), (None, None));
        }
        for (apart, word) in [
            ((1, 2), "gone apart: 1 commit only here, 2 only there"),
            ((3, 0), "3 commits ahead"),
            ((0, 1), "1 commit behind"),
        ] {
            assert!(told(Some(apart), true).unwrap().contains(word), "{apart:?}");
            assert_eq!(told(Some(apart), false).is_some(), apart == (1, 2), "{apart:?}");
        }
    }

    #[test]
    fn a_door_that_hears_nothing_for_an_hour_says_so() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let door = upstream(Some((0, 0)), true);
        assert_eq!(door.note(at("2026-01-15T19:00:00Z")), None);
        let late = at("2026-01-15T19:00:01Z");
        assert!(door.note(late).unwrap().text.contains("since 2026-01-15T18:00:00Z"));
        assert_eq!(upstream(Some((0, 0)), false).note(late), None);
        let never = Upstream { fetched: None, failed: door.fetched, ..door };
        assert!(never.note(late).unwrap().text.contains("no fetch"));
        let begun = never.failed;
        let idle = Upstream { failed: None, begun, ..never };
        assert!(idle.note(late).unwrap().text.contains("nothing was fetched"));
        assert_eq!(idle.note(at("2026-01-15T19:00:00Z")), None);
    }
}
