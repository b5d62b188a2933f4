//! Goes back to a commit that is whole, in a clone whose newest ones a power cut has damaged.
//!
//! git writes objects and refs without waiting for the disk, unless it is told to. What is lost that way
//! is still in the repository that a door follows; git fetches it again once no ref claims that it is
//! here, and no damaged file stands in its place.

use std::{fs, path::Path};

use git2::{ErrorCode, Oid};

use crate::{
    domain::model::CommitId,
    store::{
        Store, StoreError,
        disk::{durable, io_at, private_dir},
        objects::{ids::commit_id, loose},
    },
};

/// The name of the file in `cache/` with the commit in force.
const FILE: &str = "in-force";

/// The folder for what was damaged.
const ASIDE: &str = "damaged";

/// How many places of the branch's log are looked at.
const MOST: usize = 64;

impl Store {
    /// Writes down which commit is in force. Without it, git's log of the branch has to do.
    pub(in crate::store) fn remember_in_force(&self, commit: CommitId) {
        let folder = self.dir().join("cache");
        if private_dir(&folder).is_ok() {
            let text = format!("{commit}\n");
            let _ =
                durable::replace(&folder.join(FILE), &folder.join("in-force.new"), text.as_bytes());
        }
    }

    /// Returns the commit that was in force last, if it was written down.
    pub(in crate::store) fn noted_in_force(&self) -> Option<CommitId> {
        let noted = fs::read_to_string(self.dir().join("cache").join(FILE)).ok()?;
        noted.trim().parse().ok()
    }

    /// Lists the commits to go by instead of the branch's newest one, if that is damaged or not known:
    /// those at which the branch stood, newest first, back to the one that was in force last. Never an
    /// older one, since what was revoked by then must stay revoked.
    pub(in crate::store) fn known_good(&self, newest: Option<CommitId>) -> Vec<CommitId> {
        let noted = self.noted_in_force();
        if noted.is_some() && noted == newest {
            return Vec::new();
        }
        // Read here, since libgit2 stops at the first line that is damaged.
        let name = self.pinned_ref().unwrap_or_default();
        let log = fs::read(self.common_dir().join("logs").join(name)).unwrap_or_default();
        let lines = log.split(|byte| *byte == b'\n').rev();
        let ids =
            lines.filter_map(|line| std::str::from_utf8(line.get(41..81)?).ok()?.parse().ok());
        let mut known: Vec<CommitId> = Vec::new();
        for id in ids.filter(|id| *id != CommitId::default()).take(MOST) {
            if !known.contains(&id) && Some(id) != newest {
                known.push(id);
            }
            if Some(id) == noted {
                return known;
            }
        }
        known.extend(noted);
        known
    }

    /// Puts the branch of a door's clone, and what was fetched beside it, back to a commit, and moves
    /// damaged files of objects away. Other repositories stay as they are: there, a person decides.
    pub(in crate::store) fn go_back_to(&self, commit: CommitId) -> Result<(), StoreError> {
        if !self.is_door() {
            return Ok(());
        }
        self.move_damaged_objects()?;
        let mut refs = vec![self.pinned_ref()?];
        if let Some(remote) = self.remote() {
            refs.push(format!("refs/remotes/{}/{}", remote.name, self.pinned()?));
        }
        for name in refs {
            let path = self.common_dir().join(&name);
            if name.starts_with("refs/remotes/") && !path.exists() {
                continue;
            }
            let write = || {
                fs::create_dir_all(path.parent().unwrap_or(&path))?;
                durable::remove(&path.with_extension("lock"))?;
                let draft = self.dir().join("ref.new");
                durable::replace(&path, &draft, format!("{commit}\n").as_bytes())?;
                durable::flush(&path)
            };
            write().map_err(io_at(&path))?;
        }
        Ok(())
    }

    /// Forgets the branch of a door's clone whose newest commit is damaged: then the next fetch brings all
    /// of it. An older commit will not do in the meantime, since what it grants may have been revoked.
    pub(in crate::store) fn start_over(&self) -> Result<(), StoreError> {
        if !self.is_door() || self.remote().is_none() {
            return Ok(());
        }
        self.move_damaged_objects()?;
        let name = self.pinned_ref()?;
        let path = self.common_dir().join(&name);
        durable::remove(&path).map_err(io_at(&path))?;
        // It may stand among the packed ones too, and there it is an older one.
        match self.repo()?.find_reference(&name) {
            Ok(mut packed) => packed.delete().map_err(self.git("forget the branch")),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(()),
            Err(error) => Err(self.git("forget the branch")(error)),
        }
    }

    /// Moves the files of objects away that are not what git writes.
    fn move_damaged_objects(&self) -> Result<(), StoreError> {
        let (objects, aside) = (self.common_dir().join("objects"), self.dir().join(ASIDE));
        for first in 0..=255_u8 {
            let folder = objects.join(format!("{first:02x}"));
            for item in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let (path, name) = (item.path(), item.file_name());
                let id = name.to_str().map(|rest| format!("{first:02x}{rest}"));
                let Some(Ok(id)) = id.filter(|id| id.len() == 40).map(|id| Oid::from_str(&id))
                else {
                    continue;
                };
                if is_damaged(&objects, id) {
                    private_dir(&aside).map_err(io_at(&aside))?;
                    fs::rename(&path, aside.join(commit_id(id).to_string()))
                        .map_err(io_at(&path))?;
                }
            }
        }
        Ok(())
    }
}

fn is_damaged(objects: &Path, id: Oid) -> bool {
    loose::read(objects, id, usize::MAX).is_err()
}
