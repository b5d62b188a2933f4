//! The text of a transaction, as one line that a record can hold.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::domain::model::text::{LONGEST, is_control};

/// Values that banks use in place of a missing id.
const NO_ID: [&str; 4] = ["NONREF", "NOTPROVIDED", "NULL", "N/A"];

/// Joins several texts to one line, without repetitions and control characters, and no longer than
/// a record can hold.
pub(super) fn line<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut kept: Vec<String> = Vec::new();
    let mut length = 0;
    for part in parts {
        if length > LONGEST {
            break;
        }
        let part: String = part.chars().map(|c| if is_control(c) { ' ' } else { c }).collect();
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if !part.is_empty() && !kept.contains(&part) {
            length += part.len();
            kept.push(part);
        }
    }
    let mut line = kept.join(" ");
    if line.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
        line.truncate(end);
        line.truncate(line.trim_end().len());
    }
    line
}

/// Returns the texts in full, with their blanks and a line break between them; empty if `line` says
/// the same.
pub(super) fn full<'a>(parts: impl IntoIterator<Item = &'a str>, line: &str) -> String {
    let plain = |c: char| if is_control(c) && !c.is_whitespace() { ' ' } else { c };
    let parts: Vec<String> =
        parts.into_iter().map(|part| part.trim().chars().map(plain).collect()).collect();
    let full = parts.join("\n");
    if full == line { String::new() } else { full }
}

/// Returns a text unless it is empty.
pub(super) fn non_empty(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Returns the bank's id, unless the value means that there is none.
pub(super) fn id(text: &str) -> Option<String> {
    let id = line([text]);
    let none = NO_ID.contains(&id.to_uppercase().as_str()) || id.bytes().all(|byte| byte == b'0');
    (!none).then_some(id)
}

/// Decodes a file: as UTF-8 if it is valid, whatever the file states; else as stated; else as
/// windows-1252, in which every byte is a character.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Some(encoding) = two_bytes(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let named = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // What says in single bytes that it is of another kind is mistaken.
    let wrong = [UTF_8, UTF_16LE, UTF_16BE];
    let encoding = named.filter(|encoding| !wrong.contains(encoding)).unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Returns the encoding of a file in UTF-16 without a mark: in statements nearly all characters are
/// of one byte, so that every other byte is zero.
fn two_bytes(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (most, few) = (head.len() / 2 * 3 / 4, head.len() / 32);
    match (zeros(0), zeros(1)) {
        (even, odd) if odd > most && even <= few => Some(UTF_16LE),
        (even, odd) if even > most && odd <= few => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_that_a_record_may_hold() {
        assert_eq!(line([" A\tPERSON ", "SM0001\r\n", "A PERSON", ""]), "A PERSON SM0001");
        assert_eq!(line(["a\u{202e}b\u{1b}[31m"]), "a b [31m");
        let long = line(["é".repeat(400).as_str()]);
        assert!(long.len() == 500 && long.chars().all(|c| c == 'é'));
        assert_eq!((id("0000"), id(" nonref "), id("")), (None, None, None));
        assert_eq!(id(" F1 "), Some("F1".into()));
    }

    #[test]
    fn the_full_text_keeps_blanks_and_what_is_beyond_the_line() {
        assert_eq!(full(["SM0001"], "SM0001"), "");
        assert_eq!(full([" A SM ", "0001"], "A SM 0001"), "A SM\n0001");
        assert_eq!(full(["SM  0001\u{200b}2"], "SM 0001 2"), "SM  0001 2");
        let long = "x".repeat(600);
        assert_eq!(full([long.as_str(), "SM0002"], &long[..500]).len(), 607);
    }

    #[test]
    fn files_are_decoded_though_they_say_nothing_or_lie() {
        assert_eq!(decode("Zoë".as_bytes(), Some("1252")), "Zoë");
        assert_eq!(decode(b"Zo\xeb \x80", Some("utf-8")), "Zoë €");
        assert_eq!(decode(b"Zo\xeb", None), "Zoë");
        assert_eq!(decode(b"\xff\xfeZ\0o\0\xeb\0", None), "Zoë");
        assert_eq!(decode(b"D\0a\0t\0e\0,\0\xeb\0", None), "Date,ë");
        assert_eq!(decode(b"\0D\0a\0t\0e\0,\0\xeb", None), "Date,ë");
        assert_eq!(decode(b"\xc4\xde", Some("iso-8859-2")), "ÄŢ");
    }
}
