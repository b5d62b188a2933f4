//! Keeps an index in step with the branch.

use std::{
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    sync::{Arc, OnceLock, mpsc},
    thread,
    time::Duration,
};

use jiff::Timestamp;

use crate::domain::{
    access::{CompiledMember, Index, NameHashes},
    model::{CommitId, Finding, Note, SpaceKey, budget},
};
use crate::store::{
    Fetched, Store, StoreError,
    disk::watch::Watch,
    follow::{
        alive::Alive,
        clone_state::CloneState,
        demand::Demand,
        following::{Following, Hint},
        refusal::{Refusal, check_budget, check_intact, check_sound, read_basis},
        sealed::SealedCopy,
        source::Source,
        window::{needs_renewal, window},
    },
};

/// How often the repository is read if no hint comes.
const MINUTE: Duration = Duration::from_secs(60);

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
    /// The records in force are known to have been current at this moment.
    Heard(Timestamp),
}

/// Keeps the records of the branch's newest commit compiled, updating them as they change.
pub struct Follower {
    source: Source,
    pub(super) index: Option<Arc<Index>>,
    pub(super) key: Option<SpaceKey>,
    pub(super) committed: Timestamp,
    /// Whether an earlier version of a basis record replaces an unreadable one, so that the basis
    /// depends on more than the newest commit's tree.
    substituted: bool,
    /// The newest commit, if it must not be used, and why.
    refused: Option<(CommitId, Finding)>,
    /// The last problem, so that it is reported once.
    pub(super) trouble: Option<Note>,
    /// The last known state of the clone, and its last successful fetch.
    clone_state: CloneState,
    pub(super) fetched: Option<Fetched>,
    /// Whether the branch cannot be watched, so that it is only looked at each minute.
    blind: bool,
    /// Whether this is the process that a door's clone belongs to.
    pub(super) mends: bool,
    /// When the branch was last read and is what is in force.
    pub(super) in_step: Option<Timestamp>,
    /// Until when the records in force are known to have been current.
    pub(super) heard: Option<Timestamp>,
    /// The copy of what is in force on the door's own disk, if one is kept.
    pub(super) copy: Option<SealedCopy>,
    /// Whether that is what is in force, and whether it has to be written anew.
    pub(super) by_copy: bool,
    /// Whether what is in force is only what could be read of a damaged commit.
    pub(super) in_part: bool,
    pub(super) copy_is_old: bool,
}

impl Follower {
    /// Starts with nothing in force; [`Follower::poll`] reads the newest commit.
    #[must_use]
    pub fn new(store: impl Into<Arc<Store>>) -> Self {
        Self::of(Source::Open(store.into()))
    }

    /// Starts with a repository that may not be readable yet: each look tries to open it. `open` is set
    /// once it is.
    #[must_use]
    pub fn of_folder(folder: PathBuf, open: Arc<OnceLock<Arc<Store>>>) -> Self {
        Self::of(Source::Folder(folder, open))
    }

    fn of(source: Source) -> Self {
        let committed = Timestamp::UNIX_EPOCH;
        Self {
            source,
            index: None,
            key: None,
            committed,
            substituted: false,
            refused: None,
            trouble: None,
            clone_state: CloneState::default(),
            fetched: None,
            mends: false,
            blind: false,
            in_step: None,
            heard: None,
            copy: None,
            by_copy: false,
            in_part: false,
            copy_is_old: false,
        }
    }

    /// Remembers on the disk which commit is in force, for the next start, and mends the clone of a door
    /// whose newest commits a power cut has damaged.
    #[must_use]
    pub const fn mending(mut self) -> Self {
        self.mends = true;
        self
    }

    /// Keeps a copy of what is in force in a folder of the door's own, for a start at which the
    /// repository cannot be read.
    #[must_use]
    pub fn copying_to(mut self, folder: PathBuf) -> Self {
        self.copy = Some(SealedCopy::in_folder(folder));
        self
    }

