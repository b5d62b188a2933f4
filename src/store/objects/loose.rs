//! Reads an object that lies in a file of its own, and never more of it than was asked for.
//!
//! libgit2 inflates such a file until it has as many bytes as the file's header claims: of one that was
//! cut short it waits for the rest for ever, and of one that claims gigabytes it reserves them. So
//! these files are read here; libgit2 reads packs.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use flate2::{Decompress, FlushDecompress, Status};
use git2::{ObjectType, Oid};

use super::damage::Damage;

/// The longest header: `commit`, a blank, a number of 64 bits, and a zero.
const HEADER: usize = 32;

/// How much is read from the file, and inflated, at once at first: most objects are smaller.
const PIECE: usize = 4096;

/// What lies in the file of an object.
#[derive(Debug)]
pub(in crate::store) enum Loose {
    /// The object.
    Object(ObjectType, Vec<u8>),
    /// It has this many bytes, which are more than was asked for.
    Long(usize),
}

/// Returns the file of an object in a folder of objects.
pub(in crate::store) fn path(objects: &Path, id: Oid) -> PathBuf {
    let digits = id.to_string();
    let (folder, file) = digits.split_at(2);
    let mut path = objects.join(folder);
    path.push(file);
    path
}

/// Reads an object of at most `most` bytes from a folder of objects; `None` if it has no file there.
///
/// # Errors
/// The file cannot be read, or is not what git writes.
pub(in crate::store) fn read(
    objects: &Path,
    id: Oid,
    most: usize,
) -> Result<Option<Loose>, Damage> {
    let path = path(objects, id);
    let broken = |why: String| Damage::Broken { path: path.clone(), why };
    let file = match File::open(&path) {
        Err(error) if is_absent(&error) => return Ok(None),
        opened => opened.map_err(|error| broken(error.to_string()))?,
    };
    inflate(file, most).map(Some).map_err(broken)
}

/// A folder above it may be a file, where somebody points to other objects.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Reads the stream of an object.
///
/// # Errors
/// It is not what git writes; the message says why.
pub(in crate::store) fn inflate(mut from: impl Read, most: usize) -> Result<Loose, String> {
    let (mut stream, mut input) = (Decompress::new(true), [0; PIECE]);
    let (mut begin, mut end) = (0, 0);
    let (mut out, mut header): (Vec<u8>, Option<Header>) = (Vec::with_capacity(PIECE), None);
    loop {
        if begin == end {
            (begin, end) = (0, from.read(&mut input).map_err(|error| error.to_string())?);
        }
        if out.len() == out.capacity() {
            out.reserve(out.len().clamp(PIECE, 1 << 20));
        }
        let (had, was) = (stream.total_in(), out.len());
        let status = stream
            .decompress_vec(&input[begin..end], &mut out, FlushDecompress::None)
            .map_err(|_| "it is not a valid zlib stream".to_owned())?;
        begin += usize::try_from(stream.total_in() - had).unwrap_or(end);
        if header.is_none() && (out.len() >= HEADER || status == Status::StreamEnd) {
            header = Some(Header::of(&out)?);
        }
        if let Some(Header { length, size, .. }) = header {
            if size > most {
                return Ok(Loose::Long(size));
            }
            if out.len() - length > size {
                return Err(format!("it is longer than the {size} bytes that it claims"));
            }
        }
        if status == Status::StreamEnd {
            break;
        }
        if end == 0 && out.len() == was {
            return Err("it is cut short".to_owned());
        }
    }
    let Header { kind, length, size } = match header {
        Some(header) => header,
        None => Header::of(&out)?,
    };
    if begin < end {
        return Err("something follows it".to_owned());
    }
    if out.len() - length < size {
        return Err(format!("it is shorter than the {size} bytes that it claims"));
    }
    out.drain(..length);
    Ok(Loose::Object(kind, out))
}

/// How a stream begins: `blob 12` and a zero.
#[derive(Clone, Copy)]
struct Header {
    kind: ObjectType,
    /// Its own length in bytes.
    length: usize,
    /// The bytes that follow.
    size: usize,
}

impl Header {
    fn of(bytes: &[u8]) -> Result<Self, String> {
        let read = || {
            let end = bytes.iter().take(HEADER).position(|byte| *byte == 0)?;
            let text = std::str::from_utf8(&bytes[..end]).ok()?;
            let (kind, size) = text.split_once(' ')?;
            let kind = match kind {
                "blob" => ObjectType::Blob,
                "tree" => ObjectType::Tree,
                "commit" => ObjectType::Commit,
                "tag" => ObjectType::Tag,
                _ => return None,
            };
            let digits = size.bytes().all(|byte| byte.is_ascii_digit());
            let size = size.parse().ok().filter(|_| digits)?;
            Some(Self { kind, length: end + 1, size })
        };
        read().ok_or_else(|| "it does not begin as an object".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::ZlibEncoder};
    use proptest::prelude::*;

    use super::*;

    fn stream(header: &str, body: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(header.as_bytes()).unwrap();
        encoder.write_all(b"\0").unwrap();
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn why(bytes: &[u8]) -> String {
        inflate(bytes, usize::MAX).unwrap_err()
    }

    #[test]
    fn a_header_that_claims_too_much_reserves_nothing() {
        for size in ["2147483647", "99999999999", "18446744073709551615"] {
            let bytes = stream(&format!("blob {size}"), b"short");
            assert!(why(&bytes).contains("shorter than"), "{size}");
            let Ok(Loose::Long(long)) = inflate(&bytes[..], 9) else { panic!("{size}") };
            assert_eq!(long.to_string(), size);
        }
        assert!(why(&stream("blob 99999999999999999999", b"")).contains("begin"));
        assert!(why(&stream("blob 2", b"three")).contains("longer than"));
        assert!(why(&stream("blob +5", b"three")).contains("begin"));
        assert!(why(&stream("blog 5", b"three")).contains("begin"));
        assert!(why(b"").contains("cut short"));
        assert!(why(&[0; 100]).contains("zlib"));
        assert!(why(&[&stream("blob 5", b"three")[..], b"x"].concat()).contains("follows"));
    }

    #[test]
    fn an_object_without_a_file_is_not_there() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(read(dir.path(), Oid::ZERO_SHA1, 9), Ok(None)));
        std::fs::write(dir.path().join("00"), "a file").unwrap();
        assert!(matches!(read(dir.path(), Oid::ZERO_SHA1, 9), Ok(None)));
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_and_what_was_cut_off_is_not(
            body in prop::collection::vec(any::<u8>(), 0..20_000), cut: prop::sample::Index,
        ) {
            let bytes = stream(&format!("tree {}", body.len()), &body);
            let read = inflate(&bytes[..], body.len()).unwrap();
            let Loose::Object(ObjectType::Tree, found) = read else { panic!("{read:?}") };
            prop_assert_eq!(&found, &body);
            prop_assert!(inflate(&bytes[..cut.index(bytes.len())], usize::MAX).is_err());
            if let Some(less) = body.len().checked_sub(1) {
                prop_assert!(matches!(inflate(&bytes[..], less), Ok(Loose::Long(_))));
            }
        }

        #[test]
        fn foreign_bytes_end_in_an_answer(bytes: Vec<u8>) {
            let _ = inflate(&bytes[..], 1 << 20);
            let _ = inflate(&[&[0x78, 0x01][..], &bytes].concat()[..], 1 << 20);
        }
    }
}
