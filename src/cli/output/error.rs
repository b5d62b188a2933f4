//! The kinds of failure of a command, and how each is reported.

use std::{fmt, process::ExitCode};

use anstyle::{AnsiColor, Style};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    command,
    written::{Unchanged, WriteAnswer},
};
pub use crate::store::ErrorKind;
use crate::{
    app::AppError,
    domain::model::{Finding, text::printable},
    store::StoreError,
};
use crate::{cli::advice, config::ConfigError};

/// What went wrong, in words for a person, and what to do about it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CliError {
    /// Decides the exit code.
    pub kind: ErrorKind,
    /// What went wrong, as one sentence without a full stop.
    pub message: String,
    /// What to do next, printed apart from the message.
    pub hint: Option<String>,
    /// All findings, if a check is the reason.
    pub findings: Vec<Finding>,
}

/// A failure, for programs.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct ErrorAnswer<'e> {
    /// What went wrong.
    error: &'e CliError,
}

impl CliError {
    /// Makes an error about the request.
    #[must_use]
    pub fn user(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::User, message)
    }

    /// Makes an error about the data.
    #[must_use]
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Data, message)
    }

    /// Makes an error about the machine.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, message)
    }

    /// Makes an error of a kind.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None, findings: Vec::new() }
    }

    /// Makes an error of what clap says about a command line: its first paragraph is the message, and a
    /// tip among the others the hint.
    #[must_use]
    pub(in crate::cli) fn misunderstood(words: &str) -> Self {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut paragraphs = words.split("\n\n").map(one_line);
        let first = paragraphs.next().unwrap_or_default();
        let error = Self::user(first.strip_prefix("error: ").unwrap_or(&first));
        let tip = paragraphs.find_map(|it| it.strip_prefix("tip: ").map(str::to_owned));
        Self { hint: tip, ..error }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the exit code of the process.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.kind {
            ErrorKind::Unchanged => 0,
            ErrorKind::User => 1,
            ErrorKind::Data => 2,
            ErrorKind::Busy | ErrorKind::Overtaken => 3,
            ErrorKind::Committed => 4,
            ErrorKind::Internal => 70,
        })
    }

    /// Writes the error to standard error: for a person, or as JSON if that was requested.
    pub fn report(&self, json: bool) {
        if json && self.kind == ErrorKind::Unchanged {
            // No failure: a program finds its answer where it looks for one.
            let unchanged = Unchanged { commit: None, note: self.message.clone() };
            let answer = WriteAnswer::Unchanged(unchanged);
            let _ = super::table::write_json(&mut anstream::stdout().lock(), &answer);
            return;
        }
        let completed = self.completed();
        let mut err = anstream::stderr().lock();
        // If standard error itself is closed, there is nobody to tell.
        let _ = if json { completed.write_json(&mut err) } else { completed.write(&mut err) };
    }

    /// Completes the commands in the texts by the folder that was named on the command line.
    fn completed(&self) -> Self {
        let complete = |text: &String| command::complete(text).into_owned();
        Self {
            kind: self.kind,
            message: complete(&self.message),
            hint: self.hint.as_ref().map(complete),
            findings: advice::findings(&self.findings),
        }
    }

    fn write_json(&self, to: &mut impl std::io::Write) -> std::io::Result<()> {
        super::table::write_json(to, &ErrorAnswer { error: self })
    }

    fn write(&self, to: &mut impl std::io::Write) -> std::io::Result<()> {
        let red = AnsiColor::Red.on_default().bold();
        let blue = AnsiColor::Cyan.on_default();
        match self.kind {
            ErrorKind::Unchanged => writeln!(to, "{}", printable(&self.message))?,
            _ => writeln!(to, "{red}error{red:#}: {}", printable(&self.message))?,
        }
        for finding in &self.findings {
            writeln!(to, "  {}", formatted(finding))?;
        }
        if let Some(hint) = &self.hint {
            writeln!(to, "{blue}hint{blue:#}: {}", printable(hint))?;
        }
        Ok(())
    }
}

/// Formats a finding as one line, with its severity in colour.
#[must_use]
pub(in crate::cli) fn formatted(finding: &Finding) -> String {
    let (word, style) = if finding.is_error() {
        ("error", AnsiColor::Red.on_default())
    } else {
        ("warning", AnsiColor::Yellow.on_default())
    };
    let (plain, finding) = (Style::new(), advice::finding(finding));
    printable(&format!("{style}{word}{style:#}{plain}: {finding}")).into_owned()
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<AppError> for CliError {
    fn from(error: AppError) -> Self {
        Self {
            kind: error.kind,
            message: error.message,
            hint: error.advice.as_ref().map(advice::words),
            findings: advice::findings(&error.findings),
        }
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        AppError::from(error).into()
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        AppError::from(error).into()
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            // `space … | head`: the reader has seen enough, which is not a failure.
            return Self::new(ErrorKind::User, BROKEN_PIPE);
        }
        Self::internal(format!("cannot write the output: {error}"))
    }
}

/// The message of the error that stands for a closed pipe; it is not reported.
pub(in crate::cli) const BROKEN_PIPE: &str = "the output was closed";

impl From<String> for CliError {
    /// Converts a sentence of the domain, which is always about the request.
    fn from(message: String) -> Self {
        Self::user(message)
    }
}

impl From<crate::domain::ops::Refusal> for CliError {
    fn from(refusal: crate::domain::ops::Refusal) -> Self {
        AppError::from(refusal).into()
    }
}
