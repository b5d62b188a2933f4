//! One file of a folder: what it says, and whether it is still the same.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read as _},
    path::Path,
    time::SystemTime,
};

use jiff::Timestamp;

use super::name;
use crate::integrations::queue::LARGEST;

/// What changes when a file is replaced or written to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
    #[cfg(unix)]
    inode: u64,
}

impl Stamp {
    /// Returns the stamp of a file; `None` if it is gone, or is not a plain file.
    pub(super) fn of(path: &Path) -> io::Result<Option<Self>> {
        let data = match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            data => data?,
        };
        Ok(data.is_file().then(|| Self {
            modified: data.modified().ok(),
            size: data.len(),
            #[cfg(unix)]
            inode: std::os::unix::fs::MetadataExt::ino(&data),
        }))
    }
}

/// The content of a file.
#[derive(Debug)]
pub(super) struct Content {
    /// At most as many bytes as a message may have, and one.
    pub(super) body: Vec<u8>,
    /// When the file got its name here.
    pub(super) arrived: Option<Timestamp>,
    modified: Option<SystemTime>,
}

impl Content {
    /// Reads a file; `None` if it is gone, or is not a plain file.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        let file = match open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let data = file.metadata()?;
        if !data.is_file() {
            return Ok(None);
        }
        let mut body = Vec::new();
        file.take(LARGEST as u64 + 1).read_to_end(&mut body)?;
        Ok(Some(Self { body, arrived: arrived(&data), modified: data.modified().ok() }))
    }

    /// Returns the id of the message: its name, and what tells it from another one of that name.
    pub(super) fn id(&self, name: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        let modified = self.modified.and_then(|it| Timestamp::try_from(it).ok());
        hasher.update(&modified.map_or(0, Timestamp::as_nanosecond).to_le_bytes());
        hasher.update(&self.body);
        format!("{name}#{}", &hasher.finalize().to_hex()[..16])
    }

    /// Tells whether it is JSON from beginning to end. Of a JSON object, no part is.
    pub(super) fn is_whole(&self) -> bool {
        serde_json::from_slice::<serde::de::IgnoredAny>(&self.body).is_ok()
    }
}

/// Returns when a file got its name in the folder, on systems that know; else when it was written.
/// Files are often prepared long before they are moved here.
fn arrived(data: &Metadata) -> Option<Timestamp> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let nanoseconds = i32::try_from(data.ctime_nsec()).ok()?;
        Timestamp::new(data.ctime(), nanoseconds).ok()
    }
    #[cfg(not(unix))]
    data.modified().ok().and_then(|it| Timestamp::try_from(it).ok())
}

/// Opens a file without following a link, and without waiting at a pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        let flags = i32::try_from(flags).unwrap_or_default();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    options.open(path)
}

/// Moves a file back into the folder that it came from, under its own name or, if that is taken now,
/// under another one; never over another file.
pub(super) fn give_back(aside: &Path, folder: &Path, name: &str) -> io::Result<()> {
    let mut to = name.to_owned();
    for number in 1.. {
        match fs::hard_link(aside, folder.join(&to)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                to = name::other(name, number);
            }
            done => {
                done?;
                break;
            }
        }
    }
    fs::remove_file(aside)
}

/// Returns the name under which a message is put aside before it is removed. It says which message
/// that is, so that whoever is killed in between need not have the message received again: by moving
/// it back, the system would take it for one that arrived later.
pub(super) fn aside(id: &str, name: &str) -> String {
    // Longer names are too long for a file.
    if id.len() <= 255 { id.to_owned() } else { name.to_owned() }
}

/// Finishes what a killed process began: removes the message that it put aside, and gives back any
/// other one that had taken its name.
pub(super) fn finish(aside: &Path, folder: &Path, file: &str) -> io::Result<()> {
    let Some((name, _)) = file.rsplit_once('#').filter(|(name, _)| name::is_message(name)) else {
        return give_back(aside, folder, file);
    };
    match Content::read(aside)?.is_none_or(|it| it.id(name) == file) {
        true => fs::remove_file(aside),
        false => give_back(aside, folder, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removal_that_was_interrupted_is_finished_and_removes_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("a.json"), "{}").unwrap();
        let id = Content::read(&at("a.json")).unwrap().unwrap().id("a.json");
        assert_eq!(aside(&id, "a.json"), id);
        fs::rename(at("a.json"), at(&id)).unwrap();
        finish(&at(&id), dir.path(), &id).unwrap();
        assert!(!at(&id).exists() && !at("a.json").exists());
        // Another message had taken the name at that very moment.
        fs::write(at(&id), "[]").unwrap();
        finish(&at(&id), dir.path(), &id).unwrap();
        assert_eq!(fs::read_to_string(at("a.json")).unwrap(), "[]");
        let long = format!("{}.json", "x".repeat(240));
        assert_eq!(aside(&format!("{long}#0123456789abcdef"), &long), long);
        fs::write(at(".x"), "3").unwrap();
        finish(&at(".x"), dir.path(), &long).unwrap();
        assert_eq!(fs::read_to_string(at(&long)).unwrap(), "3");
    }

    #[test]
    fn nothing_that_is_given_back_replaces_anything() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for (name, text) in [("a@b.json", "new"), ("a+1@b.json", "other"), (".aside", "old")] {
            fs::write(at(name), text).unwrap();
        }
        give_back(&at(".aside"), dir.path(), "a@b.json").unwrap();
        let texts = ["a@b.json", "a+1@b.json", "a+2@b.json"].map(|it| fs::read_to_string(at(it)));
        assert_eq!(texts.map(Result::unwrap), ["new", "other", "old"]);
        assert!(!at(".aside").exists());
    }

    #[test]
    fn a_message_written_again_is_another_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        let mut ids = std::collections::BTreeSet::new();
        for (text, hour) in [("{}", 1), ("{}", 2), ("{ }", 2)] {
            fs::write(&path, text).unwrap();
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(Timestamp::from_second(hour * 3600).unwrap().into()).unwrap();
            ids.insert(Content::read(&path).unwrap().unwrap().id("a.json"));
        }
        assert_eq!(ids.len(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_folders_are_no_messages() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir(at("folder.json")).unwrap();
        std::os::unix::fs::symlink(at("folder.json"), at("link.json")).unwrap();
        nix::unistd::mkfifo(&at("pipe.json"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        for name in ["folder.json", "link.json", "pipe.json", "missing.json"] {
            assert_eq!(Stamp::of(&at(name)).unwrap(), None, "{name}");
        }
        assert!(Content::read(&at("pipe.json")).unwrap().is_none());
        assert!(Content::read(&at("folder.json")).unwrap().is_none());
    }
}
