//! `space activity export`: writes activities for a spreadsheet or a program.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use clap::ValueEnum;

use crate::{
    app::journals,
    cli::{CliError, Context, input::filter::FilterArgs, output::csv},
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

const COLUMNS: [&str; 17] = [
    "time",
    "facility",
    "member",
    "result",
    "reason",
    "tag",
    "type",
    "fob",
    "commit",
    "priority",
    "required",
    "reader",
    "by",
    "until",
    "seconds",
    "doubted",
    "rehearsal",
];

/// Writes activities.
///
/// # Errors
/// Fails if the journals cannot be read, or if the file cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let filter = args.filter.filter(ctx, &space.head, &zone)?;
    let (activities, findings) = Tail::new(journals::folder(space.store)?, filter).all()?;
    let format = if ctx.json { Format::Json } else { args.format };
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
            ctx.say(format!("{} activities written to {}", activities.len(), path.display()))?;
        }
    }
    findings.iter().try_for_each(|finding| ctx.warn(finding))
}

fn write(to: &mut impl Write, activities: &[Activity], format: Format) -> io::Result<()> {
    if format == Format::Json {
        return activities.iter().try_for_each(|activity| {
            serde_json::to_writer(&mut *to, activity)?;
            writeln!(to)
        });
    }
    csv::line(to, COLUMNS)?;
    for it in activities {
        let text = |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string);
        let fields = [
            Some(it.time.to_string()),
            Some(it.facility.to_string()),
            Some(it.member.map_or_else(|| "unknown".into(), |id| id.to_string())),
            Some(it.result.to_string()),
            Some(it.reason.to_string()),
            text(it.tag.as_ref().map(|tag| tag as _)),
            text(it.kind.as_ref().map(|kind| kind as _)),
            it.fob.clone(),
            Some(it.commit.to_string()),
            text(it.priority.as_ref().map(|priority| priority as _)),
            text(it.required.as_ref().map(|priority| priority as _)),
            it.reader.clone(),
            it.by.clone(),
            text(it.until.as_ref().map(|until| until as _)),
            text(it.seconds.as_ref().map(|seconds| seconds as _)),
            it.doubted.then(|| "true".to_owned()),
            it.rehearsal.then(|| "true".to_owned()),
        ];
        csv::line(to, fields.iter().map(|field| field.as_deref().unwrap_or_default()))?;
    }
    Ok(())
}
