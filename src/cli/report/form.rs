//! The format of a report, and where it goes.

use std::{
    io::{self, Write as _},
    path::PathBuf,
};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{report::ReportOutput, view::csv},
    cli::{
        CliError, Context, context,
        output::{
            Listing,
            file::{self, Readers},
            table,
        },
    },
};

/// The options of every report.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct Form {
    #[command(flatten)]
    listing: Listing,

    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The options of a report that can be drawn.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct Drawn {
    #[command(flatten)]
    form: Form,

    /// Draw a chart, as SVG
    #[arg(long, conflicts_with = "csv")]
    pub(super) svg: bool,
}

impl Drawn {
    /// Writes a report in the requested format.
    ///
    /// # Errors
    /// Fails like [`Form::write`].
    pub(super) fn write<J: Serialize + JsonSchema, R>(
        &self,
        ctx: &Context,
        report: ReportOutput<J, R>,
    ) -> Result<(), CliError> {
        let picture = report.picture.filter(|_| self.svg);
        self.form.write(ctx, ReportOutput { picture, ..report })
    }
}

impl Form {
    /// Writes a report in the requested format.
    ///
    /// # Errors
    /// Fails if two formats were requested, or if the output cannot be written.
    pub(super) fn write<J: Serialize + JsonSchema, R>(
        &self,
        ctx: &Context,
        mut report: ReportOutput<J, R>,
    ) -> Result<(), CliError> {
        if ctx.json && (self.listing.csv || report.picture.is_some()) {
            let other = if self.listing.csv { "--csv" } else { "--svg" };
            return Err(context::two_forms(other));
        }
        if !(ctx.json || self.listing.csv) {
            report.rows.extend(report.total.take());
        }
        let bytes = self.bytes(ctx, &report)?;
        if let Some(path) = &self.output {
            let bytes = bytes.map_or_else(|| plain(&report), Ok)?;
            file::replace(path, &bytes, Readers::Anybody).map_err(|error| {
                CliError::internal(format!("cannot write {}: {error}", path.display()))
            })?;
            return ctx.wrote(path);
        }
        let Some(bytes) = bytes else {
            ctx.table(&report.rows, report.columns, report.empty)?;
            let mut out = ctx.out();
            if report.below.iter().any(|(_, text)| !text.is_empty()) {
                writeln!(out)?;
                table::write_record(&mut out, &report.below)?;
            }
            return Ok(out.flush()?);
        };
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        Ok(out.flush()?)
    }

    /// Returns the report for a program, or `None` if a person reads it.
    fn bytes<J: Serialize + JsonSchema, R>(
        &self,
        ctx: &Context,
        report: &ReportOutput<J, R>,
    ) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        if ctx.json {
            table::write_json(&mut bytes, &report.json)?;
        } else if let Some(picture) = &report.picture {
            bytes.extend_from_slice(picture.as_bytes());
        } else if self.listing.csv {
            csv::write(&mut bytes, &report.rows, report.columns)?;
        } else {
            return Ok(None);
        }
        Ok(Some(bytes))
    }
}

/// Returns the report for a person, without colours.
fn plain<J, R>(report: &ReportOutput<J, R>) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    if report.rows.is_empty() {
        writeln!(text, "{}", report.empty)?;
    } else {
        table::write(&mut text, &report.rows, report.columns, None, false)?;
    }
    if report.below.iter().any(|(_, text)| !text.is_empty()) {
        writeln!(text)?;
        let mut plain = anstream::StripStream::new(&mut text);
        table::write_record(&mut plain, &report.below)?;
    }
    Ok(text)
}
