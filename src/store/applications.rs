//! What waits outside the records: people who applied, and what members ask for. One JSON file each in
//! the repository's own folder, never in its history.

use std::{
    fs, io,
    marker::PhantomData,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Store, StoreError,
    disk::{durable, io_at, private_dir},
};
use crate::domain::model::{Stage, Waiting};

/// How many files there are at most; beyond, nothing more is taken.
const MOST: usize = 1_000;

/// The number of bytes of a file that are read.
const MOST_BYTES: u64 = 64 * 1024;

/// The number of digits of an id.
const DIGITS: usize = 8;

/// All that waits, of one kind.
#[derive(Clone, Debug)]
pub struct Applications<C> {
    folder: PathBuf,
    of: PhantomData<fn() -> C>,
}

impl Store {
    /// Returns what waits, in a folder of its own for each kind.
    #[must_use]
    pub fn applications<C: Serialize + DeserializeOwned>(&self, kind: &str) -> Applications<C> {
        Applications { folder: self.dir().join("applications").join(kind), of: PhantomData }
    }
}

impl<C: Serialize + DeserializeOwned> Applications<C> {
    /// Makes an id that nobody has.
    #[must_use]
    pub fn new_id(&self) -> String {
        loop {
            let random = uuid::Uuid::new_v4().simple().to_string();
            let id = random.get(..DIGITS).unwrap_or_default().to_owned();
            if !self.path(&id).is_some_and(|it| it.exists()) {
                return id;
            }
        }
    }

    /// Tells whether nothing more is taken.
    #[must_use]
    pub fn is_full(&self) -> bool {
        files(&self.folder).len() >= MOST
    }

    /// Keeps something, in place of what has its id. Once this returns, a power cut does not undo it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn put(&self, it: &Waiting<C>) -> Result<(), StoreError> {
        let path = self.path(&it.id).ok_or_else(|| no_such(&self.folder))?;
        let bytes = serde_json::to_vec_pretty(it).map_err(io::Error::from).map_err(io_at(&path))?;
        let write = || {
            private_dir(&self.folder)?;
            durable::keep(&path, &bytes)
        };
        write().map_err(io_at(&path))
    }

    /// Returns what has this id, if it is still kept.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn get(&self, id: &str, now: Timestamp) -> Result<Option<Waiting<C>>, StoreError> {
        let Some(path) = self.path(id) else { return Ok(None) };
        Ok(read(&path).map_err(io_at(&path))?.filter(|it: &Waiting<C>| now < it.until))
    }

    /// Returns what this link leads to: the id, a dot, and the secret.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn by_link(&self, link: &str, now: Timestamp) -> Result<Option<Waiting<C>>, StoreError> {
        let Some((id, secret)) = link.split_once('.') else { return Ok(None) };
        let hash = hash(secret);
        let is_it = |it: &Waiting<C>| matches!(&it.stage, Stage::Link { hash: it } if *it == hash);
        Ok(self.get(id, now)?.filter(is_it))
    }

    /// Returns everything, the oldest first. What cannot be read is left out.
    #[must_use]
    pub fn all(&self, now: Timestamp) -> Vec<Waiting<C>> {
        let files = files(&self.folder);
        let read = files.iter().filter_map(|path| read::<C>(path).ok().flatten());
        let mut all: Vec<Waiting<C>> = read.filter(|it| now < it.until).collect();
        all.sort_by(|a, b| (a.since, &a.id).cmp(&(b.since, &b.id)));
        all
    }

    /// Removes what has this id.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn remove(&self, id: &str) -> Result<(), StoreError> {
        let Some(path) = self.path(id) else { return Ok(()) };
        let done = durable::remove(&path).and_then(|()| flush_folder(&self.folder));
        done.map_err(io_at(&path))
    }

    /// Removes what is no longer kept. What a member was promised is, however old.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        for path in files(&self.folder) {
            let ended =
                |it: &Waiting<C>| it.until <= now && !matches!(it.stage, Stage::Welcome { .. });
            if read::<C>(&path).is_ok_and(|it| it.as_ref().is_none_or(ended)) {
                durable::remove(&path).map_err(io_at(&path))?;
            }
        }
        Ok(())
    }

    fn path(&self, id: &str) -> Option<PathBuf> {
        let is_id =
            id.len() == DIGITS && id.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
        is_id.then(|| self.folder.join(format!("{id}.json")))
    }
}

