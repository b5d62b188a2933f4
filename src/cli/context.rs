//! What every command is given: the space, the time, and how to answer.

use std::{
    cell::OnceCell,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anstream::{AutoStream, ColorChoice};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    CliError, Opened,
    output::{Listing, command, table},
};
use crate::{
    app::view::{Column, View, csv},
    config::Config,
    domain::model::text::printable,
    store::{Store, StoreError},
};

/// An answer that was written into a file.
#[derive(Serialize, JsonSchema)]
pub(super) struct FileWritten {
    /// The file.
    file: PathBuf,
}

/// The options that all commands share, and the moment at which the command was given.
pub struct Context {
    /// Where to look for the space; by default the current folder, else where the configuration of
    /// this machine's door says.
    pub repo: Option<PathBuf>,
    /// Whether a program reads the answer.
    pub json: bool,
    /// The one moment of this command.
    pub now: Timestamp,
    /// The space, once it is opened.
    opened: OnceCell<Store>,
}

impl Context {
    /// Makes a context.
    #[must_use]
    pub const fn new(repo: Option<PathBuf>, json: bool, now: Timestamp) -> Self {
        Self { repo, json, now, opened: OnceCell::new() }
    }

    /// Opens the space at its newest commit.
    ///
    /// # Errors
    /// Fails if it cannot be opened or read, with a hint.
    pub(super) fn open(&self) -> Result<Opened<'_>, CliError> {
        let store = match self.opened.get() {
            Some(store) => store,
            None => {
                let store = self.store()?;
                self.opened.get_or_init(|| store)
            }
        };
        Opened::new(store, self.now)
    }

    /// Opens the repository of the space, for commands that need no commit.
    ///
    /// # Errors
    /// Fails if it cannot be opened, with a hint.
    pub fn store(&self) -> Result<Store, CliError> {
        if let Some(dir) = &self.repo {
            return Ok(Store::open(dir)?);
        }
        let error = match Store::open(Path::new(".")) {
            Err(error @ StoreError::NoRepository(_)) => error,
            opened => return Ok(opened?),
        };
        // On a door's machine there is one space that is meant.
        match Config::load().ok().and_then(|config| config.space) {
            Some(space) => Ok(Store::open(&space)?),
            None => Err(error.into()),
        }
    }

    /// Returns the standard output, buffered; colours are dropped if they are not wanted.
    pub fn out(&self) -> impl Write + use<> {
        // The buffer is below the layer that drops the colours, which writes in many small pieces.
        let choice = if self.colour() { ColorChoice::Always } else { ColorChoice::Never };
        let buffer = BufWriter::with_capacity(64 * 1024, std::io::stdout().lock());
        AutoStream::new(Box::new(buffer) as Box<dyn Write>, choice)
    }

    /// Tells whether standard output is coloured (`NO_COLOR`, `CLICOLOR_FORCE`, a terminal).
    #[must_use]
    pub fn colour(&self) -> bool {
        AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
    }

    /// Writes one line for a person; programs get JSON elsewhere.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn say(&self, line: impl std::fmt::Display) -> Result<(), CliError> {
        if !self.json {
            let line = line.to_string();
            writeln!(anstream::stdout().lock(), "{}", printable(&command::complete(&line)))?;
        }
        Ok(())
    }

    /// Says into which file an answer was written.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub(super) fn wrote(&self, file: &Path) -> Result<(), CliError> {
        if self.json {
            return Ok(table::write_json(&mut self.out(), &FileWritten { file: file.to_owned() })?);
        }
        self.say(format!("written to {}", file.display()))
    }

    /// Writes one warning to standard error, apart from the answer.
    ///
    /// # Errors
    /// Fails if standard error cannot be written.
    pub fn warn(&self, line: impl std::fmt::Display) -> Result<(), CliError> {
        let yellow = anstyle::AnsiColor::Yellow.on_default();
        let line = line.to_string();
        let line = command::complete(&line);
        let line = printable(&line);
        Ok(writeln!(anstream::stderr().lock(), "{yellow}warning{yellow:#}: {line}")?)
    }

    /// Lists rows in the requested format; a person is told if there are none.
    ///
    /// # Errors
    /// Fails if two formats were requested, or if the output cannot be written.
    pub(super) fn list<R: View>(&self, form: Listing, rows: &[R]) -> Result<(), CliError> {
        self.list_or(form, rows, R::EMPTY)
    }

    /// Lists rows like [`Self::list`], with its own sentence if there are none.
    ///
    /// # Errors
    /// Fails in the same cases.
    pub(super) fn list_or<R: View>(
        &self,
        form: Listing,
        rows: &[R],
        empty: &str,
    ) -> Result<(), CliError> {
        let mut out = self.out();
        match (self.json, form.csv) {
            (true, true) => return Err(two_forms("--csv")),
            (true, false) => table::write_json(&mut out, rows)?,
            (false, true) => csv::write(&mut out, rows, R::COLUMNS)?,
            (false, false) => return self.table(rows, R::COLUMNS, empty),
        }
        Ok(out.flush()?)
    }

    /// Writes rows as a table in any case, or `empty` if there are none.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn table<R>(&self, rows: &[R], columns: &[Column<R>], empty: &str) -> Result<(), CliError> {
        let mut out = self.out();
        if rows.is_empty() {
            writeln!(out, "{}", command::complete(empty))?;
        } else {
            table::write(&mut out, rows, columns, terminal_width(), self.colour())?;
        }
        Ok(out.flush()?)
    }

    /// Writes one record as labelled lines or as JSON.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn record<R: Serialize + JsonSchema>(
        &self,
        record: &R,
        lines: &[(&str, String)],
    ) -> Result<(), CliError> {
        let mut out = self.out();
        if self.json {
            table::write_json(&mut out, record)?;
        } else {
            table::write_record(&mut out, lines)?;
        }
        Ok(out.flush()?)
    }
}

/// Returns the error for a request of JSON together with another format.
pub(super) fn two_forms(other: &str) -> CliError {
    CliError::user(format!("--json and {other} cannot be combined"))
}

/// Returns the width of the terminal, if standard output is one.
fn terminal_width() -> Option<u16> {
    // comfy-table asks the terminal itself, so a table without a width has it.
    // One that does not know its width says 0.
    comfy_table::Table::new().width().filter(|width| *width > 0)
}
