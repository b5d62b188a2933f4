//! Repositories of a kind that this program does not read, by their settings.

use std::{fs, path::Path};

/// Says what is special about the repository in a folder or above it, and how to make it an ordinary
/// one.
pub(super) fn kind(path: &Path) -> Option<(&'static str, &'static str)> {
    let path = path.canonicalize().ok()?;
    let settings = path.ancestors().find_map(|folder| {
        let own = fs::read_to_string(folder.join(".git/config"));
        own.or_else(|_| fs::read_to_string(folder.join("config"))).ok()
    })?;
    let lines = settings.lines().map(|line| line.to_ascii_lowercase().replace([' ', '\t'], ""));
    let lines: Vec<String> = lines.collect();
    let has = |wanted: &str| lines.iter().any(|line| line.starts_with(wanted));
    if has("refstorage=reftable") {
        return Some((
            "keeps its refs in the form `reftable`",
            "change it to files: `git refs migrate --ref-format=files`",
        ));
    }
    if has("objectformat=sha256") {
        return Some((
            "names its objects by SHA-256",
            "make one by SHA-1 (`git init --object-format=sha1`), and copy the files into it",
        ));
    }
    has("partialclone=").then_some((
        "is a partial clone, which lacks objects",
        "clone it as a whole: `git clone` without --filter",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_a_way_out() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(kind(dir.path()), None);
        let inner = dir.path().join("members/00");
        fs::create_dir_all(&inner).unwrap();
        fs::create_dir_all(dir.path().join(".git")).unwrap();
        for (line, word) in [
            ("\trefStorage = reftable", "git refs migrate"),
            ("\tobjectFormat = sha256", "sha1"),
            ("\tpartialClone = origin", "--filter"),
        ] {
            let text = format!("[core]\n\tbare = false\n[extensions]\n{line}\n");
            fs::write(dir.path().join(".git/config"), text).unwrap();
            assert!(kind(&inner).unwrap().1.contains(word), "{line}");
        }
        fs::write(dir.path().join(".git/config"), "[core]\n\tbare = false\n").unwrap();
        assert_eq!(kind(&inner), None);
    }
}
