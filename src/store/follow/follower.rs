//! Keeps an index in step with the branch.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        mpsc::{self, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{
    access::{CompiledMember, Index, NameHashes},
    model::{Basis, CommitId, Finding, FindingCode, Note, RecordPath, SpaceKey, budget},
    schedule::Window,
};
use crate::store::{
    Fetched, Revision, Store, StoreError, disk::watch::Watch, follow::clone_state::CloneState,
};

/// How often the repository is read if no hint comes.
const MINUTE: Duration = Duration::from_secs(60);

/// How far an index reaches back and ahead, and how old it may be before it is moved forward.
const BACK: SignedDuration = SignedDuration::from_hours(24);
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);
const RENEW: SignedDuration = SignedDuration::from_hours(24);

/// How many commits back to look for one that can be put in force, and how many of them to try.
const MAX_BACK: usize = 10_000;
const MAX_TRIES: usize = 64;

/// What there is to tell after looking at the branch.
#[derive(Clone, Debug)]
pub enum News {
    /// This is in force from now on.
    InForce {
        /// The records of the branch's newest commit, compiled.
        index: Arc<Index>,
        /// The key that codes are hashed with, if available.
        key: Option<SpaceKey>,
        /// What could not be read of the commit, and what keeps facilities shut.
        findings: Vec<Finding>,
        /// When it was committed.
        committed: Timestamp,
    },
    /// The newest commit cannot be read or used, or the repository; what was in force stays so.
    Trouble(Note),
    /// The state of the clone itself has changed.
    CloneState(CloneState),
}

/// Keeps the records of the branch's newest commit compiled, updating them as they change.
pub struct Follower {
    store: Arc<Store>,
    index: Option<Arc<Index>>,
    key: Option<SpaceKey>,
    committed: Timestamp,
    /// Whether an earlier version of a basis record replaces an unreadable one, so that the basis
    /// depends on more than the newest commit's tree.
    substituted: bool,
    /// The newest commit, if it must not be used, and why.
    refused: Option<(CommitId, Finding)>,
    /// The last problem, so that it is reported once.
    trouble: Option<Note>,
    /// The last known state of the clone, and its last successful fetch.
    clone_state: CloneState,
    fetched: Option<Fetched>,
}

impl Follower {
    /// Starts with nothing in force; [`Follower::poll`] reads the newest commit.
    #[must_use]
    pub fn new(store: impl Into<Arc<Store>>) -> Self {
        let committed = Timestamp::UNIX_EPOCH;
        Self {
            store: store.into(),
            index: None,
            key: None,
            committed,
            substituted: false,
            refused: None,
            trouble: None,
            clone_state: CloneState::default(),
            fetched: None,
        }
    }

    /// Checks the clone itself, and returns its state if it has changed.
    pub fn check_clone(&mut self, now: Timestamp) -> Option<News> {
        let clone_state = CloneState::of(&self.store, &mut self.fetched, now);
        (self.clone_state != clone_state).then(|| {
            self.clone_state = clone_state.clone();
            News::CloneState(clone_state)
        })
    }

