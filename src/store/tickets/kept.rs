//! A folder of tickets: `<member>/<hash of the secret>.json`.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    marker::PhantomData,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::turn::turn;
use crate::{
    domain::model::MemberId,
    store::{
        StoreError,
        disk::{durable, io_at, private_dir},
    },
};

/// The number of hexadecimal digits of a secret: two random numbers of 122 bits.
const SECRET: usize = 64;

/// The number of bytes of a file that are read.
const MOST_BYTES: u64 = 4096;

/// Something that belongs to a member and ends.
pub trait Ticket: Serialize + DeserializeOwned {
    /// How many of them a member may have at the same time; a further one ends the oldest.
    const MOST: usize;

    /// Returns whose it is.
    fn member(&self) -> MemberId;

    /// Returns the first instant at which it no longer counts.
    fn until(&self) -> Timestamp;
}

/// All tickets of a kind.
#[derive(Clone, Debug)]
pub struct Tickets<T> {
    folder: PathBuf,
    of: PhantomData<fn() -> T>,
}

impl<T: Ticket> Tickets<T> {
    /// Takes a folder, which is created with the first ticket.
    pub(super) const fn new(folder: PathBuf) -> Self {
        Self { folder, of: PhantomData }
    }

    /// Adds a ticket, and returns what it is known by; this is kept nowhere. Once this returns, a
    /// power cut does not undo it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&self, ticket: &T) -> Result<String, StoreError> {
        let member = ticket.member();
        let secret = [Uuid::new_v4(), Uuid::new_v4()].map(|it| it.simple().to_string()).concat();
        let _turn = turn(&self.folder)?;
        self.make_room(member)?;
        self.write(&self.path(member, &secret), ticket)?;
        Ok(format!("{member}.{secret}"))
    }

    /// Returns the ticket that is known by this, if there is one and it still counts.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn get(&self, known_by: &str, now: Timestamp) -> Result<Option<T>, StoreError> {
        let Some((member, path)) = self.known_by(known_by) else { return Ok(None) };
        Ok(self.read(&path)?.filter(|it| it.member() == member && now < it.until()))
    }

    /// Returns the ticket like [`Self::get`], and ends it. Of several who ask for it at the same
    /// time, one gets it.
    ///
    /// # Errors
    /// It cannot be read or removed.
    pub fn take(&self, known_by: &str, now: Timestamp) -> Result<Option<T>, StoreError> {
        let ticket = self.get(known_by, now)?;
        Ok(if self.end(known_by)? { ticket } else { None })
    }

    /// Ends a ticket, and tells whether there was one.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn end(&self, known_by: &str) -> Result<bool, StoreError> {
        let Some((_, path)) = self.known_by(known_by) else { return Ok(false) };
        remove(&path)
    }

    /// Ends all tickets of a member.
    ///
    /// # Errors
    /// They cannot be removed.
    pub fn end_all(&self, member: MemberId) -> Result<(), StoreError> {
        let folder = self.folder.join(member.to_string());
        if !folder.is_dir() {
            return Ok(());
        }
        let _turn = turn(&self.folder)?;
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done.and_then(|()| flush_above(&folder)).map_err(io_at(&folder)),
        }
    }

    /// Ends those tickets of a member that fit.
    ///
    /// # Errors
    /// One cannot be read or removed.
    pub fn end_each(&self, member: MemberId, fits: impl Fn(&T) -> bool) -> Result<(), StoreError> {
        for path in files(&self.folder.join(member.to_string())) {
            if self.read(&path)?.is_some_and(|it| fits(&it)) {
                remove(&path)?;
            }
        }
        Ok(())
    }

    /// Changes those tickets of a member that still count; a change is all or nothing.
    ///
    /// # Errors
    /// One cannot be read or written.
    pub fn change_each(
        &self,
        member: MemberId,
        now: Timestamp,
        change: impl Fn(&mut T) -> bool,
    ) -> Result<usize, StoreError> {
        let mut changed = 0;
        let _turn = turn(&self.folder)?;
        for path in files(&self.folder.join(member.to_string())) {
            let Some(mut ticket) = self.read(&path)?.filter(|it| now < it.until()) else {
                continue;
            };
            if change(&mut ticket) {
                self.write(&path, &ticket)?;
                changed += 1;
            }
        }
        Ok(changed)
    }

    /// Returns the tickets of a member that still count.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn of(&self, member: MemberId, now: Timestamp) -> Result<Vec<T>, StoreError> {
        let all = files(&self.folder.join(member.to_string())).into_iter();
        let read = all.filter_map(|path| self.read(&path).transpose());
        read.filter(|it| it.as_ref().map_or(true, |it| now < it.until())).collect()
    }

    /// Returns the tickets of all members that still count, each with the name of its file, sorted by
    /// member.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn all(&self, now: Timestamp) -> Result<Vec<(String, T)>, StoreError> {
        let mut all = Vec::new();
        for folder in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            for path in files(&folder.path()) {
                let name = path.file_stem().and_then(|it| it.to_str()).unwrap_or_default();
                let ticket = self.read(&path)?.filter(|it| now < it.until());
                all.extend(ticket.map(|it| (name.to_owned(), it)));
            }
        }
        all.sort_by(|(a, one), (b, other)| (one.member(), a).cmp(&(other.member(), b)));
        Ok(all)
    }

    /// Ends a ticket of a member by the name of its file, and tells whether there was one.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn end_named(&self, member: MemberId, name: &str) -> Result<bool, StoreError> {
        let is_name = name.len() == SECRET && name.bytes().all(|it| it.is_ascii_hexdigit());
        let path = self.folder.join(member.to_string()).join(format!("{name}.json"));
        if is_name { remove(&path) } else { Ok(false) }
    }

    /// Removes the files of tickets that have ended.
    ///
    /// # Errors
    /// One cannot be removed.
    pub fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        if !self.folder.is_dir() {
            return Ok(());
        }
        let _turn = turn(&self.folder)?;
        for folder in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            for path in files(&folder.path()) {
                // What cannot be read is of no use to anybody.
                if self.read(&path).ok().flatten().is_none_or(|it| now >= it.until()) {
                    durable::remove(&path).map_err(io_at(&path))?;
                }
            }
            let _ = fs::remove_dir(folder.path()); // fails unless it is empty
        }
        Ok(())
    }

    /// Removes the oldest tickets of a member if there are too many.
    fn make_room(&self, member: MemberId) -> Result<(), StoreError> {
        let mut all: Vec<(Timestamp, PathBuf)> = files(&self.folder.join(member.to_string()))
            .into_iter()
            .map(|path| {
                let until = self.read(&path).ok().flatten().map(|it| it.until());
                (until.unwrap_or(Timestamp::MIN), path)
            })
            .collect();
        all.sort();
        let over = (all.len() + 1).saturating_sub(T::MOST);
        all.iter().take(over).try_for_each(|(_, it)| durable::remove(it).map_err(io_at(it)))
    }

    fn known_by(&self, text: &str) -> Option<(MemberId, PathBuf)> {
        let (member, secret) = text.split_once('.')?;
        let id: MemberId = member.parse().ok()?;
        let is_secret = secret.len() == SECRET && secret.bytes().all(|it| it.is_ascii_hexdigit());
        (is_secret && id.to_string() == member).then(|| (id, self.path(id, secret)))
    }

    fn path(&self, member: MemberId, secret: &str) -> PathBuf {
        let hash = blake3::hash(secret.as_bytes()).to_hex();
        self.folder.join(member.to_string()).join(format!("{hash}.json"))
    }

    fn read(&self, path: &Path) -> Result<Option<T>, StoreError> {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|it| it.take(MOST_BYTES).read_to_end(&mut bytes));
        match read {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(|_| serde_json::from_slice(&bytes).ok()).map_err(io_at(path)),
        }
    }

    fn write(&self, path: &Path, ticket: &T) -> Result<(), StoreError> {
        let write = || {
            let bytes = serde_json::to_vec(ticket)?;
            path.parent().map_or(Ok(()), private_dir)?;
            durable::keep(path, &bytes)
        };
        write().map_err(io_at(path))
    }
}

