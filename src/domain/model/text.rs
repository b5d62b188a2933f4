//! Free text in records: what is allowed in it, and how foreign text is shown.

/// The most bytes that a name or a description may have.
pub const LONGEST: usize = 500;

/// Tells whether a character steers a terminal or hides text instead of being read.
#[must_use]
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Says what is wrong with a line of free text, such as a name, if anything is.
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

/// Returns foreign text fit for a terminal: control characters replaced, at most 80 characters.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out: String =
        text.chars().take(80).map(|c| if is_control(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(80).is_some() {
        out.push('…');
    }
    out
}
