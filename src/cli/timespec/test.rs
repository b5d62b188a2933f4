//! `space timespec test`: shows whether a timespec is on, off or not valid. Needs no repository.

use std::process::ExitCode;

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{
        view::{self, Column, View},
        when,
    },
    cli::{
        CliError, Context,
        input::timespec,
        output::{Listing, table},
    },
    domain::schedule::{Timespec, TimespecError},
    time_zones,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space timespec test evening.ics --at \"2026-03-02 19:30\" --at +1w
  space timespec test evening.ics --zone Europe/London --next 5";

/// The arguments of `space timespec test`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A calendar file, `-` for standard input, or `always`
    #[arg(value_name = "FILE.ics|always")]
    timespec: String,

    /// The zone of floating and all-day times [default: the zone of the space, or else UTC]
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,

    /// A moment to test; can be repeated
    #[arg(long, value_name = "T", allow_hyphen_values = true, default_value = "now")]
    at: Vec<String>,

    /// Also list this many of the next windows in which it is on
    #[arg(long, value_name = "N", default_value_t = 0)]
    next: usize,

    #[command(flatten)]
    form: Listing,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Row {
    at: Timestamp,
    is: &'static str,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    #[serde(skip)]
    zone: TimeZone,
}

/// Tests a timespec at each moment. The exit code is 0 if the timespec is valid, and 2 if it is
/// not.
///
/// # Errors
/// Fails if the file cannot be read, a moment is not valid, or the timespec is refused.
pub(super) fn run(ctx: &Context, args: Args) -> Result<ExitCode, CliError> {
    let zone = zone(ctx, args.zone.as_deref())?;
    let text = timespec::text(&args.timespec)?;
    let moments: Vec<Timestamp> =
        args.at.iter().map(|text| when::moment(text, &zone, ctx.now)).collect::<Result<_, _>>()?;
    let timespec = match Timespec::parse(&text, &zone) {
        Ok(timespec) => timespec,
        Err(refusal) => return refused(ctx, &args.timespec, &refusal),
    };
    let mut rows: Vec<Row> = moments
        .iter()
        .map(|at| {
            let now = timespec.next(*at, 1).into_iter().find(|i| i.contains(*at));
            Row {
                at: *at,
                is: if timespec.is_on(*at) { "on" } else { "off" },
                from: now.map(|i| i.start).filter(|at| *at != Timestamp::MIN),
                until: now.map(|i| i.end).filter(|at| *at != Timestamp::MAX),
                zone: zone.clone(),
            }
        })
        .collect();
    for warning in timespec.warnings() {
        ctx.warn(format!("{}: {warning}", args.timespec))?;
    }
    let after = moments.first().copied().unwrap_or(ctx.now);
    let mut fewer = false;
    if args.next > 0 {
        let next = timespec.next(after, args.next);
        fewer = next.len() < args.next;
        rows.extend(next.into_iter().map(|interval| Row {
            // What has no beginning or no end has no moment for it.
            at: if interval.start == Timestamp::MIN { after } else { interval.start },
            is: "on",
            from: Some(interval.start).filter(|at| *at != Timestamp::MIN),
            until: Some(interval.end).filter(|at| *at != Timestamp::MAX),
            zone: zone.clone(),
        }));
    }
    ctx.list(args.form, &rows)?;
    if fewer && !args.form.csv {
        let horizon = Timespec::horizon(after);
        ctx.say(match timespec.ends().filter(|end| *end <= horizon) {
            Some(_) => "there are no more windows after that".to_owned(),
            None => {
                format!(
                    "no further window until {}, as far as this looks",
                    when::local(horizon, &zone)
                )
            }
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

impl View for Row {
    const EMPTY: &'static str = "nothing to test";
    const COLUMNS: &'static [Column<Self>] = &[
        view::Column::new("AT", |row| view::plain(when::local(row.at, &row.zone))),
        view::Column::new("IS", |row| {
            (
                row.is.into(),
                if row.is == "on" { view::CellStyle::Good } else { view::CellStyle::Faint },
            )
        }),
        view::Column::new("FROM", |row| view::maybe(row.from.map(|at| when::local(at, &row.zone)))),
        view::Column::new("UNTIL", |row| {
            view::maybe(row.until.map(|at| when::local(at, &row.zone)))
        }),
    ];
}

/// Why a timespec is not valid.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Refused {
    /// Always `invalid`.
    is: &'static str,
    /// The line, counted from 1.
    line: Option<u32>,
    /// What is wrong.
    message: String,
}

fn refused(ctx: &Context, name: &str, refusal: &TimespecError) -> Result<ExitCode, CliError> {
    if ctx.json {
        let answer =
            Refused { is: "invalid", line: refusal.line, message: refusal.message.clone() };
        table::write_json(&mut ctx.out(), &answer)?;
        return Ok(ExitCode::from(2));
    }
    Err(timespec::invalid(name, refusal))
}

fn zone(ctx: &Context, given: Option<&str>) -> Result<TimeZone, CliError> {
    if let Some(name) = given {
        return time_zones::find(name).ok_or_else(|| {
            CliError::user(format!("`{name}` is not a known time zone"))
                .hint("write it like America/Chicago or Europe/London")
        });
    }
    ctx.open().map_or(Ok(TimeZone::UTC), |space| space.zone())
}
