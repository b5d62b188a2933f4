//! Writes objects so that none exists under its name before its content is on the disk.
//!
//! libgit2 and git name an object as soon as it is written. A power cut soon after leaves a name
//! without content: a damaged repository, even if nothing refers to the object yet.

use std::{
    fs,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io,
    path::{Path, PathBuf},
};

use git2::{ObjectType, Oid};

use crate::store::{
    Durability, Store, StoreError,
    disk::{durable, io_at},
    objects::{loose, pending::Objects},
};

/// From this number on, objects are written as one pack instead of a file each.
const WORTH_A_PACK: usize = 512;

/// The size of the pieces of a pack passed to libgit2's indexer. The indexer maps the file again
/// for each piece, so they must not be small; and only for the last page of a piece it ensures
/// that there is room on the disk.
const PAGE: usize = 4096;

/// How often the folder of an object is created again.
const TRIES: u32 = 100;

impl Store {
    /// Writes objects that do not exist yet; afterwards they are on their way to the disk, though
    /// not flushed.
    pub(in crate::store) fn persist(&self, objects: &Objects) -> Result<(), StoreError> {
        let repo = self.repo()?;
        let odb = repo.odb().map_err(self.git("read the objects"))?;
        // Most of them do not exist, which is no reason to look for new packs.
        let packed = |id| odb.exists_ext(id, git2::OdbLookupFlags::NO_REFRESH);
        let folder = self.common_dir().join("objects");
        let (mut missing, mut foreign) = (Vec::new(), Vec::new());
        for id in objects.ids() {
            let Some(wanted) = objects.object(id) else { continue };
            match file_of(&folder, id, wanted) {
                // git flushes no file of an object, so one that it wrote may not be on the disk yet.
                Loose::Whole => foreign.push(loose::path(&folder, id)),
                Loose::Damaged => missing.push(id),
                Loose::Absent if packed(id) => {}
                Loose::Absent => missing.push(id),
            }
        }
        drop(odb);
        drop(repo);
        if self.durability == Durability::Full {
            durable::write_back(&foreign).map_err(io_at(&folder))?;
        }
        if missing.len() > WORTH_A_PACK {
            return self.persist_pack(objects, &missing);
        }
        let mut renames = Vec::with_capacity(missing.len());
        let run = RandomState::new().build_hasher().finish();
        for (number, id) in missing.into_iter().enumerate() {
            // A name that `git gc` removes, and that nobody else uses even where locks do not work.
            let temporary = folder.join(format!("tmp_obj_space_{run:016x}_{number}"));
            let Some((kind, bytes)) = objects.object(id) else { continue };
            let written = write_loose(&temporary, kind, bytes);
            written.and_then(|()| self.share(&temporary)).map_err(io_at(&temporary))?;
            self.reached("object");
            renames.push((temporary, loose::path(&folder, id)));
        }
        self.write_back_and_rename(&renames).map_err(io_at(&folder))
    }

    /// Writes objects as one pack, through a repository that only has them in memory: one with a
    /// folder would first look for each of them there.
    fn persist_pack(&self, objects: &Objects, missing: &[Oid]) -> Result<(), StoreError> {
        let fail = self.git("write a pack");
        let odb = git2::Odb::new().map_err(&fail)?;
        odb.add_new_mempack_backend(1).map_err(&fail)?;
        let in_memory = git2::Repository::from_odb(odb).map_err(&fail)?;
        let odb = in_memory.odb().map_err(&fail)?;
        let mut builder = in_memory.packbuilder().map_err(&fail)?;
        builder.set_threads(0); // one per core
        for id in missing {
            let Some((kind, bytes)) = objects.object(*id) else { continue };
            odb.write(kind, bytes).map_err(&fail)?;
            builder.insert_object(*id, None).map_err(&fail)?;
        }
        let mut pack = git2::Buf::new();
        builder.write_buf(&mut pack).map_err(&fail)?;
        let mut indexer =
            git2::Indexer::new(Some(&odb), self.dir(), 0o444, false).map_err(&fail)?;
        for page in pack.chunks(PAGE) {
            io::Write::write_all(&mut indexer, page).map_err(|error| {
                error.downcast().map_or_else(|error| io_at(self.dir())(error), &fail)
            })?;
        }
        let name = indexer.commit().map_err(&fail)?;
        self.reached("object");
        let folder = self.common_dir().join("objects/pack");
        // git looks for the index of a pack, so the index comes last.
        let renames = ["pack", "idx"].map(|end| {
            let file = format!("pack-{name}.{end}");
            (self.dir().join(&file), folder.join(&file))
        });
        renames.iter().try_for_each(|(file, _)| self.share(file)).map_err(io_at(&folder))?;
        self.write_back_and_rename(&renames).map_err(io_at(&folder))?;
        // Open handles look for new packs once they miss an object.
        Ok(())
    }

