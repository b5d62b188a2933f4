//! What every answer is made of: the records in force, the journal, the doors, the logins, the time.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::{Semaphore, oneshot, watch};

use super::{
    Event, InForce, login::Logins, members::MemberLogins, things::Signatures, uploads::Uploads,
};
use crate::{
    app::AppError,
    config::{BuildingState, GuardState},
    control::{self, AskError, Request},
    domain::model::{Activity, Advice},
    service::Log,
    store::{
        Store,
        follow::News,
        journal::{Journal, JournalState},
    },
};

/// How many answers may read the repository at the same time.
const READERS: usize = 4;

/// How long an answer waits for its activity to reach the disk. A disk that takes longer is in
/// trouble; the activity stays in memory until it can be written, as at a door.
const DISK: Duration = Duration::from_secs(2);

/// What all handlers share.
pub(super) struct Site {
    pub(super) store: Arc<Store>,
    /// The folder of all journals.
    pub(super) journals: PathBuf,
    pub(super) logins: Logins,
    /// How members log in.
    pub(super) member_logins: MemberLogins,
    /// The signed requests that were answered lately.
    pub(super) signatures: Signatures,
    doors: Vec<PathBuf>,
    journal: Journal,
    in_force: RwLock<Result<Arc<InForce>, String>>,
    /// Until when the records in force are known to have been current.
    heard: Mutex<Option<Timestamp>>,
    changes: watch::Sender<u64>,
    places: Arc<Semaphore>,
    words: fn(&Advice) -> String,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    log: Mutex<Log<Box<dyn Write + Send>>>,
    rehearsal: bool,
    /// The folder of the log files; `None` if the system's journal keeps the logs.
    pub(super) logs: Option<PathBuf>,
    guard: PathBuf,
    building: PathBuf,
    uploads: Mutex<Uploads>,
    members_at: OnceLock<String>,
}

/// What a site is made of.
pub(super) struct Parts {
    pub(super) store: Arc<Store>,
    pub(super) journals: PathBuf,
    pub(super) journal: Journal,
    pub(super) doors: Vec<PathBuf>,
    pub(super) logins: Logins,
    pub(super) member_logins: MemberLogins,
    pub(super) words: fn(&Advice) -> String,
    pub(super) now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    pub(super) log: Log<Box<dyn Write + Send>>,
    pub(super) rehearsal: bool,
    pub(super) logs: Option<PathBuf>,
    pub(super) guard: PathBuf,
    pub(super) building: PathBuf,
}

impl Site {
    /// Makes a site with nothing in force.
    pub(super) fn new(parts: Parts) -> Self {
        let Parts {
            rehearsal,
            logs,
            store,
            journals,
            journal,
            doors,
            logins,
            member_logins,
            words,
            now,
            log,
            guard,
            building,
        } = parts;
        Self {
            store,
            journals,
            logins,
            member_logins,
            signatures: Signatures::default(),
            doors,
            journal,
            in_force: RwLock::new(Err("no records have been read yet".into())),
            heard: Mutex::default(),
            changes: watch::Sender::new(0),
            places: Arc::new(Semaphore::new(READERS)),
            words,
            now,
            log: Mutex::new(log),
            rehearsal,
            logs,
            guard,
            building,
            uploads: Mutex::default(),
            members_at: OnceLock::new(),
        }
    }

    /// Returns the time.
    pub(super) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Returns how old the records in force are, for a machine that gets them from another one; nothing is
    /// old of which nothing is known.
    pub(super) fn age(&self, now: Timestamp) -> SignedDuration {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.map_or(SignedDuration::ZERO, |heard| now.duration_since(heard))
    }

    /// Notes where the pages for members are, unless it is configured.
    pub(super) fn serve_members_at(&self, url: &str) {
        if url.starts_with("http") {
            let _ = self.members_at.set(url.to_owned()); // the first listener counts
        }
    }

    /// Returns how browsers reach the pages for members: `https://space.example.org`.
    ///
    /// # Errors
    /// It is not known, since a proxy is in front.
    pub(super) fn members_url(&self) -> Result<String, AppError> {
        let config = self.logins.config();
        let url = config.members.url.as_ref().or_else(|| self.members_at.get());
        url.cloned().ok_or_else(|| {
            AppError::data("links in mails need the address of the pages: set `url` in [members]")
        })
    }

