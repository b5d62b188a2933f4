//! The board's output: bytes in, in pieces of any size, messages out.

use std::fmt;

use super::{READERS, message::Message};
use crate::domain::model::Code;

/// The maximum length of a line, in bytes; the board's own are less than half as long.
pub const LONGEST: usize = 128;

/// The largest number in the 24 bits of a fob.
const LARGEST_FOB: u32 = 0xff_ffff;

/// Splits bytes into lines, and reads each.
///
/// Lines end with `\r\n`. An endless line is reported once and dropped, and reading resumes after
/// its end.
#[derive(Default)]
pub struct Lines {
    line: Vec<u8>,
    /// Whether the line became too long, so that the rest is skipped.
    too_long: bool,
    /// Whether the previous byte was `\r`.
    after_return: bool,
}

impl Lines {
    /// Takes bytes and returns the messages that they complete, in order.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Message> {
        let mut messages = Vec::new();
        for &byte in bytes {
            let ends = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if ends {
                if !std::mem::take(&mut self.too_long) {
                    let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
                    messages.push(read(line));
                }
                self.line.clear();
            } else if self.too_long {
                // skipped
            } else if self.line.len() == LONGEST {
                self.too_long = true;
                self.line.clear();
                messages.push(noise("the board sent a line without an end"));
            } else {
                self.line.push(byte);
            }
        }
        messages
    }
}

impl fmt::Debug for Lines {
    /// Shows nothing of the content, which may be part of a passcode.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("held", &self.line.len()).finish_non_exhaustive()
    }
}

fn read(line: &[u8]) -> Message {
    match line {
        // When the board starts, a stray byte or two may precede its first word.
        _ if ends_with_word(line, b"Firmware version ") => Message::Started,
        [b'F', rest @ ..] if rest.starts_with(b"irmware") => Message::Started,
        [b'F', rest @ ..] => parse_reading(rest, "an unreadable fob", fob),
        [b'P', rest @ ..] => parse_reading(rest, "an unreadable passcode", passcode),
        [b'G', rest @ ..] => Message::Refused(rest.to_vec()),
        [letter @ (b'C' | b'E' | b'L' | b'O'), digit @ b'0'..=b'9'] => {
            Message::Done { letter: *letter, number: digit - b'0' }
        }
        [b'I', b'm', b':', rest @ ..] => model(rest),
        _ if line.starts_with(b"Ready.") => Message::Ready,
        _ if is_chatter(line) => Message::Chatter,
        _ => noise("the board sent an unreadable line"),
    }
}

fn ends_with_word(line: &[u8], word: &[u8]) -> bool {
    line.windows(word.len()).take(4).any(|part| part == word)
}

/// Tells whether a line is an echo, or part of the banner or the help.
fn is_chatter(line: &[u8]) -> bool {
    match line {
        [] | [b'?' | b'\t', ..] => true,
        [b'a'..=b'z', rest @ ..] => rest.len() < 20 && rest.is_ascii(),
        _ => line.starts_with(b"Num commands") || line.starts_with(b"Help:"),
    }
}

/// Reads `<code>,<reader>`. Whatever it is, it leaves a trace.
fn parse_reading(
    rest: &[u8],
    unreadable: &'static str,
    code: impl Fn(&str) -> Result<Code, &'static str>,
) -> Message {
    let Some((text, reader)) = split(rest) else { return noise(unreadable) };
    let code = match std::str::from_utf8(text) {
        Ok(text) if text.bytes().all(|b| b.is_ascii_digit()) => code(text),
        _ => Err(unreadable),
    };
    match code {
        Ok(code) => Message::Read { reader, code },
        Err(words) => Message::Noise { reader: Some(reader), words },
    }
}

fn split(rest: &[u8]) -> Option<(&[u8], u8)> {
    let [text @ .., b',', digit @ b'1'..=b'9'] = rest else { return None };
    let reader = digit - b'0';
    READERS.contains(&reader).then_some((text, reader))
}

fn fob(digits: &str) -> Result<Code, &'static str> {
    let number = digits.parse().ok().filter(|number: &u32| *number <= LARGEST_FOB);
    let number = number.ok_or("an unreadable fob: its number does not fit in 24 bits")?;
    Code::fob(&number.to_string()).map_err(|_| "an unreadable fob")
}

fn passcode(digits: &str) -> Result<Code, &'static str> {
    if digits.is_empty() {
        return Err("an empty passcode: # was pressed alone");
    }
    Code::passcode(digits).map_err(|_| "an unreadable passcode: it is too long")
}

fn model(rest: &[u8]) -> Message {
    let text = std::str::from_utf8(rest).unwrap_or_default();
    let mut parts = text.split(',');
    let name = parts.next().unwrap_or_default();
    let version = parts.find_map(|part| part.strip_prefix("v:")).unwrap_or_default();
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
    if plain(name) && plain(version) {
        Message::Model { name: name.to_owned(), version: version.to_owned() }
    } else {
        noise("the board sent an unreadable line")
    }
}

