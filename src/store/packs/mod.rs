//! Objects straight from git's packs, for as many threads as there are cores.
//!
//! libgit2 has one lock for all that it reads from packs, so two threads that read are slower than
//! one. These readers share nothing but the tables of ids. Whatever they do not find or understand,
//! libgit2 is asked for; so they may know no more than what git writes by default.

mod delta;
mod entry;
mod names;
mod reader;
mod window;

use std::{
    fs,
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use git2::{ObjectType, Oid};

use names::Names;
pub(super) use reader::Reader;

/// Tables of ids are kept in memory; more than these together are left to libgit2.
const LARGEST: u64 = 64 << 20;

/// So many packs are kept open for few objects; a repository has more if nobody packs it.
const MOST: usize = 64;

/// An object of the database.
pub(super) struct Object {
    pub(super) kind: ObjectType,
    pub(super) bytes: Vec<u8>,
}

/// The packs of a repository that could be opened.
#[derive(Clone)]
pub(super) struct Packs(Arc<[Pack]>);

struct Pack {
    names: Names,
    file: File,
}

impl Packs {
    /// Opens what there is in a repository's folder of packs, for few objects.
    pub(super) fn for_few(folder: &Path) -> Self {
        let names = |table: &Path| Names::on_disk(File::open(table).ok()?);
        Self(tables(folder).take(MOST).filter_map(|table| Pack::open(&table, names)).collect())
    }

    /// Opens what there is in a repository's folder of packs, for many objects.
    pub(super) fn for_many(folder: &Path) -> Self {
        let mut left = LARGEST;
        let mut names = |table: &Path| {
            left = left.checked_sub(fs::metadata(table).ok()?.len())?;
            Names::in_memory(fs::read(table).ok()?)
        };
        Self(tables(folder).filter_map(|table| Pack::open(&table, &mut names)).collect())
    }

    /// Finds the pack that has an object, by its number, and where in it.
    fn find(&self, id: Oid) -> Option<(usize, u64)> {
        let mut packs = self.0.iter().enumerate();
        packs.find_map(|(number, pack)| Some((number, pack.names.offset(id)?)))
    }
}

impl Pack {
    fn open(table: &Path, names: impl FnOnce(&Path) -> Option<Names>) -> Option<Self> {
        Some(Self { names: names(table)?, file: File::open(table.with_extension("pack")).ok()? })
    }
}

/// Lists the tables in a folder of packs.
fn tables(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    files.filter(|path| path.extension().is_some_and(|it| it == "idx"))
}

#[cfg(test)]
mod tests {
    use git2::{ObjectType, Repository};
    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;

    /// Makes a repository of texts, all in one pack, as differences where they are alike.
    fn packed(texts: &[Vec<u8>]) -> (TempDir, Vec<Oid>) {
        let dir = tempfile::tempdir().unwrap();
        let repo = Repository::init_bare(dir.path()).unwrap();
        let odb = repo.odb().unwrap();
        let mut builder = repo.packbuilder().unwrap();
        let mut ids = Vec::new();
        for text in texts {
            let id = odb.write(ObjectType::Blob, text).unwrap();
            builder.insert_object(id, None).unwrap();
            ids.push(id);
        }
        builder.write(&folder(&dir), 0o600).unwrap();
        (dir, ids)
    }

    fn folder(dir: &TempDir) -> std::path::PathBuf {
        let folder = dir.path().join("objects/pack");
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn readers(dir: &TempDir) -> [Reader; 2] {
        let folder = folder(dir);
        [Reader::many(Packs::for_many(&folder)), Reader::few(Packs::for_few(&folder))]
    }

    /// Reads everything twice, as many and as few; returns how many were read each way.
    fn agree(dir: &TempDir, ids: &[Oid], texts: &[Vec<u8>]) -> usize {
        let [many, few] = readers(dir).map(|mut reader| {
            let mut found = 0;
            for (id, text) in ids.iter().zip(texts).chain(ids.iter().zip(texts).rev()) {
                if let Some(content) = reader.read(*id) {
                    assert_eq!(content, text);
                    found += 1;
                }
                if let Some(object) = reader.take(*id) {
                    assert_eq!((object.kind, &object.bytes), (ObjectType::Blob, text));
                }
            }
            for other in [Oid::ZERO_SHA1, Oid::from_bytes(&[0xff; 20]).unwrap()] {
                assert_eq!(reader.read(other), None);
            }
            found
        });
        assert_eq!(many, few);
        many
    }

    fn alike(count: usize) -> Vec<Vec<u8>> {
        let text = |number: usize| {
            let words = (0..40 + number % 7).map(|word| format!("word {} ", word * 7919 % 1000));
            format!("{{\"number\": {number}, {}}}", words.collect::<String>()).into_bytes()
        };
        (0..count).map(text).collect()
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "a test that leaves something out says so")]
    fn every_object_that_git_packed_is_read() {
        let texts = alike(3_000);
        let (dir, ids) = packed(&texts);
        assert_eq!(agree(&dir, &ids, &texts), 2 * texts.len());
        // As git itself packs, with differences that say how far back their base is.
        let tree = Repository::open(dir.path()).and_then(|repo| {
            let mut tree = repo.treebuilder(None)?;
            for id in &ids {
                tree.insert(id.to_string(), *id, 0o100_644)?;
            }
            let (tree, who) = (tree.write()?, git2::Signature::now("a", "a@example.org")?);
            repo.commit(Some("HEAD"), &who, &who, "all", &repo.find_tree(tree)?, &[])
        });
        tree.unwrap();
        let mut git = std::process::Command::new("git");
        match git.args(["repack", "-adfq", "--depth=50"]).current_dir(dir.path()).status() {
            Ok(status) => assert!(status.success()),
            Err(_) => return eprintln!("no git here: its packs are not tried"),
        }
        assert_eq!(agree(&dir, &ids, &texts), 2 * texts.len());
    }

    #[test]
    fn what_is_long_is_left_to_libgit2() {
        let texts = [vec![b'x'; crate::store::json::LONGEST + 1], b"short".to_vec(), Vec::new()];
        let (dir, ids) = packed(&texts);
        assert_eq!(agree(&dir, &ids, &texts), 2 * 2);
    }

    #[test]
    fn whatever_the_files_hold_nothing_breaks() {
        let texts = alike(40);
        let (dir, ids) = packed(&texts);
        let read = || {
            let [many, few] = readers(&dir)
                .map(|mut reader| ids.iter().filter(|id| reader.read(**id).is_some()).count());
            assert_eq!(many, few);
            many
        };
        assert_eq!(read(), texts.len());
        for file in fs::read_dir(folder(&dir)).unwrap().map(|file| file.unwrap().path()) {
            let mut writable = fs::metadata(&file).unwrap().permissions();
            std::os::unix::fs::PermissionsExt::set_mode(&mut writable, 0o600);
            fs::set_permissions(&file, writable).unwrap();
            let good = fs::read(&file).unwrap();
            let mut refused = 0;
            for at in (0..good.len()).step_by(5) {
                let mut bad = good.clone();
                bad[at] ^= 1 << (at % 8);
                fs::write(&file, &bad).unwrap();
                refused += texts.len() - read();
                fs::write(&file, &good[..at]).unwrap();
                read();
            }
            assert!(refused > 0, "{}", file.display());
            fs::write(&file, &good).unwrap();
        }
        assert_eq!(read(), texts.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_contents_are_read(
            seeds in prop::collection::vec((0_usize..6, prop::collection::vec(any::<u8>(), 0..90)), 1..60)
        ) {
            // A few long beginnings, so that there are differences to make.
            let text = |(which, rest): (usize, Vec<u8>)| {
                let start = (0..which * 900).map(|at| (at * (which + 3) % 251) as u8);
                start.chain(rest).collect::<Vec<u8>>()
            };
            let texts: Vec<Vec<u8>> = seeds.into_iter().map(text).collect();
            let (dir, ids) = packed(&texts);
            prop_assert_eq!(agree(&dir, &ids, &texts), 2 * texts.len());
        }
    }
}
