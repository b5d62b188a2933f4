//! `space report register`: lists who was a member on a day.

use super::{
    day::{self, Recorded},
    form::Form,
};
use crate::{
    app::{report::ReportOutput, view},
    cli::{CliError, Context, output::Progress},
    domain::report::{self, RegisterEntry},
};

/// Shown below the options.
const NOTES: &str = "\
A record has one first and one last day. If a member left and came back, today's records show only
the very first day, not the time away. --as-recorded shows what was known then, such as the day of
leaving before it was taken back.

Examples:
  space report register --on 2025-12-31
  space report register --on 2025-12-31 --as-recorded --csv --output register.csv";

/// The arguments of `space report register`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    #[command(flatten)]
    recorded: Recorded,

    #[command(flatten)]
    form: Form,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

const COLUMNS: &[view::Column<RegisterEntry>] = &[
    view::Column::new("NUMBER", |row: &RegisterEntry| view::plain(row.id)),
    view::Column::new("NAME", |row| view::text(&row.name)),
    view::Column::new("TIER", |row| view::text(row.tier.as_str())),
    view::Column::new("SINCE", |row| view::plain(row.since)),
    view::Column::new("UNTIL", |row| view::maybe(row.until)),
];

/// Lists the members of a day.
///
/// # Errors
/// Fails if the space cannot be read or the day is not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (on, zone) = (space.day(&args.on)?, space.zone()?);
    let progress = Progress::new("reading members");
    let census =
        space.store.read(args.recorded.commit(space.store, on, &zone)?)?.census_without_births();
    let entries = report::register(&census.all_members(), on);
    drop(progress);
    args.form.write(
        ctx,
        ReportOutput {
            json: &entries.clone(),
            rows: entries,
            total: None,
            columns: COLUMNS,
            empty: "nobody was a member on that day",
            below: Vec::new(),
            picture: None,
        },
    )?;
    day::warn(ctx, &census, 0)
}
