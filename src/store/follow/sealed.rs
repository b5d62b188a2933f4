//! A copy of the records in force on the door's own disk, for a start at which the repository cannot be
//! read.
//!
//! One JSON value a line: what belongs to no member, then each member, as far as a decision needs it. The
//! last line authenticates the others with a key of this machine, so that nobody makes a copy up, and a
//! copy that was cut short or changed is none. It has the space's key in it, as the repository has.

use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, Read, Write},
    path::PathBuf,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::refusal::read_basis;
use crate::{
    domain::{
        access::{CompiledMember, Index, NameHashes},
        model::{Basis, CommitId, Member, MemberFolder, Slot, SpaceKey},
        schedule::Window,
    },
    store::{
        Revision,
        disk::{durable, private_dir},
        repository::key,
    },
};

/// The names of the files, in the door's own folder.
const FILE: &str = "last-good";
const KEY: &str = "machine-key";

/// The purpose that the machine's key is used for.
const PURPOSE: &str = "space 2026 last good records";

/// What the last line begins with, before the hash in hexadecimal digits and a line break.
const SEAL: &str = "seal ";
const SEAL_LENGTH: u64 = 5 + 64 + 1;

/// How much is written at once, in bytes.
const PIECE: usize = 64 * 1024;

/// The copies of one door.
#[derive(Clone, Debug)]
pub(super) struct SealedCopy {
    folder: PathBuf,
}

/// What belongs to no member.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedHead {
    /// Until when these records are known to have been current.
    pub(super) heard: Timestamp,
    /// The commit that they are of, and its date.
    pub(super) commit: CommitId,
    pub(super) committed: Timestamp,
    key: String,
    basis: Basis,
}

impl SealedHead {
    /// Returns the key of the space.
    pub(super) fn key(&self) -> Option<SpaceKey> {
        self.key.parse().ok()
    }
}

impl SealedCopy {
    /// Names the folder that the copies are in.
    pub(super) const fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Replaces the copy by one of a commit.
    ///
    /// # Errors
    /// The commit cannot be read as a whole, or the system reported an error.
    pub(super) fn write(
        &self,
        revision: &Revision<'_>,
        key: &SpaceKey,
        heard: Timestamp,
    ) -> io::Result<()> {
        private_dir(&self.folder)?;
        let Ok((basis, _)) = read_basis(revision) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        let (commit, committed) = (revision.id(), revision.time());
        let head = SealedHead { heard, commit, committed, key: key.to_hex(), basis };
        let (path, draft) = (self.path(), self.path().with_extension("new"));
        let file = durable::create(&draft, 0o600)?;
        let mut out = Sealing { file, hasher: self.hasher(true)? };
        out.line(&mut Vec::new(), &head)?;
        let done: Result<_, io::Error> = revision.each_bucket(
            || Ok(Vec::with_capacity(PIECE)),
            |piece: &mut io::Result<Vec<u8>>, folder| {
                if let Ok(bytes) = piece
                    && let Err(error) = push(bytes, &without_personal_data(folder))
                {
                    *piece = Err(error);
                }
            },
            |piece| out.write(&piece?),
        );
        done?;
        let hash = out.hasher.finalize();
        writeln!(out.file, "{SEAL}{hash}")?;
        out.file.sync_all()?;
        fs::rename(&draft, &path)?;
        durable::flush(&path)
    }

    /// Removes the copy, because something newer is in force.
    pub(super) fn retract(&self) {
        let _ = durable::remove(&self.path()); // what stays is not of the commit that was noted
    }

    /// Reads the commit and the age of the copy, whether it is authentic or not.
    pub(super) fn claims(&self) -> Option<(CommitId, Timestamp)> {
        let head = BufReader::new(File::open(self.path()).ok()?).lines().next()?.ok()?;
        let head: SealedHead = serde_json::from_str(&head).ok()?;
        Some((head.commit, head.heard))
    }

    /// Reads what belongs to no member, if the copy is authentic.
    pub(super) fn head(&self) -> Option<SealedHead> {
        let line = BufReader::new(self.verified()?).lines().next()?.ok()?;
        serde_json::from_str(&line).ok()
    }

