//! Questions to the person at the terminal; where there is none, nobody is asked.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use crate::cli::CliError;

/// Tells whether somebody can be asked.
#[must_use]
pub(in crate::cli) fn possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a line of text; an empty answer takes the default, if there is one.
///
/// # Errors
/// Whatever the terminal answers.
pub(in crate::cli) fn line(question: &str, default: Option<&str>) -> io::Result<String> {
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

/// Asks for what nobody who stands by should read: the terminal does not show it.
///
/// # Errors
/// Whatever the terminal answers.
pub(in crate::cli) fn secret(question: &str) -> io::Result<String> {
    let _dark = possible().then(Dark::fall);
    let answer = line(question, None);
    if possible() {
        writeln!(anstream::stderr().lock())?; // the one that was typed is not shown either
    }
    answer
}

/// While it lives, the terminal does not show what is typed.
#[cfg(unix)]
struct Dark(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Dark {
    fn fall() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok();
        if let Some(mut modes) = before.clone() {
            modes.local_modes.remove(LocalModes::ECHO);
            // A terminal that cannot do this shows what is typed, as it always does.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
        }
        Self(before)
    }
}

#[cfg(unix)]
impl Drop for Dark {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(modes) = &self.0 {
            // Nothing is left to be done about a terminal that is gone.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, modes);
        }
    }
}

/// Elsewhere what is typed is shown.
#[cfg(not(unix))]
struct Dark;

#[cfg(not(unix))]
impl Dark {
    fn fall() -> Self {
        Self
    }
}

/// Asks a question that is answered by yes or no; no is the default.
///
/// # Errors
/// Whatever the terminal answers.
pub(in crate::cli) fn yes(question: &str) -> io::Result<bool> {
    let answer = line(&format!("{question} (y/N)"), None)?;
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// Asks for leave to do what should not be done by accident; `verb` and `done` name it, as in
/// `removes` and `removed`.
///
/// # Errors
/// That nobody is there to say yes, or that they say no.
pub(in crate::cli) fn agreed(question: &str, verb: &str, done: &str) -> Result<(), CliError> {
    if !possible() {
        let message = format!("nobody is there to say yes, so nothing was {done}");
        return Err(CliError::user(message)
            .hint(format!("--yes {verb} without asking, --dry-run only shows")));
    }
    if yes(question)? { Ok(()) } else { Err(CliError::user(format!("nothing was {done}"))) }
}
