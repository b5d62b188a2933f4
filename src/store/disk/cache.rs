//! Computed data kept in a file: verified before use, and recomputed when damaged.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use super::{durable, private_dir};

/// Changes whenever what is written changes, so that another version's file is not misread.
const MAGIC: &[u8; 8] = b"space\0\0\x08";

/// The length of the hash of the content.
const HASH: usize = 16;

/// Returns the path of a cache, given the folder for data that is not in the history.
pub(in crate::store) fn path(dir: &Path, name: &str) -> PathBuf {
    dir.join("cache").join(name)
}

/// Reads a file; `None` if it is missing, damaged or from another version.
pub(in crate::store) fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let bytes = fs::read(path).ok()?;
    let (hash, content) = bytes.strip_prefix(MAGIC)?.split_at_checked(HASH)?;
    if hash != self::hash(content) {
        return None;
    }
    postcard::from_bytes(content).ok()
}

/// Replaces the file. Failure to write it is ignored.
pub(in crate::store) fn write<T: Serialize>(path: &Path, value: &T) {
    let Ok(content) = postcard::to_stdvec(value) else { return };
    let bytes = [&MAGIC[..], &hash(&content), &content].concat();
    if path.parent().is_some_and(|folder| private_dir(folder).is_ok()) {
        // Another command may write the cache too, so each draft has its own name.
        let draft = path.with_extension(format!("{}.new", std::process::id()));
        let _ = durable::replace(path, &draft, &bytes);
    }
}

/// Hashes the content together with this program's version, since another may read it differently.
fn hash(content: &[u8]) -> [u8; HASH] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes()).update(content);
    let mut hash = [0; HASH];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..HASH]);
    hash
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_damaged_file_is_not_trusted(
            value: Vec<u32>,
            at: prop::sample::Index,
            by in 1_u8..=255,
            cut: prop::sample::Index,
        ) {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("cache/members");
            write(&path, &value);
            prop_assert_eq!(read::<Vec<u32>>(&path), Some(value));
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, &bytes[..cut.index(bytes.len())]).unwrap();
            prop_assert_eq!(read::<Vec<u32>>(&path), None);
            let mut other = bytes;
            let at = at.index(other.len());
            other[at] ^= by;
            fs::write(&path, &other).unwrap();
            prop_assert_eq!(read::<Vec<u32>>(&path), None);
        }
    }
}