    /// Reads and compiles the copy, if it is authentic.
    pub(super) fn open(&self, window: Window) -> Option<(SealedHead, Index)> {
        let mut lines = BufReader::new(self.verified()?).lines();
        let head: SealedHead = serde_json::from_str(&lines.next()?.ok()?).ok()?;
        let mut index = Index::begin(head.commit, &head.basis, window);
        let mut names = NameHashes::default();
        for line in lines {
            let folder: MemberFolder = serde_json::from_str(&line.ok()?).ok()?;
            index.add(CompiledMember::with(&mut names, &folder));
        }
        Some((head, index.finish()))
    }

    /// Returns the content if it is what this machine has written.
    fn verified(&self) -> Option<impl Read + use<>> {
        let file = File::open(self.path()).ok()?;
        let length = file.metadata().ok()?.len().checked_sub(SEAL_LENGTH)?;
        let mut hasher = self.hasher(false).ok()?;
        let mut content = file.take(length);
        io::copy(&mut content, &mut hasher).ok()?;
        let mut seal = String::new();
        content.into_inner().take(SEAL_LENGTH).read_to_string(&mut seal).ok()?;
        let seal = blake3::Hash::from_hex(seal.strip_suffix('\n')?.strip_prefix(SEAL)?).ok()?;
        // Compared in constant time.
        (seal == hasher.finalize()).then_some(())?;
        Some(File::open(self.path()).ok()?.take(length))
    }

    /// Begins to authenticate with this machine's key, which is drawn if there is none and `draw`.
    fn hasher(&self, draw: bool) -> io::Result<blake3::Hasher> {
        let path = self.folder.join(KEY);
        let text = match fs::read_to_string(&path) {
            Ok(text) if text.trim().parse::<SpaceKey>().is_ok() => text,
            _ if draw => {
                let text = key::random().to_hex();
                durable::keep(&path, text.as_bytes())?;
                text
            }
            Ok(_) => return Err(io::ErrorKind::InvalidData.into()),
            Err(error) => return Err(error),
        };
        let secret = blake3::derive_key(PURPOSE, text.trim().as_bytes());
        Ok(blake3::Hasher::new_keyed(&secret))
    }

    fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}

/// A copy that is being written.
struct Sealing {
    file: File,
    hasher: blake3::Hasher,
}

impl Sealing {
    fn line(&mut self, bytes: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
        push(bytes, value)?;
        self.write(bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.file.write_all(bytes)
    }
}

fn push(bytes: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *bytes, value)?;
    bytes.push(b'\n');
    Ok(())
}

/// Leaves out what no decision reads.
fn without_personal_data(mut folder: MemberFolder) -> MemberFolder {
    if let Slot::Read(Member { name, .. }) = &mut folder.member {
        name.clear();
    }
    folder
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// A file that claims to be a copy, sealed with a key or not at all.
    fn made_up(folder: &Path, key: Option<&SealedCopy>, text: &str) -> Option<SealedHead> {
        let copy = SealedCopy::in_folder(folder.to_owned());
        let mut sealed = text.to_owned();
        if let Some(key) = key {
            let mut hasher = key.hasher(true).unwrap();
            hasher.update(text.as_bytes());
            sealed = format!("{text}{SEAL}{}\n", hasher.finalize());
        }
        fs::write(copy.path(), sealed).unwrap();
        copy.head()
    }

    #[test]
    fn only_what_this_machine_has_sealed_is_believed() {
        let [here, there] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [own, other] = [&here, &there].map(|it| SealedCopy::in_folder(it.path().to_owned()));
        let head = SealedHead {
            heard: Timestamp::UNIX_EPOCH,
            commit: CommitId::default(),
            committed: Timestamp::UNIX_EPOCH,
            key: key::random().to_hex(),
            basis: Basis::default(),
        };
        let text = format!("{}\n", serde_json::to_string(&head).unwrap());
        assert!(made_up(here.path(), Some(&own), &text).is_some());
        for at in 0..fs::read(own.path()).unwrap().len() {
            let mut bytes = fs::read(own.path()).unwrap();
            bytes[at] ^= 1;
            fs::write(own.path(), &bytes).unwrap();
            assert!(own.head().is_none(), "{at}");
            bytes[at] ^= 1;
            fs::write(own.path(), &bytes[..at]).unwrap();
            assert!(own.head().is_none(), "cut at {at}");
            fs::write(own.path(), &bytes).unwrap();
        }
        assert!(made_up(here.path(), Some(&other), &text).is_none(), "another machine's");
        assert!(made_up(here.path(), None, &text).is_none());
        fs::remove_file(here.path().join(KEY)).unwrap();
        assert!(own.head().is_none() && !here.path().join(KEY).exists());
    }
}