fn noise(words: &'static str) -> Message {
    Message::Noise { reader: None, words }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(line: &[u8]) -> Message {
        let mut messages = Lines::default().take(&[line, b"\r\n"].concat());
        assert_eq!(messages.len(), 1, "{line:?}: {messages:?}");
        messages.remove(0)
    }

    fn read_at(reader: u8, code: Result<Code, String>) -> Message {
        Message::Read { reader, code: code.unwrap() }
    }

    #[test]
    fn what_the_board_says_is_understood() {
        let done = |letter, number| Message::Done { letter, number };
        let (name, version) = ("TCM-ACCX".to_owned(), "0.03".to_owned());
        for (line, message) in [
            ("Firmware version 0.03", Message::Started),
            ("Num commands: 6", Message::Chatter),
            ("Ready. Enter ? for help", Message::Ready),
            ("Im:TCM-ACCX,v:0.03,s:2,r:4", Message::Model { name, version }),
            ("e0", Message::Chatter),
            ("l1,0", Message::Chatter),
            ("", Message::Chatter),
            ("\tc : close a relay", Message::Chatter),
            ("E0", done(b'E', 0)),
            ("C4", done(b'C', 4)),
            ("O1", done(b'O', 1)),
            ("L2", done(b'L', 2)),
            ("G", Message::Refused(vec![])),
            ("Gc5", Message::Refused(b"c5".to_vec())),
            ("F15408774,1", read_at(1, Code::fob("15408774"))),
            ("F0010649959,2", read_at(2, Code::fob("10649959"))),
            ("F0,1", read_at(1, Code::fob("0"))),
            ("P0042,1", read_at(1, Code::passcode("0042"))),
            ("P12345678901234567890,2", read_at(2, Code::passcode("12345678901234567890"))),
        ] {
            assert_eq!(one(line.as_bytes()), message, "{line}");
        }
    }

    #[test]
    fn a_passcode_keeps_its_zeros_and_a_fob_does_not() {
        assert_ne!(one(b"P0042,1"), one(b"P42,1"));
        assert_eq!(one(b"F0042,1"), one(b"F42,1"));
    }

    #[test]
    fn a_byte_before_the_banner_does_not_hide_it() {
        assert_eq!(one(b"\0\xfcFirmware version 0.03"), Message::Started);
    }

    /// Fault 7 of a former driver: unreadable input left no trace.
    #[test]
    fn an_invalid_reading_is_noise_at_its_reader_without_its_digits() {
        for line in [
            &b"P\xd5,1"[..],
            b"P,1",
            b"P44\xd55661,1",
            b"P44a5661,1",
            b"P44 5661,1",
            b"P445566144556614455661,1",
            b"P-445566,1",
            b"P44,5661,1",
            b"P4\n55661,1",
            b"F,1",
            b"F99999999,1",
            b"F99999999999999999999999,1",
            b"F12ab,1",
            b"F+12,1",
        ] {
            let message = one(line);
            let Message::Noise { reader: Some(1), words } = message else {
                panic!("{line:?}: {message:?}")
            };
            assert!(!words.contains("5661") && !words.is_empty(), "{words}");
        }
        for line in [&b"P4455661"[..], b"F15408774,", b"F15408774,3", b"F1,0", b"P", b"F"] {
            assert!(matches!(one(line), Message::Noise { reader: None, .. }), "{line:?}");
        }
    }

    #[test]
    fn an_endless_line_is_reported_once_and_the_next_one_is_read() {
        let mut lines = Lines::default();
        let mut messages = Vec::new();
        for _ in 0..10_000 {
            messages.extend(lines.take(b"P4455661F1,1\n\r"));
            assert!(lines.line.capacity() <= 2 * LONGEST);
        }
        messages.extend(lines.take(b"\r\nF7,1\r\n"));
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert!(matches!(messages[0], Message::Noise { .. }));
        assert_eq!(messages[1], read_at(1, Code::fob("7")));
    }

    #[test]
    fn debug_does_not_show_the_held_bytes() {
        let mut lines = Lines::default();
        lines.take(b"P4455661");
        assert_eq!(format!("{lines:?}"), "Lines { held: 8, .. }");
    }

    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            Just(b"\r\n".to_vec()),
            Just(b"F15408774,1\r\n".to_vec()),
            Just(b"P0042,1\r\n".to_vec()),
            Just(b"\r".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..200),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_the_bytes_are_cut(bytes in pieces(), size in 1_usize..40) {
            let whole = Lines::default().take(&bytes);
            let mut lines = Lines::default();
            let cut: Vec<_> = bytes.chunks(size).flat_map(|part| lines.take(part)).collect();
            prop_assert_eq!(whole, cut);
        }

        #[test]
        fn after_any_bytes_the_next_line_is_read(bytes in pieces()) {
            let mut lines = Lines::default();
            lines.take(&bytes);
            lines.take(b"\r\n");
            prop_assert_eq!(lines.take(b"F7,1\r\n"), [read_at(1, Code::fob("7"))]);
        }

        #[test]
        fn every_line_is_one_message(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assume!(!bytes.windows(2).any(|pair| pair == b"\r\n"));
            let _ = one(&bytes);
        }
    }
}
