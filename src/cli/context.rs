//! What every command is given: which space, what the time is, how to answer.

use std::{
    cell::OnceCell,
    io::{BufWriter, Write},
    path::PathBuf,
};

use anstream::{AutoStream, ColorChoice};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    CliError, Opened,
    output::{Listing, csv, table},
};
use crate::{
    app::view::{Column, View},
    store::Store,
};

/// The part of the command line that all commands share, and the moment at which it was given.
pub struct Context {
    /// Where to look for the space; the current folder where nothing is said.
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
    /// What keeps it from being opened or read, with a hint.
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

    /// Opens the repository of the space, for what is not about a commit.
    ///
    /// # Errors
    /// What keeps it from being opened, with a hint.
    pub fn store(&self) -> Result<Store, CliError> {
        let dir = self.repo.clone().unwrap_or_else(|| PathBuf::from("."));
        Ok(Store::open(&dir)?)
    }

    /// Returns the standard output, buffered; colours are dropped where they are not wanted.
    pub fn out(&self) -> impl Write + use<> {
        // The buffer lies below what drops the colours, which writes in many small pieces.
        let choice = if self.colour() { ColorChoice::Always } else { ColorChoice::Never };
        let buffer = BufWriter::with_capacity(64 * 1024, std::io::stdout().lock());
        AutoStream::new(Box::new(buffer) as Box<dyn Write>, choice)
    }

    /// Tells whether standard output takes colours (`NO_COLOR`, `CLICOLOR_FORCE`, a terminal).
    #[must_use]
    pub fn colour(&self) -> bool {
        AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
    }

    /// Writes one line for a person; programs get JSON elsewhere.
    ///
    /// # Errors
    /// Whatever the output answers.
    pub fn say(&self, line: impl std::fmt::Display) -> Result<(), CliError> {
        if !self.json {
            writeln!(anstream::stdout().lock(), "{line}")?;
        }
        Ok(())
    }

    /// Writes one line of advice to standard error, which stays apart from the answer.
    ///
    /// # Errors
    /// Whatever standard error answers.
    pub fn warn(&self, line: impl std::fmt::Display) -> Result<(), CliError> {
        let yellow = anstyle::AnsiColor::Yellow.on_default();
        Ok(writeln!(anstream::stderr().lock(), "{yellow}warning{yellow:#}: {line}")?)
    }

    /// Lists rows in the form that was asked for; a person is told where there are none.
    ///
    /// # Errors
    /// That two forms were asked for, or whatever the output answers.
    pub(super) fn list<R: View>(&self, form: Listing, rows: &[R]) -> Result<(), CliError> {
        self.list_or(form, rows, R::EMPTY)
    }

    /// Lists rows as [`Self::list`] does, with a sentence of its own for where there are none.
    ///
    /// # Errors
    /// As there.
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

    /// Writes rows as a table, whoever reads it; `empty` is said where there are none.
    ///
    /// # Errors
    /// Whatever the output answers.
    pub fn table<R>(&self, rows: &[R], columns: &[Column<R>], empty: &str) -> Result<(), CliError> {
        let mut out = self.out();
        if rows.is_empty() {
            writeln!(out, "{empty}")?;
        } else {
            table::write(&mut out, rows, columns, terminal_width(), self.colour())?;
        }
        Ok(out.flush()?)
    }

    /// Writes one record as labelled lines or as JSON.
    ///
    /// # Errors
    /// Whatever the output answers.
    pub fn record<R: Serialize>(
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

/// Returns what to say to somebody who asks for JSON and another form too.
pub(super) fn two_forms(other: &str) -> CliError {
    CliError::user(format!("--json and {other} cannot both be given"))
}

/// Returns the width of the terminal that standard output is, if it is one.
fn terminal_width() -> Option<u16> {
    // comfy-table asks the terminal itself; a table without a width knows it.
    comfy_table::Table::new().width()
}
