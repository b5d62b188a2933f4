//! Checks the indexes of packs before libgit2 reads them: it trusts every number in them, so that one
//! wrong bit can end the process.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};

use super::damage::Damage;
use crate::store::disk::cache;

/// The length of the checksum at the end of an index.
const SUM: usize = 20;

/// From this number of bytes in all indexes, it is remembered which were in order; fewer are hashed
/// in a moment.
const WORTH_A_CACHE: u64 = 1 << 20;

/// The name of the file in `cache/`.
const CACHE: &str = "packs";

/// A file as it was when it was in order: its length, and when it was changed last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Mark {
    length: u64,
    changed: Timestamp,
}

/// Checks the index of every pack of a repository; `again` does so even for those that were in order
/// before.
///
/// # Errors
/// One is damaged.
pub(super) fn check(common: &Path, again: bool) -> Result<(), Damage> {
    let folder = common.join("objects/pack");
    let cached = cache::path(&common.join("space"), CACHE);
    let mut found = BTreeMap::new();
    let mut total = 0;
    for item in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let name = item.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".idx") && name != "multi-pack-index" {
            continue;
        }
        let Ok(meta) = item.metadata() else { continue }; // a git that packs has removed it
        let changed = meta.modified().ok().and_then(|at| at.try_into().ok()).unwrap_or_default();
        total += meta.len();
        found.insert(name, Mark { length: meta.len(), changed });
    }
    let is_large = total >= WORTH_A_CACHE;
    let known: BTreeMap<String, Mark> =
        if is_large && !again { cache::read(&cached).unwrap_or_default() } else { BTreeMap::new() };
    for (name, mark) in &found {
        if known.get(name) == Some(mark) {
            continue;
        }
        let path = folder.join(name);
        match is_whole(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Damage::Broken { path, why: error.to_string() }),
            Ok(true) => {}
            Ok(false) => {
                let why = "its checksum does not fit".to_owned();
                return Err(Damage::Broken { path, why });
            }
        }
    }
    if is_large && known != found {
        cache::write(&cached, &found);
    }
    Ok(())
}

/// Tells whether a file ends in the hash of all that comes before.
fn is_whole(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let Some(mut left) = length.checked_sub(SUM as u64) else { return Ok(false) };
    let (mut hasher, mut piece) = (Sha1::new(), vec![0; 1 << 16]);
    while left > 0 {
        let most = piece.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = file.read(&mut piece[..most])?;
        if read == 0 {
            return Ok(false);
        }
        hasher.update(&piece[..read]);
        left -= read as u64;
    }
    let mut sum = [0; SUM];
    file.read_exact(&mut sum)?;
    Ok(hasher.finalize()[..] == sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_bit_anywhere_in_an_index_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("objects/pack");
        fs::create_dir_all(&folder).unwrap();
        assert!(check(dir.path(), false).is_ok());
        let mut bytes = vec![7; 300];
        bytes.extend_from_slice(&Sha1::digest(&bytes));
        let idx = folder.join("pack-1.idx");
        fs::write(&idx, &bytes).unwrap();
        assert!(check(dir.path(), false).is_ok());
        for bit in 0..bytes.len() * 8 {
            let mut wrong = bytes.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            fs::write(&idx, &wrong).unwrap();
            assert!(matches!(check(dir.path(), false), Err(Damage::Broken { .. })), "{bit}");
        }
        fs::write(&idx, &bytes[..10]).unwrap();
        assert!(check(dir.path(), false).is_err());
    }

    #[test]
    fn a_large_index_is_read_once_and_again_when_it_has_changed() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("objects/pack");
        fs::create_dir_all(&folder).unwrap();
        let mut bytes = vec![7; usize::try_from(WORTH_A_CACHE).unwrap()];
        bytes.extend_from_slice(&Sha1::digest(&bytes));
        let idx = folder.join("pack-1.idx");
        fs::write(&idx, &bytes).unwrap();
        check(dir.path(), false).unwrap();
        let before = fs::metadata(&idx).unwrap().modified().unwrap();
        bytes[9] ^= 1;
        fs::write(&idx, &bytes).unwrap();
        let file = fs::File::options().write(true).open(&idx).unwrap();
        file.set_modified(before).unwrap();
        assert!(check(dir.path(), false).is_ok(), "it looks the same");
        assert!(check(dir.path(), true).is_err());
        file.set_modified(before + std::time::Duration::from_secs(1)).unwrap();
        assert!(check(dir.path(), false).is_err());
    }
}
