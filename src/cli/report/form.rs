//! In which form a report is given, and where it goes.

use std::{
    io::{self, Write as _},
    path::PathBuf,
};

use serde::Serialize;

use crate::{
    app::view,
    cli::{
        CliError, Context, context,
        output::{
            Listing, csv,
            file::{self, Readers},
            table,
        },
    },
};

/// The flags of every report.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct Form {
    #[command(flatten)]
    listing: Listing,

    /// Into this file instead of to standard output; a file that is there is replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The flags of a report of which there is a picture.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct Drawn {
    #[command(flatten)]
    pub(super) form: Form,

    /// Answer in a picture, SVG
    #[arg(long, conflicts_with = "csv")]
    pub(super) svg: bool,
}

/// What there is to tell.
pub(super) struct ReportOutput<'t, J, R> {
    /// The whole, for programs.
    pub(super) json: &'t J,
    /// The rows of the table.
    pub(super) rows: Vec<R>,
    /// A row below them that only people need.
    pub(super) total: Option<R>,
    /// How rows become cells.
    pub(super) columns: &'t [view::Column<R>],
    /// What is said where there are no rows.
    pub(super) empty: &'t str,
    /// What else people are told, below the table, by labels.
    pub(super) below: Vec<(&'static str, String)>,
    /// The picture, if that is wanted.
    pub(super) picture: Option<String>,
}

impl Form {
    /// Gives a report in the form that was asked for.
    ///
    /// # Errors
    /// That two forms were asked for, or whatever the output answers.
    pub(super) fn give<J: Serialize, R>(
        &self,
        ctx: &Context,
        mut told: ReportOutput<'_, J, R>,
    ) -> Result<(), CliError> {
        if ctx.json && (self.listing.csv || told.picture.is_some()) {
            let other = if self.listing.csv { "--csv" } else { "--svg" };
            return Err(context::two_forms(other));
        }
        if !(ctx.json || self.listing.csv) {
            told.rows.extend(told.total.take());
        }
        let bytes = self.bytes(ctx, &told)?;
        if let Some(path) = &self.output {
            let bytes = bytes.map_or_else(|| plain(&told), Ok)?;
            file::replace(path, &bytes, Readers::Anybody).map_err(|error| {
                CliError::internal(format!("cannot write {}: {error}", path.display()))
            })?;
            return ctx.say(format!("written to {}", path.display()));
        }
        let Some(bytes) = bytes else {
            ctx.table(&told.rows, told.columns, told.empty)?;
            let mut out = ctx.out();
            if told.below.iter().any(|(_, text)| !text.is_empty()) {
                writeln!(out)?;
                table::write_record(&mut out, &told.below)?;
            }
            return Ok(out.flush()?);
        };
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        Ok(out.flush()?)
    }

    /// Returns the report for a program; nothing where a person reads it.
    fn bytes<J: Serialize, R>(
        &self,
        ctx: &Context,
        told: &ReportOutput<'_, J, R>,
    ) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        if ctx.json {
            table::write_json(&mut bytes, told.json)?;
        } else if let Some(picture) = &told.picture {
            bytes.extend_from_slice(picture.as_bytes());
        } else if self.listing.csv {
            csv::write(&mut bytes, &told.rows, told.columns)?;
        } else {
            return Ok(None);
        }
        Ok(Some(bytes))
    }
}

/// Returns what a person reads, without colours.
fn plain<J, R>(told: &ReportOutput<'_, J, R>) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    if told.rows.is_empty() {
        writeln!(text, "{}", told.empty)?;
    } else {
        table::write(&mut text, &told.rows, told.columns, None, false)?;
    }
    if told.below.iter().any(|(_, text)| !text.is_empty()) {
        writeln!(text)?;
        let mut plain = anstream::StripStream::new(&mut text);
        table::write_record(&mut plain, &told.below)?;
    }
    Ok(text)
}