impl<C> Waiting<C> {
    /// Makes a link, as a secret to be mailed and what it is kept as.
    #[must_use]
    pub fn new_link(id: &str) -> (String, Stage) {
        let secret = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()];
        let secret = secret.map(|it| it.simple().to_string()).concat();
        (format!("{id}.{secret}"), Stage::Link { hash: hash(&secret) })
    }
}

fn hash(secret: &str) -> String {
    blake3::hash(secret.as_bytes()).to_hex().to_string()
}

fn no_such(folder: &Path) -> StoreError {
    StoreError::Io { path: folder.to_owned(), source: io::ErrorKind::InvalidInput.into() }
}

fn flush_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() { durable::flush_dir(folder) } else { Ok(()) }
}

/// Returns the files in a folder, which need not exist.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|it| it.path());
    paths.filter(|it| it.extension().is_some_and(|it| it == "json")).collect()
}

/// Reads a file; `None` if it is gone, or is not what it should be.
fn read<C: DeserializeOwned>(path: &Path) -> io::Result<Option<Waiting<C>>> {
    match fs::metadata(path) {
        Ok(it) if it.len() > MOST_BYTES => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        it => it.map(drop)?,
    }
    match fs::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-01-15T18:00:00Z";

    fn space() -> (tempfile::TempDir, Applications<String>) {
        let dir = tempfile::tempdir().unwrap();
        let repo = git2::Repository::init_bare(dir.path()).unwrap();
        let all = Store::from_repository(repo).applications("application");
        (dir, all)
    }

    fn waiting(id: &str, stage: Stage, until: &str) -> Waiting<String> {
        Waiting {
            id: id.into(),
            since: NOW.parse().unwrap(),
            until: until.parse().unwrap(),
            stage,
            content: "Ada".into(),
        }
    }

    #[test]
    fn a_link_leads_to_what_it_was_made_for_and_nothing_else_does() {
        let (_dir, all) = space();
        let now: Timestamp = NOW.parse().unwrap();
        let id = all.new_id();
        let (link, stage) = Waiting::<String>::new_link(&id);
        let it = waiting(&id, stage, "2026-01-16T18:00:00Z");
        all.put(&it).unwrap();
        assert_eq!(all.by_link(&link, now).unwrap(), Some(it.clone()));
        let other = format!("{id}.{}", "0".repeat(64));
        let dots = format!("../{link}");
        for wrong in ["", ".", &id, &link[..40], &other, &dots, "../../../../etc/passwd."] {
            assert_eq!(all.by_link(wrong, now).unwrap(), None, "{wrong}");
        }
        assert_eq!(all.by_link(&link, it.until).unwrap(), None, "a day late");
        all.put(&Waiting { stage: Stage::Admin, ..it }).unwrap();
        assert_eq!(all.by_link(&link, now).unwrap(), None, "used");
        let kept = fs::read_to_string(all.path(&id).unwrap()).unwrap();
        assert!(!kept.contains(link.split_once('.').unwrap().1));
    }

    #[test]
    fn what_has_ended_is_removed_unless_somebody_waits_for_a_welcome() {
        let (_dir, all) = space();
        let now: Timestamp = NOW.parse().unwrap();
        let welcome = Stage::Welcome { members: vec!["0042".parse().unwrap()] };
        for (id, stage, until) in [
            ("00000001", Stage::Admin, "2026-01-15T18:00:00Z"),
            ("00000002", Stage::Admin, "2026-01-15T18:00:01Z"),
            ("00000003", welcome, "2026-01-15T18:00:00Z"),
        ] {
            all.put(&waiting(id, stage, until)).unwrap();
        }
        fs::write(all.path("00000004").unwrap(), "{").unwrap();
        assert_eq!(all.all(now).len(), 1);
        all.sweep(now).unwrap();
        assert_eq!(files(&all.folder).len(), 2);
        all.remove("00000002").unwrap();
        all.remove("00000002").unwrap();
        assert_eq!(files(&all.folder).len(), 1);
    }
}
