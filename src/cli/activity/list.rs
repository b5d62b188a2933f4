//! `space activity list`: lists the newest activities.

use crate::{
    app::{journals, view::ActivityView},
    cli::{CliError, Context, input::filter::FilterArgs, output::Listing},
    store::journal::{Limits, Skipped, newest},
};

/// The arguments of `space activity list`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: FilterArgs,

    /// How many of the newest
    #[arg(long, short, default_value_t = 20)]
    count: usize,

    #[command(flatten)]
    form: Listing,
}

/// Lists the newest activities, newest last.
///
/// # Errors
/// Fails if the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let filter = args.filter.filter(ctx, &space.head, &zone)?;
    let limits = Limits { count: args.count, bytes: u64::MAX };
    let page = newest(&journals::folder(space.store)?, &filter, None, limits)?;
    let activities = page.activities.into_iter().rev();
    let rows: Vec<ActivityView> =
        activities.map(|activity| ActivityView::new(activity, &space.head, &zone)).collect();
    ctx.list(args.form, &rows)?;
    page.skipped.iter().map(Skipped::finding).try_for_each(|finding| ctx.warn(finding))
}
