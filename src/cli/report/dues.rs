//! `space report dues`: adds up what members owe, by tier and class.

use super::{
    day::{self, Recorded},
    form::Form,
};
use crate::{
    app,
    cli::{CliError, Context, output::Progress},
    domain::report,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space report dues
  space report dues --members --csv --output dues.csv";

/// The arguments of `space report dues`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    #[command(flatten)]
    recorded: Recorded,

    /// List the members and their classes
    #[arg(long)]
    members: bool,

    #[command(flatten)]
    form: Form,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Adds up dues.
///
/// # Errors
/// Fails if the space cannot be read or the day is not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (on, zone) = (space.past_day(&args.on)?, space.zone()?);
    let progress = Progress::new("adding up dues");
    let census = space.store.read(args.recorded.commit(space.store, on, &zone)?)?.census();
    let everybody = census.all_members();
    let dues = report::dues(&everybody, on);
    if args.members {
        let payers = report::payers(&everybody, on);
        drop(progress);
        args.form.write(ctx, app::report::dues::payers(payers, dues.currency.digits))?;
    } else {
        drop(progress);
        args.form.write(ctx, app::report::dues::shares(&dues))?;
    }
    day::warn(ctx, &census, app::report::dues::unclear(&dues))
}
