//! The files in a ZIP archive, in which banks pack several statements (PKWARE APPNOTE 6.3).

use std::io::Read as _;

use flate2::read::DeflateDecoder;

use super::refused::Refused;

/// The most files in an archive.
const MOST_FILES: usize = 1000;

/// The most bytes of all files together, unpacked.
const MOST_BYTES: usize = 256 << 20;

/// Returns the files of an archive with their names, sorted by name; the file itself, if it is none.
///
/// # Errors
/// A sentence that says why it cannot be unpacked.
pub fn unpack(name: &str, bytes: Vec<u8>) -> Result<Vec<(String, Vec<u8>)>, Refused> {
    if !bytes.starts_with(b"PK\x03\x04") || super::foreign::advice(&bytes).is_some() {
        return Ok(vec![(name.to_owned(), bytes)]);
    }
    let damaged = || Refused::export(format!("{name} is a damaged archive: download it again"));
    let entries = entries(&bytes).ok_or_else(damaged)?;
    if entries.len() > MOST_FILES {
        return Err(Refused::export(format!("{name} has more than {MOST_FILES} files")));
    }
    let mut files = Vec::new();
    let mut left = MOST_BYTES;
    for entry in entries {
        // Folders, and what macOS adds.
        if entry.name.ends_with('/') || entry.name.starts_with("__MACOSX/") {
            continue;
        }
        let inner = format!("{name}/{}", entry.name);
        if entry.encrypted {
            return Err(Refused::export(format!("{inner} is encrypted; unpack it first")));
        }
        let content = entry.unpack(left).ok_or_else(damaged)?;
        if content.len() > left {
            return Err(Refused::export(format!("{name} is too large when it is unpacked")));
        }
        left -= content.len();
        files.push((inner, content));
    }
    if files.is_empty() {
        return Err(Refused::export(format!("{name} has no files in it")));
    }
    files.sort();
    Ok(files)
}

/// A file in an archive.
struct Entry<'a> {
    name: String,
    encrypted: bool,
    method: u16,
    packed: &'a [u8],
    length: usize,
    check: u32,
}

impl Entry<'_> {
    /// Unpacks it; the result is longer than `most` if there is more.
    fn unpack(&self, most: usize) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        match self.method {
            0 => content.extend_from_slice(self.packed),
            8 => {
                let most = u64::try_from(most).ok()?.saturating_add(1);
                DeflateDecoder::new(self.packed).take(most).read_to_end(&mut content).ok()?;
            }
            _ => return None,
        }
        if content.len() > most {
            return Some(content);
        }
        let mut sum = flate2::Crc::new();
        sum.update(&content);
        (content.len() == self.length && sum.sum() == self.check).then_some(content)
    }
}

/// Reads the directory at the end of an archive; `None` if it is damaged.
fn entries(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    let end = bytes.windows(4).rposition(|it| it == b"PK\x05\x06")?;
    let count = short(bytes, end + 10)?;
    let mut at = long(bytes, end + 16)?;
    let mut found = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let name_length = usize::from(short(bytes, at + 28)?);
        let behind = usize::from(short(bytes, at + 30)?) + usize::from(short(bytes, at + 32)?);
        let name = bytes.get(at + 46..at + 46 + name_length)?;
        let (packed, start) = (long(bytes, at + 20)?, long(bytes, at + 42)?);
        if bytes.get(start..start.checked_add(4)?)? != b"PK\x03\x04" {
            return None;
        }
        let names = usize::from(short(bytes, start + 26)?) + usize::from(short(bytes, start + 28)?);
        let from = start + 30 + names;
        found.push(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            encrypted: short(bytes, at + 8)? & 1 == 1,
            method: short(bytes, at + 10)?,
            packed: bytes.get(from..from.checked_add(packed)?)?,
            length: long(bytes, at + 24)?,
            check: u32::try_from(long(bytes, at + 16)?).ok()?,
        });
        at += 46 + name_length + behind;
    }
    Some(found)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Two files, one of them packed, as `zip` writes them.
    const ARCHIVE: &[u8] = include_bytes!("../../../tests/statements/two-files.zip");

    #[test]
    fn an_archive_is_its_files() {
        let files = unpack("a.zip", ARCHIVE.to_vec()).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a.zip/may/1.xml", "a.zip/may/2.xml"]);
        assert!(files.iter().all(|(_, content)| content.starts_with(b"<?xml")));
        let other = unpack("a.csv", b"Date,Amount".to_vec()).unwrap();
        assert_eq!(other, [("a.csv".to_owned(), b"Date,Amount".to_vec())]);
    }

    #[test]
    fn a_damaged_archive_is_refused() {
        // The last two bytes say how long a comment is.
        for end in 4..ARCHIVE.len() - 2 {
            let refused = unpack("a.zip", ARCHIVE[..end].to_vec()).unwrap_err();
            assert!(refused.message.contains("damaged"), "{refused:?}");
        }
    }

    proptest! {
        #[test]
        fn no_damage_is_too_much(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = ARCHIVE.to_vec();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = unpack("a.zip", bytes);
        }
    }
}
