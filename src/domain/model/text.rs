//! Free text in records: what it may contain, and how to show text from elsewhere.

use std::borrow::Cow;

/// The maximum length of a name or description, in bytes.
pub const LONGEST: usize = 500;

/// Tells whether a character controls the terminal or hides text, and cannot be read.
#[must_use]
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Describes what is wrong with a line of free text such as a name; `None` if nothing is.
#[must_use]
pub fn complaint(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return Some("is empty".into());
    }
    if text.len() > LONGEST {
        return Some(format!("is longer than {LONGEST} bytes"));
    }
    let bad = text.chars().find(|c| is_control(*c))?;
    Some(format!("contains the control character U+{:04X}", u32::from(bad)))
}

/// Makes text safe to print on a terminal: replaces control characters, except line breaks, tabs,
/// and the sequences that set a colour, which are our own.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let unsafe_char = |c: char| is_control(c) && !matches!(c, '\n' | '\t');
    if !text.contains(unsafe_char) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(c) = rest.chars().next() {
        let length = colour(rest).unwrap_or(c.len_utf8());
        match length > c.len_utf8() || !unsafe_char(c) {
            true => out.push_str(&rest[..length]),
            false => out.push('\u{fffd}'),
        }
        rest = &rest[length..];
    }
    Cow::Owned(out)
}

/// Returns the length of the sequence that sets a colour or a weight (ECMA-48 SGR) at the start of
/// a text. Those that hide text or make it blink are not among them.
fn colour(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("\u{1b}[")?;
    let (numbers, _) = inside.split_once('m')?;
    let known = |it: &str| {
        matches!(it, "" | "0" | "1" | "2" | "22" | "39")
            || matches!(it.as_bytes(), [b'3' | b'9', b'0'..=b'7'])
    };
    numbers.split(';').all(known).then_some(numbers.len() + 3)
}

/// Returns a text with its control characters replaced, line breaks among them.
#[must_use]
pub fn readable(text: &str) -> String {
    text.chars().map(|c| if is_control(c) { '\u{fffd}' } else { c }).collect()
}

/// Makes text from elsewhere safe for a terminal: replaces control characters, keeps at most 80
/// characters.
#[must_use]
pub fn shown(text: &str) -> String {
    line(text, 80)
}

/// Makes text from elsewhere safe for a terminal and for a line of a log: replaces control
/// characters, line breaks among them, and keeps at most so many characters.
#[must_use]
pub fn line(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", readable(&text[..end])),
        None => readable(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_moves_no_cursor_and_hides_nothing() {
        let ours = "\u{1b}[31mred\u{1b}[0m \u{1b}[1;36mcyan\u{1b}[39;22m";
        for (text, printed) in [
            ("Ada\nGrace\t1", "Ada\nGrace\t1"),
            (ours, ours),
            ("a\u{1b}[2Jb", "a\u{fffd}[2Jb"),
            ("a\u{1b}[8mb", "a\u{fffd}[8mb"),
            ("a\u{1b}]0;m\u{7}b\u{9b}1A\r", "a\u{fffd}]0;m\u{fffd}b\u{fffd}1A\u{fffd}"),
            ("a\u{202e}b\u{1b}", "a\u{fffd}b\u{fffd}"),
        ] {
            assert_eq!(printable(text), printed, "{text:?}");
        }
    }
}
