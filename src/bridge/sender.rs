//! Activities out: the oldest first, each until the queue has taken it.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;

use super::Event;
use crate::{
    config::BridgeConfig,
    domain::{messages, model::Activity},
    integrations::queue::{Outgoing, Queue, QueueError},
    store::{
        Store, StoreError,
        journal::{Backlog, Waiting},
    },
};

/// How many activities are handed over at once, whatever a queue takes in one call: after each time
/// the cursor is written.
const FEWEST: usize = 100;
const MOST: usize = 5000;

/// How often the progress of a long backlog is told, in activities.
const PROGRESS: usize = 10_000;

/// The direction of activities that go out.
pub struct Sender {
    /// The file of the cursor.
    cursor: PathBuf,
    /// The folder of the journals.
    journal: PathBuf,
    /// What was not sent yet, once the cursor could be read.
    backlog: Option<Backlog>,
    queue: Arc<dyn Queue>,
    config: BridgeConfig,
    /// How many wait, while they are more than are sent at once.
    left: Option<u64>,
    /// How many were sent and not told.
    untold: usize,
}

/// What was sent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sent {
    /// The number of activities that were sent.
    pub sent: u64,
    /// The number that the queue will never take.
    pub refused: u64,
    /// Why not all were sent, if so.
    pub trouble: Option<String>,
    /// Whether there may be more.
    pub more: bool,
}

impl Sender {
    /// Sends what the journals in a folder say, as far as the file of a cursor does not say that it
    /// was sent.
    #[must_use]
    pub fn new(
        cursor: PathBuf,
        journal: PathBuf,
        queue: Arc<dyn Queue>,
        config: BridgeConfig,
    ) -> Self {
        Self { cursor, journal, backlog: None, queue, config, left: None, untold: 0 }
    }

    /// Returns the file that says how far the journals were sent.
    #[must_use]
    pub fn cursor(store: &Store) -> PathBuf {
        store.dir().join("bridge-sent.json")
    }

    /// Sends the oldest activities. What is not in the hands of the queue afterwards is sent the
    /// next time, with the same ids.
    pub fn round(&mut self, now: Timestamp, tell: &mut dyn FnMut(Event)) -> Sent {
        let most = self.queue.batch().clamp(FEWEST, MOST);
        let mut done = Sent::default();
        let next = self.backlog(now, tell).and_then(|backlog| backlog.next(most));
        let (waiting, findings) = match next {
            Ok(next) => next,
            Err(error) => return Sent { trouble: Some(error.to_string()), ..done },
        };
        for finding in findings {
            tell(Event::Note { words: finding.to_string() });
        }
        if waiting.is_empty() {
            self.tell_progress(true, tell);
            return done;
        }
        done.more = waiting.len() == most;
        if done.more && self.left.is_none() {
            let count = self.backlog.as_ref().map(|it| it.count(is_sent));
            self.left = count.and_then(Result::ok).map(|it| it.number);
        }
        let outgoing: Vec<Option<Outgoing>> =
            waiting.iter().map(|it| outgoing(it, &self.config)).collect();
        let handed_over = self.send(&outgoing, now, &mut done, tell);
        let moved = self.backlog.as_mut().map_or(Ok(()), |it| it.handed_over(handed_over));
        if let Err(error) = moved {
            done.trouble = Some(error.to_string());
        }
        self.left = self.left.map(|left| left.saturating_sub(done.sent));
        self.untold += usize::try_from(done.sent).unwrap_or(usize::MAX);
        self.tell_progress(!done.more || done.trouble.is_some(), tell);
        done
    }

    /// Returns what was not sent yet; a new cursor begins now, unless the configuration says when.
    fn backlog(
        &mut self,
        now: Timestamp,
        tell: &mut dyn FnMut(Event),
    ) -> Result<&mut Backlog, StoreError> {
        let none = match &mut self.backlog {
            Some(backlog) => return Ok(backlog),
            none => none,
        };
        let since = self.config.since.unwrap_or(now);
        let new = !self.cursor.exists();
        let backlog = Backlog::open(&self.cursor, &self.journal, since)?;
        if new {
            tell(Event::Since { since: backlog.since() });
        }
        Ok(none.insert(backlog))
    }

    /// Tells how many were sent since the last time, if they are many or that was all.
    fn tell_progress(&mut self, over: bool, tell: &mut dyn FnMut(Event)) {
        if self.untold >= PROGRESS || over && self.untold > 0 {
            let left = self.left.filter(|left| *left > 0);
            tell(Event::Sent { count: std::mem::take(&mut self.untold), left });
        }
        if over {
            self.left = None;
        }
    }

    /// Sends messages, and returns how many of the activities are done with: all before the first
    /// that the queue did not take.
    fn send(
        &self,
        all: &[Option<Outgoing>],
        now: Timestamp,
        done: &mut Sent,
        tell: &mut dyn FnMut(Event),
    ) -> usize {
        let messages: Vec<Outgoing> = all.iter().flatten().cloned().collect();
        let mut results =
            if messages.is_empty() { Vec::new() } else { self.queue.send(&messages, now) }
                .into_iter();
        for (count, message) in all.iter().enumerate() {
            let Some(message) = message else { continue };
            match results.next() {
                Some(Ok(())) => done.sent += 1,
                Some(Err(QueueError::Refused(words))) => {
                    done.refused += 1;
                    tell(Event::NotSent { activity: message.id.clone(), words });
                }
                Some(Err(error)) => {
                    done.trouble = Some(error.to_string());
                    return count;
                }
                None => {
                    done.trouble = Some("the queue does not say what it took".into());
                    return count;
                }
            }
        }
        all.len()
    }
}

/// Tells whether an activity is sent: attempts are, and only real ones.
#[must_use]
pub fn is_sent(activity: &Activity) -> bool {
    activity.is_attempt() && !activity.rehearsal
}

/// Makes the message about an activity; `None` if it is not sent.
fn outgoing(waiting: &Waiting, config: &BridgeConfig) -> Option<Outgoing> {
    let Waiting { id, activity } = waiting;
    let message = Some(activity).filter(|it| is_sent(it)).and_then(|activity| {
        messages::Outgoing::new(activity, id) // `None` if the document has no such message
    })?;
    // Where messages are files, they are read in the order of their ids.
    let time = activity.time.strftime("%Y%m%dT%H%M%S.%9f").to_string();
    Some(Outgoing {
        id: format!("{time}Z-{}", message.id),
        group: config.outgoing_group(message.facility.as_str()).to_owned(),
        body: message.text,
    })
}
