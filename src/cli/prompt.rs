//! Questions to the person at the terminal; where there is none, nobody is asked.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

/// Tells whether somebody can be asked.
#[must_use]
pub(super) fn possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a line of text; an empty answer takes the default, if there is one.
///
/// # Errors
/// Whatever the terminal answers.
pub(super) fn line(question: &str, default: Option<&str>) -> io::Result<String> {
    let mut err = anstream::stderr().lock();
    match default {
        Some(default) => write!(err, "{question} [{default}]: ")?,
        None => write!(err, "{question}: ")?,
    }
    err.flush()?;
    let mut answer = String::new();
    if io::stdin().lock().read_line(&mut answer)? == 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "no answer"));
    }
    let answer = answer.trim();
    Ok(if answer.is_empty() { default.unwrap_or_default().to_owned() } else { answer.to_owned() })
}

/// Asks a question that is answered by yes or no; no is the default.
///
/// # Errors
/// Whatever the terminal answers.
pub(super) fn yes(question: &str) -> io::Result<bool> {
    let answer = line(&format!("{question} (y/N)"), None)?;
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}