    /// Tells whether browsers reach the pages for members without encryption, which is on this machine
    /// unless somebody wants it otherwise.
    pub(super) fn members_in_the_clear(&self) -> bool {
        self.members_url().is_ok_and(|url| url.starts_with("http://"))
    }

    /// Puts advice into words.
    pub(super) fn words(&self, advice: &Advice) -> String {
        (self.words)(advice)
    }

    /// Returns how advice is put into words.
    pub(super) fn advice_words(&self) -> fn(&Advice) -> String {
        self.words
    }

    /// Writes a line of the log.
    pub(super) fn tell(&self, event: &Event) {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).show(self.now(), event);
    }

    /// Takes over what is new in the repository.
    pub(super) fn put_in_force(&self, news: News) {
        match news {
            News::InForce { index, key, .. } => {
                let commit = index.commit();
                let read = InForce::new(&self.store, index, key).map(Arc::new);
                let event = match &read {
                    Ok(_) => Event::InForce { commit },
                    Err(error) => Event::Trouble { words: error.to_string() },
                };
                {
                    let mut held = self.in_force.write().unwrap_or_else(PoisonError::into_inner);
                    match (read, &*held) {
                        (Err(_), Ok(_)) => {} // the last good one stays
                        (read, _) => *held = read.map_err(|error| error.to_string()),
                    }
                }
                self.tell(&event); // only once it is true
            }
            News::Trouble(note) => {
                let words = note.text.clone();
                self.tell(&Event::Trouble { words: words.clone() });
                let mut held = self.in_force.write().unwrap_or_else(PoisonError::into_inner);
                if held.is_err() {
                    *held = Err(words);
                }
            }
            News::CloneState(_) => {}
            News::Heard(at) => {
                *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
                return; // it is no change
            }
        }
        self.announce();
    }

    /// Tells everybody who watches that something may have changed.
    pub(super) fn announce(&self) {
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Returns what announces that something may have changed.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Returns what is in force.
    ///
    /// # Errors
    /// Nothing ever was, since the program was started.
    pub(super) fn in_force(&self) -> Result<Arc<InForce>, AppError> {
        let held = self.in_force.read().unwrap_or_else(PoisonError::into_inner);
        held.clone().map_err(AppError::data)
    }

    /// Journals an activity, and waits until it is on the disk or has failed to get there. Those who
    /// come at the same time share a flush.
    pub(super) async fn record(&self, activity: Activity) {
        let (done, wait) = oneshot::channel();
        let activity = Activity { rehearsal: self.rehearsal, ..activity };
        self.journal.append_then(activity, move |durable| {
            let _ = done.send(durable); // whoever waited may be gone
        });
        let _ = tokio::time::timeout(DISK, wait).await; // what is wrong is told by the journal
    }

    /// Returns the files that were sent and not decided on yet.
    pub(super) fn uploads(&self) -> MutexGuard<'_, Uploads> {
        self.uploads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the state of this process's journal.
    pub(super) fn journal_state(&self) -> JournalState {
        self.journal.state()
    }

    /// Does work that reads files, aside from the threads that answer.
    ///
    /// # Errors
    /// Those of the work; or it came upon a fault in this program.
    pub(super) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        job: impl FnOnce(&Self) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let site = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            job(&site)
        });
        let fault = || AppError::internal("this page broke off because of a fault in this program");
        done.await.unwrap_or_else(|_| Err(fault()))
    }

    /// Returns how the guard of the furnace says it is; `None` if there is none here.
    pub(super) fn guard(&self) -> Option<GuardState> {
        GuardState::read(&self.guard).ok().flatten()
    }

    /// Returns how the building is; `None` if nothing here measures it.
    pub(super) fn building(&self) -> Option<BuildingState> {
        BuildingState::read(&self.building).ok().flatten()
    }

    /// Asks every running door, in the order of the configuration.
    pub(super) fn ask_doors(&self, request: &Request) -> Vec<(&Path, Result<Value, AskError>)> {
        let ask = |path: &'_ PathBuf| control::ask(path, request);
        self.doors.iter().map(|path| (path.as_path(), ask(path))).collect()
    }
}
