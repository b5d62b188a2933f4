//! Free text in records: what it may contain, and how to show text from elsewhere.

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

/// Makes text from elsewhere safe for a terminal: replaces control characters, keeps at most 80
/// characters.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out: String =
        text.chars().take(80).map(|c| if is_control(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(80).is_some() {
        out.push('…');
    }
    out
}