    /// Checks the clone itself, and returns its state if it has changed.
    pub fn check_clone(&mut self, now: Timestamp) -> Option<News> {
        let store = self.store().ok()?;
        let mut clone_state = CloneState::of(&store, &mut self.fetched, now);
        if self.blind {
            clone_state.notes.push(Note::new(
                "changes are noticed once a minute only: the system watches no more files for this user",
                "raise fs.inotify.max_user_watches and fs.inotify.max_user_instances (sysctl)",
            ));
        }
        // It is told now, and gone at the next look.
        if self.mends && store.is_door() {
            for lock in store.stale_locks(now) {
                let _ = store.remove_lock(&lock); // then it is told again
            }
        }
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
            Ok(None) if self.trouble.is_none() => {
                self.in_step = Some(now);
            }
            Ok(None) => {
                (self.trouble, self.in_step) = (None, Some(now));
                news.extend(self.index.clone().map(|index| {
                    let (key, findings) = (self.key.clone(), index.findings().to_vec());
                    News::InForce { index, key, findings, committed: self.committed }
                }));
            }
            Ok(Some(in_force)) => {
                (self.trouble, self.in_step) = (None, Some(now));
                news.push(in_force);
            }
            Err(refusal) => {
                // The last good index has to reach on, whatever the repository does.
                news.extend(match self.index.clone() {
                    Some(index) => self.renew(&index, now),
                    None => self
                        .fall_back(&refusal, now)
                        .or_else(|| self.make_do(&refusal, now))
                        .or_else(|| self.go_by_copy(now)),
                });
                let mut trouble = refusal.note();
                if let Some(at) = self.heard.filter(|_| self.by_copy) {
                    trouble.text += &format!(
                        "; this door goes by its own copy of the records, which were current at {at:.0}"
                    );
                }
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
        let (hint, alive) = (hints.clone(), Alive::new());
        let mark = alive.clone();
        let thread = thread::spawn(move || {
            let mut watch: Option<Watch> = None;
            loop {
                mark.begin();
                if watch.is_none()
                    && let Ok(store) = self.store()
                {
                    let hint = hint.clone();
                    watch = Some(Watch::branches(store.dir(), move || {
                        let _ = hint.send(Hint::Poll); // it may have stopped
                    }));
                }
                self.blind = watch.as_mut().is_some_and(|watch| !watch.renew());
                // Changes of a commit come first: somebody may be standing at the door.
                let news = self.poll(now());
                let quiet = news.is_empty();
                if !news.into_iter().all(&mut report)
                    || !self.check_clone(now()).into_iter().all(&mut report)
                    || !report(self.hear(now()))
                {
                    return;
                }
                // Several changes at once are copied once.
                if quiet {
                    self.keep_copy(now());
                }
                mark.end();
                let hint = inbox.recv_timeout(MINUTE).unwrap_or(Hint::Poll);
                // One look answers all hints since the last one.
                let stop = inbox.try_iter().any(|it| it == Hint::Stop) || hint == Hint::Stop;
                if stop {
                    return;
                }
            }
        });
        Following { hints, thread: Some(thread), alive }
    }

    fn check_branch(&mut self, now: Timestamp) -> Result<Option<News>, Refusal> {
        let head = self.store()?.head()?;
        // What came from a copy, or from a part, says nothing about the repository.
        let old = self.index.clone().filter(|_| !self.by_copy && !self.in_part);
        if let Some(old) = old.as_ref().filter(|old| old.commit() == head) {
            return Ok(self.late_key(old).or_else(|| self.renew(old, now)));
        }
        // What is wrong with a commit for good is not looked for again each minute.
        if let Some((_, finding)) = self.refused.as_ref().filter(|(commit, _)| *commit == head) {
            return Err(Refusal::Odd(finding.clone()));
        }
        let read = match old.map(|old| self.patch(&old, head)) {
            Some(Ok(news)) => Ok(news),
            Some(Err(odd @ Refusal::Odd(_))) => Err(odd),
            // The old commit may be gone after a rewind and a clean-up, but the new one may exist.
            Some(Err(Refusal::Other(_))) => self.compile(head, Demand::Whole, now),
            // At the start, what was in force before is better than a part of what is newest.
            None if self.mends => self.compile(head, Demand::Whole, now),
            None => self.compile(head, Demand::Part, now),
        };
        self.refused = match &read {
            Err(Refusal::Odd(finding)) => Some((head, finding.clone())),
            _ => None,
        };
        read.map(Some)
    }

    pub(super) fn store(&self) -> Result<Arc<Store>, StoreError> {
        self.source.store()
    }

    /// Reads what differs from the commit in force.
    fn patch(&mut self, old: &Index, head: CommitId) -> Result<News, Refusal> {
        let store = self.store()?;
        let revision = store.read(head)?;
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
    pub(super) fn compile(
        &mut self,
        head: CommitId,
        demand: Demand,
        now: Timestamp,
    ) -> Result<News, Refusal> {
        let store = self.store()?;
        let revision = store.read(head)?;
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
        if self.index.is_some() || demand == Demand::Whole {
            check_intact(&findings)?;
        }
        store.close_idle();
        (self.substituted, self.committed) = (substituted, committed);
        (self.by_copy, self.in_part) = (false, false);
        self.read_key(&mut findings);
        Ok(self.put_in_force(index, findings))
    }

    pub(super) fn put_in_force(&mut self, index: Index, mut findings: Vec<Finding>) -> News {
        findings.extend_from_slice(index.findings());
        let index = Arc::new(index);
        if self.mends
            && self.index.as_ref().is_none_or(|old| old.commit() != index.commit())
            && let Ok(store) = self.store()
        {
            store.remember_in_force(index.commit());
        }
        self.judge_copy(&index);
        self.index = Some(index.clone());
        News::InForce { index, key: self.key.clone(), findings, committed: self.committed }
    }

    /// Moves the index forward in time if it is old enough.
    fn renew(&mut self, index: &Index, now: Timestamp) -> Option<News> {
        needs_renewal(index, now)
            .then(|| self.put_in_force(index.with_window(window(now)), Vec::new()))
    }
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follower").field("index", &self.index).finish_non_exhaustive()
    }
}