    /// Checks whether the branch has moved or the index is about to run out, and returns the news.
    /// Without any, it only reads a small file.
    pub fn poll(&mut self, now: Timestamp) -> Vec<News> {
        let mut news = Vec::new();
        // Whatever a commit contains, it must not end the thread that will read the next one.
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| self.check_branch(now)));
        let message = "the newest commit cannot be compiled because of a fault in this program";
        match outcome.unwrap_or_else(|_| Err(Refusal::Other(message.into()))) {
            Ok(None) if self.trouble.is_none() => {}
            Ok(None) => {
                self.trouble = None;
                news.extend(self.index.clone().map(|index| {
                    let (key, findings) = (self.key.clone(), index.findings().to_vec());
                    News::InForce { index, key, findings, committed: self.committed }
                }));
            }
            Ok(Some(in_force)) => {
                self.trouble = None;
                news.push(in_force);
            }
            Err(refusal) => {
                // The last good index has to reach on, whatever the repository does.
                news.extend(match self.index.clone() {
                    Some(index) => self.renew(&index, now),
                    None => self.fall_back(&refusal, now),
                });
                let trouble = refusal.note();
                // What comes into force is reported first, since it ends what was wrong before.
                if !news.is_empty() || self.trouble.as_ref() != Some(&trouble) {
                    self.trouble = Some(trouble.clone());
                    news.push(News::Trouble(trouble));
                }
            }
        }
        news
    }

    /// Follows the branch in its own thread: looks after each hint, and every minute; `report` gets
    /// the news and returns whether somebody is still listening.
    pub fn follow(
        mut self,
        now: impl Fn() -> Timestamp + Send + 'static,
        mut report: impl FnMut(News) -> bool + Send + 'static,
    ) -> Following {
        let (hints, inbox) = mpsc::channel();
        let hint = hints.clone();
        let thread = thread::spawn(move || {
            let mut watch = Watch::branches(self.store.dir(), move || {
                let _ = hint.send(Hint::Poll); // it may have stopped
            });
            loop {
                watch.renew();
                // Changes of a commit come first: somebody may be standing at the door.
                if !self.poll(now()).into_iter().all(&mut report)
                    || !self.check_clone(now()).into_iter().all(&mut report)
                {
                    return;
                }
                let hint = inbox.recv_timeout(MINUTE).unwrap_or(Hint::Poll);
                // One look answers all hints since the last one.
                let stop = inbox.try_iter().any(|it| it == Hint::Stop) || hint == Hint::Stop;
                if stop {
                    return;
                }
            }
        });
        Following { hints, thread: Some(thread) }
    }

    fn check_branch(&mut self, now: Timestamp) -> Result<Option<News>, Refusal> {
        let head = self.store.head()?;
        let old = self.index.clone();
        if let Some(old) = old.as_ref().filter(|old| old.commit() == head) {
            return Ok(self.renew(old, now));
        }
        // What is wrong with a commit for good is not looked for again each minute.
        if let Some((_, finding)) = self.refused.as_ref().filter(|(commit, _)| *commit == head) {
            return Err(Refusal::Odd(finding.clone()));
        }
        let read = match old.map(|old| self.patch(&old, head)) {
            Some(Ok(news)) => Ok(news),
            Some(Err(odd @ Refusal::Odd(_))) => Err(odd),
            // The old commit may be gone after a rewind and a clean-up, but the new one may exist.
            Some(Err(Refusal::Other(_))) | None => self.compile(head, now),
        };
        self.refused = match &read {
            Err(Refusal::Odd(finding)) => Some((head, finding.clone())),
            _ => None,
        };
        read.map(Some)
    }

    /// Puts the newest commit in force before an odd one, so that a process that starts anew puts
    /// the same commit in force as one that was already running.
    fn fall_back(&mut self, refusal: &Refusal, now: Timestamp) -> Option<News> {
        let Refusal::Odd(finding) = refusal else { return None };
        let mut odd = vec![finding.path.clone()];
        let head = self.store.head().ok()?;
        let mut tried = 0;
        for commit in self.store.ancestors(head, MAX_BACK) {
            // As long as the folder is the same it is as odd.
            if odd.iter().any(|path| !self.store.differ_at(head, commit, path)) {
                continue;
            }
            match self.compile(commit, now) {
                Ok(news) => return Some(news),
                Err(Refusal::Odd(finding)) if tried < MAX_TRIES => odd.push(finding.path),
                Err(_) => return None,
            }
            tried += 1;
        }
        None
    }

    /// Reads what differs from the commit in force.
    fn patch(&mut self, old: &Index, head: CommitId) -> Result<News, Refusal> {
        let revision = self.store.read(head)?;
        check_sound(&revision)?;
        let delta = revision.delta(old.commit())?;
        let mut findings = delta.findings;
        let mut basis = None;
        if delta.basis || self.substituted {
            let (new, mut more) = read_basis(&revision)?;
            self.substituted = more.iter().any(Finding::is_error);
            findings.append(&mut more);
            basis = Some(new);
        }
        check_intact(&findings)?;
        let index = old.patch(head, basis.as_ref(), delta.members);
        check_budget(&index)?;
        self.committed = revision.time();
        if basis.is_some() {
            self.read_key(&mut findings);
        }
        Ok(self.put_in_force(index, findings))
    }

    /// Reads all of a commit.
    fn compile(&mut self, head: CommitId, now: Timestamp) -> Result<News, Refusal> {
        let revision = self.store.read(head)?;
        check_sound(&revision)?;
        let (basis, mut findings) = read_basis(&revision)?;
        let substituted = findings.iter().any(Finding::is_error);
        let mut index = Index::begin(head, &basis, window(now));
        check_budget(&index)?;
        // Members are added one by one, so that they are never all in memory beside the index, and no
        // more of them than it may have.
        let mut more = revision.each_bucket(
            || (NameHashes::default(), 0, Vec::new()),
            |(names, load, some), folder| {
                if *load <= budget::LOAD {
                    let entry = CompiledMember::with(names, &folder);
                    *load += entry.load();
                    some.push(entry);
                }
            },
            |(_, _, some)| {
                some.into_iter().for_each(|entry| index.add(entry));
                check_budget(&index)
            },
        )?;
        let index = index.finish();
        let committed = revision.time();
        findings.append(&mut more);
        if self.index.is_some() {
            check_intact(&findings)?;
        }
        self.store.close_idle();
        (self.substituted, self.committed) = (substituted, committed);
        self.read_key(&mut findings);
        Ok(self.put_in_force(index, findings))
    }

    fn read_key(&mut self, findings: &mut Vec<Finding>) {
        match self.store.key() {
            Ok(key) => self.key = Some(key),
            // The old key stays: it is the best guess, and a wrong key only keeps doors shut.
            Err(error) => findings.push(
                Finding::error(FindingCode::Key, RecordPath::Space, error.to_string())
                    .advise(error.hint()),
            ),
        }
    }

    fn put_in_force(&mut self, index: Index, mut findings: Vec<Finding>) -> News {
        findings.extend_from_slice(index.findings());
        let index = Arc::new(index);
        self.index = Some(index.clone());
        News::InForce { index, key: self.key.clone(), findings, committed: self.committed }
    }

    /// Moves the index forward in time if it is old enough.
    fn renew(&mut self, index: &Index, now: Timestamp) -> Option<News> {
        needs_renewal(index, now)
            .then(|| self.put_in_force(index.with_window(window(now)), Vec::new()))
    }
}

