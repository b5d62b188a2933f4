//! `space activity export`: writes activities for a spreadsheet or a program.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use clap::ValueEnum;

use crate::{
    app::{activity_export::ExportFormat, journals},
    cli::{CliError, Context, input::filter::FilterArgs},
    domain::model::Activity,
    store::journal::Tail,
};

/// The arguments of `space activity export`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: FilterArgs,

    /// The format
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,

    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// A table for a spreadsheet
    Csv,
    /// One JSON object per line, as in the journal
    Json,
}

/// Writes activities.
///
/// # Errors
/// Fails if the journals cannot be read, or if the file cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let filter = args.filter.filter(ctx, &space.head, &zone)?;
    let (activities, findings) = Tail::new(journals::folder(space.store)?, filter).all()?;
    let format = match args.format {
        Format::Csv if !ctx.json => ExportFormat::Csv,
        Format::Csv | Format::Json => ExportFormat::JsonLines,
    };
    match &args.output {
        None => {
            let mut out = ctx.out();
            write(&mut out, &activities, format)?;
            out.flush()?;
        }
        Some(path) => {
            let failed =
                |error| CliError::internal(format!("cannot write {}: {error}", path.display()));
            let mut file = io::BufWriter::new(fs::File::create(path).map_err(failed)?);
            write(&mut file, &activities, format).and_then(|()| file.flush()).map_err(failed)?;
            match ctx.json {
                true => ctx.wrote(path)?,
                false => ctx.say(format!(
                    "{} activities written to {}",
                    activities.len(),
                    path.display()
                ))?,
            }
        }
    }
    findings.iter().try_for_each(|finding| ctx.warn(finding))
}

fn write(to: &mut impl Write, activities: &[Activity], format: ExportFormat) -> io::Result<()> {
    format.begin(to)?;
    activities.iter().try_for_each(|it| format.write(to, it))
}
