//! Questions to the person at the terminal, if there is one.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use crate::cli::CliError;

/// Tells whether there is somebody to ask.
#[must_use]
pub(in crate::cli) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a line of text; an empty answer selects the default, if there is one.
///
/// # Errors
/// Fails if the terminal cannot be read or written.
pub(in crate::cli) fn line(question: &str, default: Option<&str>) -> Result<String, CliError> {
    let mut err = anstream::stderr().lock();
    match default {
        Some(default) => write!(err, "{question} [{default}]: ")?,
        None => write!(err, "{question}: ")?,
    }
    err.flush()?;
    let answer = read()?;
    Ok(if answer.is_empty() { default.unwrap_or_default().to_owned() } else { answer })
}

/// Asks for a secret, which the terminal does not show; without a terminal, reads it from standard
/// input.
///
/// # Errors
/// Fails if the input cannot be read, or the terminal not written.
pub(in crate::cli) fn secret(question: &str) -> Result<String, CliError> {
    if !is_interactive() {
        return read();
    }
    let _hidden = HiddenInput::start();
    let answer = line(question, None);
    writeln!(anstream::stderr().lock())?; // the typed line break is not shown either
    answer
}

/// Reads a line from standard input.
fn read() -> Result<String, CliError> {
    let mut answer = String::new();
    match io::stdin().lock().read_line(&mut answer) {
        Ok(0) => Err(CliError::user("no answer was given, so nothing was changed")),
        Ok(_) => Ok(answer.trim().to_owned()),
        Err(error) => Err(CliError::user(format!("cannot read the answer: {error}"))),
    }
}

/// Keeps the terminal from showing what is typed, until dropped.
#[cfg(unix)]
struct HiddenInput(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl HiddenInput {
    fn start() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok();
        if let Some(mut modes) = before.clone() {
            modes.local_modes.remove(LocalModes::ECHO);
            // A terminal that cannot do this shows what is typed, as usual.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
        }
        Self(before)
    }
}

#[cfg(unix)]
impl Drop for HiddenInput {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(modes) = &self.0 {
            // If the terminal is gone, there is nothing to restore.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, modes);
        }
    }
}

/// On other systems the terminal shows what is typed.
#[cfg(not(unix))]
struct HiddenInput;

#[cfg(not(unix))]
impl HiddenInput {
    fn start() -> Self {
        Self
    }
}

/// Asks a yes-or-no question; the default is no.
///
/// # Errors
/// Fails if the terminal cannot be read or written.
pub(in crate::cli) fn confirm(question: &str) -> Result<bool, CliError> {
    let answer = line(&format!("{question} (y/N)"), None)?;
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// Asks a yes-or-no question; the default is yes.
///
/// # Errors
/// Fails if the terminal cannot be read or written.
#[cfg(unix)]
pub(in crate::cli) fn agree(question: &str) -> Result<bool, CliError> {
    let answer = line(&format!("{question} (Y/n)"), None)?;
    Ok(matches!(answer.to_lowercase().as_str(), "" | "y" | "yes"))
}

/// Asks for confirmation of something that must not be done by accident; `verb` and `done` name it,
/// as in `removes` and `removed`.
///
/// # Errors
/// Fails if there is nobody to ask, or if the answer is no.
pub(in crate::cli) fn require_confirmation(
    question: &str,
    verb: &str,
    done: &str,
) -> Result<(), CliError> {
    if !is_interactive() {
        let message =
            format!("there is no terminal to ask for confirmation, so nothing was {done}");
        return Err(CliError::user(message)
            .hint(format!("--yes {verb} without asking; --dry-run only shows what would happen")));
    }
    if confirm(question)? { Ok(()) } else { Err(CliError::user(format!("nothing was {done}"))) }
}