fn remove(path: &Path) -> Result<bool, StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        done => done.and_then(|()| flush_above(path)).map(|()| true).map_err(io_at(path)),
    }
}

fn flush_above(path: &Path) -> io::Result<()> {
    match path.parent().map_or(Ok(()), durable::flush_dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        flushed => flushed,
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    all.filter(|path| path.extension().is_some_and(|it| it == "json" || it == "new")).collect()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::store::tickets::{LinkPurpose, MailedLink, Session};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn id(number: u64) -> MemberId {
        MemberId::new(number).unwrap()
    }

    fn sessions() -> (tempfile::TempDir, Tickets<Session>) {
        let dir = tempfile::tempdir().unwrap();
        let tickets = Tickets::new(dir.path().join("sessions"));
        (dir, tickets)
    }

    fn days(count: i64) -> Timestamp {
        NOW + SignedDuration::from_hours(24 * count)
    }

    #[test]
    fn a_session_is_known_by_its_secret_until_it_ends() {
        let (dir, all) = sessions();
        let session = Session::new(id(1), "mail", NOW);
        let cookie = all.add(&session).unwrap();
        assert_eq!(all.get(&cookie, NOW).unwrap(), Some(session.clone()));
        assert_eq!(all.get(&cookie, days(29)).unwrap(), Some(session));
        assert_eq!(all.get(&cookie, days(30)).unwrap(), None);
        // The file does not have the secret, neither in its name nor in its text.
        let (_, secret) = cookie.split_once('.').unwrap();
        let files = files(&dir.path().join("sessions/0001"));
        assert_eq!(files.len(), 1);
        assert!(!files[0].to_str().unwrap().contains(secret));
        assert!(!fs::read_to_string(&files[0]).unwrap().contains(secret));
        assert!(all.end(&cookie).unwrap() && !all.end(&cookie).unwrap());
        assert_eq!(all.get(&cookie, NOW).unwrap(), None);
    }

    #[test]
    fn what_is_made_up_leads_nowhere() {
        let (_dir, all) = sessions();
        let cookie = all.add(&Session::new(id(1), "mail", NOW)).unwrap();
        let (_, secret) = cookie.split_once('.').unwrap();
        let hash = blake3::hash(secret.as_bytes()).to_hex();
        for wrong in [
            "",
            ".",
            "0001.",
            "../0001.",
            &format!("0002.{secret}"),
            &format!("1.{secret}"),
            &format!("00001.{secret}"),
            &format!("0001.{hash}"),
            &format!("0001/../0001.{secret}"),
            &format!("{cookie}0"),
            &cookie[..cookie.len() - 1],
        ] {
            assert_eq!(all.get(wrong, NOW).unwrap(), None, "{wrong}");
            assert!(!all.end(wrong).unwrap(), "{wrong}");
        }
        assert!(all.get(&cookie, NOW).unwrap().is_some());
    }

    #[test]
    fn all_sessions_of_one_member_end_at_once_and_nobody_elses() {
        let (_dir, all) = sessions();
        let of = |number| all.add(&Session::new(id(number), "mail", NOW)).unwrap();
        let (one, two, other) = (of(1), of(1), of(2));
        all.end_all(id(1)).unwrap();
        all.end_all(id(3)).unwrap();
        let lives = |it: &str| all.get(it, NOW).unwrap().is_some();
        assert!(!lives(&one) && !lives(&two) && lives(&other));
    }

    #[test]
    fn there_are_never_too_many() {
        let (dir, all) = sessions();
        let at = |it: i64| all.add(&Session::new(id(1), "mail", days(it))).unwrap();
        let cookies: Vec<String> = (0..25).map(at).collect();
        let lives = |it: &String| all.get(it, days(24)).unwrap().is_some();
        assert!(cookies[..5].iter().all(|it| !lives(it)), "the oldest go first");
        assert!(cookies[5..].iter().all(lives));
        all.sweep(days(100)).unwrap();
        assert!(!dir.path().join("sessions/0001").exists());
    }

    #[test]
    fn a_link_is_followed_once_however_many_try() {
        let dir = tempfile::tempdir().unwrap();
        let links: Tickets<MailedLink> = Tickets::new(dir.path().join("links"));
        let link = links.add(&MailedLink::new(id(1), LinkPurpose::Login, NOW)).unwrap();
        assert!(links.take(&link, days(1)).unwrap().is_none(), "a day late");
        let link = links.add(&MailedLink::new(id(1), LinkPurpose::Login, NOW)).unwrap();
        let taken: usize = std::thread::scope(|scope| {
            let all: Vec<_> =
                (0..8).map(|_| scope.spawn(|| links.take(&link, NOW).unwrap().is_some())).collect();
            all.into_iter().map(|it| usize::from(it.join().unwrap())).sum()
        });
        assert_eq!(taken, 1);
    }

    #[test]
    fn a_torn_file_is_nobodys_session() {
        let (dir, all) = sessions();
        let cookie = all.add(&Session::new(id(1), "mail", NOW)).unwrap();
        let file = files(&dir.path().join("sessions/0001")).remove(0);
        fs::write(&file, "{\"member\":").unwrap();
        assert_eq!(all.get(&cookie, NOW).unwrap(), None);
        all.sweep(NOW).unwrap();
        assert!(!file.exists());
    }
}