    fn write_back_and_rename(&self, renames: &[(PathBuf, PathBuf)]) -> io::Result<()> {
        if self.durability == Durability::Full {
            let files: Vec<PathBuf> = renames.iter().map(|(from, _)| from.clone()).collect();
            durable::write_back(&files)?;
        }
        self.reached("settled");
        for (from, to) in renames {
            let mut tries = 0..TRIES;
            loop {
                match fs::rename(from, to) {
                    // A git that is packing removes folders that it has emptied, even newly
                    // created ones.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {
                        tries.next().ok_or(error)?;
                        let folder = to.parent().unwrap_or(to);
                        fs::create_dir_all(folder)?;
                        self.share(folder)?;
                    }
                    done => break done?,
                }
            }
            self.reached("named");
        }
        Ok(())
    }
}

/// What lies in the file of an object that is to be written.
enum Loose {
    Absent,
    /// Just that object, from an earlier change or from git.
    Whole,
    /// Something else, as a power cut makes of git's own objects.
    Damaged,
}

fn file_of(folder: &Path, id: Oid, (kind, bytes): (ObjectType, &[u8])) -> Loose {
    match loose::read(folder, id, bytes.len()) {
        Ok(None) => Loose::Absent,
        Ok(Some(loose::Loose::Object(found, read))) if found == kind && read == bytes => {
            Loose::Whole
        }
        Ok(Some(_)) | Err(_) => Loose::Damaged,
    }
}

/// Writes a loose object without compression (like `core.compression = 0`): most are smaller than
/// the least that a disk can write, and packing compresses them later.
fn write_loose(path: &Path, kind: ObjectType, bytes: &[u8]) -> io::Result<()> {
    let mut plain = format!("{kind} {}\0", bytes.len()).into_bytes();
    plain.extend_from_slice(bytes);
    io::Write::write_all(&mut durable::create(path, 0o444)?, &zlib_stored(&plain))
}

/// Wraps bytes as a zlib stream of stored blocks (RFC 1950, RFC 1951 §3.2.4).
fn zlib_stored(plain: &[u8]) -> Vec<u8> {
    const LONGEST: usize = 0xffff;
    let mut stream = Vec::with_capacity(plain.len() + 16);
    stream.extend([0x78, 0x01]);
    let mut blocks = plain.chunks(LONGEST).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX); // a chunk is never longer
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend_from_slice(block);
    }
    stream.extend(adler32(plain).to_be_bytes());
    stream
}

/// Computes the checksum of a zlib stream (RFC 1950 §9).
fn adler32(plain: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    // This many bytes cannot overflow the sums.
    for part in plain.chunks(5_552) {
        for byte in part {
            a += u32::from(*byte);
            b += a;
        }
        (a, b) = (a % 65_521, b % 65_521);
    }
    b << 16 | a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libgit2_reads_what_is_written_here() {
        let dir = tempfile::tempdir().unwrap();
        let repo = git2::Repository::init_bare(dir.path()).unwrap();
        for size in [0, 1, 400, 5_552, 5_553, 65_534, 65_535, 65_536, 200_000] {
            let bytes: Vec<u8> = (0..size).map(|n: u32| (n * 7 % 251) as u8).collect();
            let id = Oid::hash_object(ObjectType::Blob, &bytes).unwrap();
            let digits = id.to_string();
            let folder = dir.path().join("objects").join(&digits[..2]);
            fs::create_dir_all(&folder).unwrap();
            write_loose(&folder.join(&digits[2..]), ObjectType::Blob, &bytes).unwrap();
            assert_eq!(repo.find_blob(id).unwrap().content(), bytes, "{size}");
        }
    }
}
