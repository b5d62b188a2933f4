//! How a sealed file is told from others.

use std::{fs::File, io::Read as _, path::Path};

/// How a file of age begins.
pub(super) const BEGINNING: &[u8] = b"age-encryption.org/v1\n";

/// Tells whether a file is sealed.
#[must_use]
pub fn is_sealed(path: &Path) -> bool {
    let mut found = [0; BEGINNING.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut found));
    read.is_ok() && found == BEGINNING
}
