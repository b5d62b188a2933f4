//! git's commit objects, with one reader for the whole program.

use std::borrow::Cow;

use git2::Oid;

/// A commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::store) struct Commit {
    pub(in crate::store) id: Oid,
    pub(in crate::store) tree: Oid,
    pub(in crate::store) parents: Vec<Oid>,
    /// The name and the e-mail address of whoever made the change.
    pub(in crate::store) author: (String, String),
    /// When it was committed, in seconds since 1970.
    pub(in crate::store) seconds: i64,
    /// The bytes of the message.
    pub(in crate::store) message: Vec<u8>,
    /// How the message is written, if not in UTF-8.
    encoding: Option<String>,
}

impl Commit {
    /// Reads the bytes of a commit object.
    ///
    /// # Errors
    /// It is not a commit; the message says why.
    pub(in crate::store) fn read(id: Oid, bytes: &[u8]) -> Result<Self, String> {
        let end =
            bytes.windows(2).position(|pair| pair == b"\n\n").map_or(bytes.len(), |at| at + 1);
        let message = bytes.get(end + 1..).unwrap_or_default().to_vec();
        let (mut tree, mut parents, mut author, mut seconds) = (None, Vec::new(), None, None);
        let mut encoding = None;
        for line in bytes[..end].split(|byte| *byte == b'\n') {
            let Some(blank) = line.iter().position(|byte| *byte == b' ') else { continue };
            let (key, value) = (&line[..blank], &line[blank + 1..]);
            match key {
                b"tree" if tree.is_none() => tree = object_id(value),
                b"parent" => parents.push(object_id(value).ok_or("a parent is not an id")?),
                b"author" if author.is_none() => author = Some(value.to_vec()),
                b"committer" if seconds.is_none() => seconds = Some(seconds_of(value)),
                b"encoding" => encoding = Some(String::from_utf8_lossy(value).into_owned()),
                _ => {}
            }
        }
        let tree = tree.ok_or("it names no tree")?;
        let text = |bytes: &[u8]| decode(bytes, encoding.as_deref()).into_owned();
        let author = author.map(|bytes| name_and_address(&text(&bytes))).unwrap_or_default();
        Ok(Self { id, tree, parents, author, seconds: seconds.unwrap_or(0), message, encoding })
    }

    /// Returns the first parent.
    pub(in crate::store) fn parent(&self) -> Option<Oid> {
        self.parents.first().copied()
    }

    /// Returns the message as text, whatever it was written in.
    pub(in crate::store) fn text(&self) -> Cow<'_, str> {
        decode(&self.message, self.encoding.as_deref())
    }
}

fn object_id(digits: &[u8]) -> Option<Oid> {
    let digits = std::str::from_utf8(digits).ok().filter(|it| it.len() == 40)?;
    Oid::from_str(digits).ok()
}

/// Finds the seconds in `Ada <ada@example.org> 1767225600 +0000`.
fn seconds_of(value: &[u8]) -> i64 {
    let tail = value.rsplit(|byte| *byte == b'>').next().unwrap_or_default();
    let text = String::from_utf8_lossy(tail);
    text.split_whitespace().next().and_then(|it| it.parse().ok()).unwrap_or(0)
}

fn name_and_address(value: &str) -> (String, String) {
    let (name, rest) = value.split_once('<').unwrap_or((value, ""));
    let address = rest.split_once('>').map_or(rest, |(address, _)| address);
    (name.trim().to_owned(), address.trim().to_owned())
}

/// Reads text of a commit. What is not UTF-8 and names no other encoding is Latin-1, as git takes it.
fn decode<'b>(bytes: &'b [u8], encoding: Option<&str>) -> Cow<'b, str> {
    let named = encoding.map(str::to_ascii_lowercase);
    match named.as_deref() {
        None | Some("utf-8" | "utf8") => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(latin_1(bytes)),
        },
        Some("iso-8859-1" | "iso8859-1" | "latin1" | "latin-1" | "us-ascii") => {
            Cow::Owned(latin_1(bytes))
        }
        Some("iso-8859-15" | "iso8859-15" | "latin-9" | "latin9") => {
            Cow::Owned(bytes.iter().map(|byte| latin_9(*byte)).collect())
        }
        Some("windows-1252" | "cp1252" | "cp-1252") => {
            Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect())
        }
        Some(_) => String::from_utf8_lossy(bytes),
    }
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// ISO 8859-15 differs from Latin-1 in eight places.
fn latin_9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        other => char::from(other),
    }
}

fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80)
        .and_then(|at| FROM_80.get(usize::from(at)).copied())
        .unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    fn read(text: &[u8]) -> Result<Commit, String> {
        Commit::read(Oid::ZERO_SHA1, text)
    }

    #[test]
    fn a_commit_is_read_with_whatever_lines_it_has() {
        let text = format!(
            "tree {TREE}\nparent {TREE}\nparent {}\nauthor Ada  Lovelace <ada@example.org> 5 +0100\n\
             committer G <g@x> 1767225600 +0000\ngpgsig -----BEGIN\n committer no\n\nsubject\n\nmore\n",
            "1a".repeat(20)
        );
        let commit = read(text.as_bytes()).unwrap();
        assert_eq!(commit.parents.len(), 2);
        assert_eq!(commit.author, ("Ada  Lovelace".into(), "ada@example.org".into()));
        assert_eq!((commit.seconds, &*commit.text()), (1_767_225_600, "subject\n\nmore\n"));
        let bare = read(format!("tree {TREE}\n").as_bytes()).unwrap();
        assert_eq!((bare.seconds, bare.parent(), &*bare.text()), (0, None, ""));
        for bad in ["", "tree 12\n", "parent x\n", &format!("tree {TREE}\nparent 1\n")] {
            assert!(read(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_message_is_read_in_its_encoding() {
        for (encoding, bytes, text) in [
            ("", &b"Zo\xc3\xab"[..], "Zoë"),
            ("", b"Zo\xeb", "Zoë"),
            ("encoding ISO-8859-1\n", b"Zo\xc3\xab", "ZoÃ«"),
            ("encoding ISO-8859-15\n", b"5 \xa4", "5 €"),
            ("encoding windows-1252\n", b"\x80\x93", "€“"),
        ] {
            let head = format!("tree {TREE}\nauthor \nauthor x\ncommitter x <> 7\n{encoding}\n");
            let commit = read(&[head.as_bytes(), bytes].concat()).unwrap();
            assert_eq!((&*commit.text(), commit.seconds), (text, 7));
        }
    }
}