/// Tells whether an index needs another window: it was started a day or more ago, or the clock was
/// set back.
fn needs_renewal(index: &Index, now: Timestamp) -> bool {
    let age = now.duration_since(index.horizon().from);
    age < SignedDuration::ZERO || age >= BACK + RENEW
}

fn window(now: Timestamp) -> Window {
    let from = now.saturating_sub(BACK).unwrap_or(Timestamp::MIN);
    Window { from, until: now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX) }
}

/// Reads what belongs to no member; a commit without settings does not belong to a space.
fn read_basis(revision: &Revision<'_>) -> Result<(Basis, Vec<Finding>), Refusal> {
    let (basis, findings) = revision.basis();
    if basis.space.get().is_some() {
        return Ok((basis, findings));
    }
    let why = findings.iter().find(|it| it.is_error() && it.path == RecordPath::Space.to_string());
    let why = why.map_or_else(|| "there is no space.json".to_owned(), ToString::to_string);
    let message = format!("commit {} cannot be used: {why}", revision.id().short());
    Err(Refusal::Other(message.into()))
}

/// Refuses a commit that nobody must use.
fn check_sound(revision: &Revision<'_>) -> Result<(), Refusal> {
    revision.unsound().map_or(Ok(()), |finding| Err(Refusal::Odd(finding)))
}

/// Refuses a commit with more in it than a space may have.
fn check_budget(index: &Index) -> Result<(), Refusal> {
    index.over_budget().map_or(Ok(()), |finding| Err(Refusal::Odd(finding)))
}

/// Refuses a commit with missing objects: what is missing was not removed on purpose.
fn check_intact(findings: &[Finding]) -> Result<(), Refusal> {
    match findings.iter().find(|finding| finding.code == FindingCode::Damaged) {
        Some(damage) => Err(Refusal::Other(damage.to_string().into())),
        None => Ok(()),
    }
}

/// Why a commit does not come into force.
enum Refusal {
    /// A folder of it is not as git writes it, or there is more in it than a space may have.
    Odd(Finding),
    /// Anything else, which may be different the next time.
    Other(Note),
}

impl Refusal {
    fn note(self) -> Note {
        match self {
            Self::Odd(finding) => finding.to_string().into(),
            Self::Other(note) => note,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Damaged(finding) => Self::Odd(finding),
            error => Self::Other(Note { text: error.to_string(), advice: error.hint() }),
        }
    }
}

/// A follower running in its thread, which ends when this is dropped.
#[derive(Debug)]
pub struct Following {
    hints: Sender<Hint>,
    thread: Option<JoinHandle<()>>,
}

impl Following {
    /// Makes it look at the branch now.
    pub fn poll_now(&self) {
        let _ = self.hints.send(Hint::Poll); // it may have stopped
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hint {
    Poll,
    Stop,
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.hints.send(Hint::Stop); // it may have stopped already
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follower").field("index", &self.index).finish_non_exhaustive()
    }
}
