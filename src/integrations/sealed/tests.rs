//! Sealed files come back as they were written, or not at all.

use std::{collections::BTreeMap, fs, path::Path};

use super::{kind::BEGINNING, *};

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

fn sealed(dir: &Path) -> std::path::PathBuf {
    let (path, journal) = (dir.join("it.age"), dir.join("journal"));
    // More than a block of age, and no multiple of one of tar.
    fs::write(&journal, vec![7; 150_001]).unwrap();
    let mut sealing = Sealing::begin(&path, &passphrase("wet paint on the lathe")).unwrap();
    sealing.add("bundle.json", b"{}").unwrap();
    sealing.add_file("state/journal", &journal, ["root", "adm"]).unwrap();
    let size = sealing.finish().unwrap();
    assert_eq!(size, fs::metadata(&path).unwrap().len());
    path
}

#[test]
fn what_was_sealed_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = sealed(dir.path());
    assert!(is_sealed(&path) && !is_sealed(&dir.path().join("journal")));
    let bytes = fs::read(&path).unwrap();
    assert!(!bytes.windows(11).any(|it| it == b"bundle.json"), "not even names are in clear");
    let mut opened = Opened::open(&path, &passphrase("wet paint on the lathe")).unwrap();
    for _ in 0..2 {
        let mut found = BTreeMap::new();
        opened
            .each(|entry| {
                let mut content = Vec::new();
                entry.content.read_to_end(&mut content).unwrap();
                assert_eq!(content.len() as u64, entry.size);
                found.insert(entry.name.display().to_string(), (content.len(), entry.owner));
                Ok::<_, SealedError>(true)
            })
            .unwrap();
        let names: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(names, ["bundle.json", "state/journal"]);
        assert_eq!(found["state/journal"], (150_001, ["root".to_owned(), "adm".to_owned()]));
    }
    assert!(matches!(
        Sealing::begin(&path, &passphrase("another passphrase")),
        Err(SealedError::Exists(_))
    ));
}

#[test]
fn another_passphrase_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = sealed(dir.path());
    let opened = Opened::open(&path, &passphrase("dry paint on the lathe"));
    assert!(matches!(opened, Err(SealedError::WrongPassphrase(_))), "{opened:?}");
    let other = Opened::open(&dir.path().join("journal"), &passphrase("wet paint on the lathe"));
    assert!(matches!(other, Err(SealedError::NotSealed(_))), "{other:?}");
}

#[test]
fn whatever_is_cut_off_or_changed_is_noticed_before_anything_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = sealed(dir.path());
    let whole = fs::read(&path).unwrap();
    let refused = |bytes: &[u8], what: &str| {
        fs::write(&path, bytes).unwrap();
        let opened = Opened::open(&path, &passphrase("wet paint on the lathe"));
        let error = opened.expect_err(what);
        let is_told =
            matches!(error, SealedError::Damaged { .. } | SealedError::WrongPassphrase(_));
        assert!(is_told, "{what}: {error}");
    };
    let header = BEGINNING.len();
    for length in [header, header + 40, 200, 66_000, whole.len() - 1] {
        refused(&whole[..length], &format!("{length} bytes"));
    }
    // A whole number of blocks, so that only the mark of the last one is missing.
    let payload = whole.windows(4).rposition(|it| it == b"--- ").unwrap() + 4 + 43 + 1 + 16;
    refused(&whole[..payload + 2 * (65_536 + 16)], "two blocks");
    for at in [header + 3, 150, payload + 5, payload + 70_000, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        refused(&bytes, &format!("byte {at}"));
    }
    refused(&[&whole[..], b"more"].concat(), "something at the end");
    fs::write(&path, &whole).unwrap();
    Opened::open(&path, &passphrase("wet paint on the lathe")).unwrap();
}
