//! A timespec on the command line: `always`, a file, or standard input.

use std::{fs, io::Read as _, path::Path};

use crate::{
    cli::CliError,
    domain::schedule::{self, TimespecError},
};

/// Returns the text of a timespec: `always`, or the content of a file or of standard input.
///
/// # Errors
/// Fails if the file cannot be read.
pub(in crate::cli) fn text(given: &str) -> Result<String, CliError> {
    if given == "always" {
        return Ok(given.to_owned());
    }
    let bytes = read(given).map_err(|error| {
        let error = CliError::user(format!("cannot read {given}: {error}"));
        if given.eq_ignore_ascii_case("always") {
            error.hint("write `always` in lower case")
        } else {
            error.hint("give the path of a calendar file, `-` for standard input, or `always`")
        }
    })?;
    schedule::text_of(bytes).map_err(|why| CliError::data(format!("{given}: {why}")))
}

fn read(given: &str) -> std::io::Result<Vec<u8>> {
    if given != "-" {
        return fs::read(Path::new(given));
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns the error for a timespec that is not valid, with its line.
#[must_use]
pub(in crate::cli) fn invalid(name: &str, refusal: &TimespecError) -> CliError {
    let line = refusal.line.map(|line| format!(":{line}")).unwrap_or_default();
    CliError::data(format!("not a valid timespec: {name}{line}: {}", refusal.message))
}
