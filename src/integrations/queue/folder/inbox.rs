//! Receives the messages in a folder.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{
    aside::Aside,
    file::{self, Content, Stamp},
    name,
};
use crate::{
    disk::watch::Watch,
    integrations::queue::{Incoming, QueueError, Receipt, bell::Bell, flight::Flight},
};

/// A folder that messages come in through.
#[derive(Debug)]
pub(super) struct Inbox {
    path: PathBuf,
    settle: Duration,
    bell: Arc<Bell>,
    watch: Mutex<Option<Watch>>,
    seen: Mutex<Seen>,
}

/// What is known of the files.
#[derive(Debug)]
struct Seen {
    /// Files that are about to be removed.
    taken: Aside,
    /// Whether what an earlier process was about to remove is back.
    restored: bool,
    files: HashMap<String, Known>,
    flight: Flight,
}

#[derive(Debug)]
struct Known {
    stamp: Stamp,
    since: Instant,
    id: String,
    whole: bool,
}

/// What a look into the folder finds.
#[derive(Debug, Default)]
pub(super) struct FolderListing {
    /// The messages that can be received.
    pub(super) found: Vec<Incoming>,
    /// When to look again, whatever happens in the folder.
    pub(super) next: Option<Duration>,
    /// Why a message could not be read. It does not keep back the others.
    pub(super) trouble: Option<QueueError>,
}

impl Inbox {
    /// Takes a folder.
    pub(super) fn new(path: PathBuf, hidden: Duration, settle: Duration) -> Self {
        let taken = Aside::new(path.clone(), ".taken-");
        let (files, flight) = (HashMap::new(), Flight::new(hidden));
        let seen = Mutex::new(Seen { taken, restored: false, files, flight });
        Self { path, settle, bell: Arc::default(), watch: Mutex::default(), seen }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Tests whether files can be listed and removed.
    pub(super) fn probe(&self) -> Result<(), QueueError> {
        let try_it = || {
            fs::create_dir_all(&self.path)?;
            self.names()?;
            self.seen().taken.own().map(drop)
        };
        try_it().map_err(|error| QueueError::at(&self.path, &error))
    }

    /// Sees to it that the folder is watched, and returns how often the bell was rung.
    pub(super) fn watch(&self) -> u64 {
        let rung = self.bell.rung();
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let watch = watch.get_or_insert_with(|| {
            let _ = fs::create_dir_all(&self.path); // the look that follows reports it
            let bell = Arc::clone(&self.bell);
            Watch::folder(&self.path, move || bell.ring())
        });
        watch.renew();
        rung
    }

    /// Waits until something happened in the folder, but not longer than `at_most`.
    pub(super) fn wait(&self, rung: u64, at_most: Duration) {
        self.bell.wait(rung, at_most);
    }

    /// Looks for messages, in the order of their names.
    pub(super) fn look(&self, most: usize) -> Result<FolderListing, QueueError> {
        let failed = |error: io::Error| QueueError::at(&self.path, &error);
        let mut seen = self.seen();
        if !seen.restored {
            let finish = |path: &Path, name: &str| file::finish(path, &self.path, name);
            fs::create_dir_all(&self.path).map_err(failed)?;
            seen.taken.clear(finish).map_err(failed)?;
            seen.restored = true;
        }
        let names = self.names().map_err(failed)?;
        seen.files.retain(|name, _| names.binary_search(name).is_ok());
        let mut look = FolderListing::default();
        for name in &names {
            if look.found.len() == most {
                return Ok(look);
            }
            if let Err(error) = self.read(name, &mut seen, &mut look) {
                look.trouble.get_or_insert(QueueError::at(&self.path.join(name), &error));
            }
        }
        let Seen { files, flight, .. } = &mut *seen;
        let there: std::collections::HashSet<&str> = files.values().map(|it| &*it.id).collect();
        flight.retain(|id| there.contains(id));
        Ok(look)
    }

    /// Receives one message, if it can be received now.
    fn read(&self, name: &str, seen: &mut Seen, look: &mut FolderListing) -> io::Result<()> {
        let path = self.path.join(name);
        let Some(stamp) = Stamp::of(&path)? else { return Ok(()) };
        let now = Instant::now();
        let known = seen.files.get(name).filter(|it| it.stamp == stamp);
        if let Some(left) = known.and_then(|it| self.not_yet(it, &seen.flight, now)) {
            look.later(left);
            return Ok(());
        }
        let Some(content) = Content::read(&path)? else { return Ok(()) };
        let since = known.map_or(now, |it| it.since);
        let known = Known { stamp, since, id: content.id(name), whole: content.is_whole() };
        let (id, left) = (known.id.clone(), self.not_yet(&known, &seen.flight, now));
        seen.files.insert(name.to_owned(), known);
        if let Some(left) = left {
            look.later(left);
            return Ok(());
        }
        look.found.push(Incoming {
            body: content.body,
            receipt: Receipt(id.clone()),
            sent: content.arrived,
            times_received: seen.flight.receive(&id, now),
            group: name::group(name).map(str::to_owned),
            id,
        });
        Ok(())
    }

    /// Returns how long it takes until a file can be received; `None` if it can be now.
    fn not_yet(&self, file: &Known, flight: &Flight, now: Instant) -> Option<Duration> {
        let unsettled = self.settle.saturating_sub(now.duration_since(file.since));
        let unsettled = Some(unsettled).filter(|left| !file.whole && !left.is_zero());
        unsettled.or_else(|| flight.hidden(&file.id, now))
    }

    /// Removes the file of a message, unless another message has taken its name since.
    pub(super) fn delete(&self, id: &str) -> Result<(), QueueError> {
        let (name, _) = id.rsplit_once('#').unwrap_or((id, ""));
        let mut seen = self.seen();
        let remove = || {
            let aside = seen.taken.own()?.join(file::aside(id, name));
            match fs::rename(self.path.join(name), &aside) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                done => done?,
            }
            match Content::read(&aside)?.is_none_or(|it| it.id(name) == id) {
                true => fs::remove_file(&aside),
                false => file::give_back(&aside, &self.path, name),
            }
        };
        remove().map_err(|error| QueueError::at(&self.path.join(name), &error))?;
        seen.files.remove(name);
        seen.flight.forget(id);
        Ok(())
    }

    /// Lets messages be received again.
    pub(super) fn leave<'i>(&self, ids: impl Iterator<Item = &'i str>) {
        let mut seen = self.seen();
        ids.for_each(|id| seen.flight.leave(id));
        drop(seen);
        self.bell.ring();
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the names of all messages, sorted.
    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name().into_string().ok();
            names.extend(name.filter(|name| name::is_message(name)));
        }
        names.sort_unstable();
        Ok(names)
    }
}

impl FolderListing {
    fn later(&mut self, left: Duration) {
        self.next = Some(self.next.map_or(left, |next| next.min(left)));
    }
}
